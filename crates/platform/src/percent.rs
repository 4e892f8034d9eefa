//! Percent-encoding of everything but letters, digits and `-._~` (RFC 3986's unreserved, a subset of RFC 8187's `attr-char`).

use std::fmt::Write;

/// `Tờ khai` → `T%E1%BB%9D%20khai`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The other way; a `%` that no two hexadecimal digits follow stays as it is, and so does what is then no text.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).filter(|_| byte == b'%').and_then(|pair| hex::decode(pair).ok());
        at += if pair.is_some() { 3 } else { 1 };
        out.push(pair.map_or(byte, |pair| pair[0]));
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_comes_back_and_the_rest_stays() {
        assert_eq!(decode(&encode("Tờ khai-1.pdf")), "Tờ khai-1.pdf");
        for plain in ["/etc/ssl/ca.pem", "100%", "%zz", "%2", "%ff"] {
            assert_eq!(decode(plain), plain);
        }
    }

    #[test]
    fn only_plain_letters_and_digits_stay_as_they_are() {
        assert_eq!(encode("Tờ khai-1.pdf"), "T%E1%BB%9D%20khai-1.pdf");
        assert_eq!(encode("a'b\"c;\r\n%/"), "a%27b%22c%3B%0D%0A%25%2F");
    }
}
