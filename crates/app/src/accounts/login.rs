use crate::error::FieldError;
use std::fmt;

/// The name under which an officer signs in: lower case, stable, never shown to citizens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Login(String);

impl Login {
    /// 2 to 64 of `a–z`, digits, `.`, `_`, `-`, `@`; capitals are made small.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let login = text.trim().to_ascii_lowercase();
        let fits = login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-@".contains(&b));
        if fits && (2..=64).contains(&login.len()) {
            return Ok(Self(login));
        }
        Err(FieldError::new(
            "login",
            "invalid",
            "Tên đăng nhập gồm 2 đến 64 chữ cái không dấu, chữ số hoặc . _ - @, ví dụ lan.nt.",
            "A login has 2 to 64 letters a–z, digits or . _ - @, for example lan.nt.",
        ))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_kept_in_small_letters_and_anything_strange_is_refused() {
        assert_eq!(Login::parse(" Lan.NT ").unwrap().as_str(), "lan.nt");
        for wrong in ["", "a", "lan nt", "lần", "lan/nt", &"x".repeat(65)] {
            assert_eq!(Login::parse(wrong).unwrap_err().field, "login", "{wrong}");
        }
    }
}
