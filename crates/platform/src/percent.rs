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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_letters_and_digits_stay_as_they_are() {
        assert_eq!(encode("Tờ khai-1.pdf"), "T%E1%BB%9D%20khai-1.pdf");
        assert_eq!(encode("a'b\"c;\r\n%/"), "a%27b%22c%3B%0D%0A%25%2F");
    }
}
