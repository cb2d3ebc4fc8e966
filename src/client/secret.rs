//! A token or a password: it goes into the head of a request, and nowhere else. Whatever prints a structure
//! with one in it prints `…`.

use std::fmt;

use anyhow::bail;

use crate::text;

/// What must never be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret as it stands in the environment variable of a name. Refused, without being quoted, when it
    /// is empty or holds what no head of a request may hold.
    pub fn new(name: &str, value: &str) -> anyhow::Result<Self> {
        let value = value.trim();
        if value.is_empty() {
            bail!(text!("`{name}` est vide", "`{name}` is empty"));
        }
        if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
            bail!(text!(
                "`{name}` contient un espace, un accent ou une fin de ligne, qu’aucun jeton n’a : copiez-le de nouveau",
                "`{name}` holds a blank, an accent or a line end, which no token has: copy it again"
            ));
        }
        Ok(Self(value.to_owned()))
    }

    /// A secret that a server gave, or that is made of others.
    pub(crate) fn made(value: String) -> Self {
        Self(value)
    }

    /// The value, to be sent.
    pub(crate) fn value(&self) -> &str {
        &self.0
    }

    /// The value of `Authorization` for a name and a secret (RFC 7617).
    pub(crate) fn basic(name: &Self, secret: &Self) -> Self {
        let pair = format!("{}:{}", name.0, secret.0);
        Self(format!("Basic {}", base64(pair.as_bytes())))
    }

    /// The value of `Authorization` for a token (RFC 6750).
    pub(crate) fn bearer(token: &Self) -> Self {
        Self(format!("Bearer {}", token.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

/// Base64 of RFC 4648, with its padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let six = (bits >> (18 - 6 * place)) & 63;
            // Of n bytes, n + 1 letters tell something.
            let letter = match usize::try_from(six) {
                Ok(six) if place <= three.len() => LETTERS[six],
                _ => b'=',
            };
            out.push(char::from(letter));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn secrets_are_never_shown() {
        let secret = Secret::new("X", " CANARI\n").expect("a secret");
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "… Some(…)");
        assert_eq!(secret.value(), "CANARI");
        for bad in ["CANARI CANARI", "CANARI\r\nX: y", "CANARIé", "  "] {
            let error = Secret::new("CARNET_X", bad).expect_err("refused");
            let error = format!("{error:?}");
            assert!(error.contains("`CARNET_X`") && !error.contains("CANARI C"));
            assert!(!error.contains("CANARI"), "{error}");
        }
    }
}
