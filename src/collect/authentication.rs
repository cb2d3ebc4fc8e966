//! Who may hand in inventories: a token (`Authorization: Bearer`, or as the password of any user) or a
//! user and a password (`Authorization: Basic`, what agents know). Compared in constant time.

use crate::digest::sha256;
use crate::import::ldif::base64;

/// The shortest secret that is taken, in characters: nobody guesses 16, and nobody types them either.
pub const SHORTEST_SECRET: usize = 16;

/// What is asked of a request; nothing when both are absent.
///
/// It is never shown: only sums of the secrets are kept.
#[derive(Clone, Default)]
pub struct Credentials {
    token: Option<[u8; 32]>,
    user: Option<[u8; 32]>,
}

impl Credentials {
    /// A token, and a user with a password; each may be absent.
    pub fn new(token: Option<&str>, user: Option<(&str, &str)>) -> Self {
        Self {
            token: token.map(|token| sum(token.as_bytes())),
            user: user.map(|(name, password)| sum(format!("{name}:{password}").as_bytes())),
        }
    }

    /// Whether nothing is asked.
    pub fn is_open(&self) -> bool {
        self.token.is_none() && self.user.is_none()
    }

    /// Whether the header `Authorization` of a request says what is asked.
    pub fn admit(&self, header: Option<&str>) -> bool {
        if self.is_open() {
            return true;
        }
        let Some((scheme, rest)) = header.and_then(|header| header.trim().split_once(' ')) else {
            return false;
        };
        let rest = rest.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            return same(self.token, rest.as_bytes());
        }
        if !scheme.eq_ignore_ascii_case("basic") {
            return false;
        }
        let Some(pair) = base64(rest) else {
            return false;
        };
        let colon = pair.iter().position(|byte| *byte == b':');
        let password = colon.map_or(&[][..], |colon| &pair[colon + 1..]);
        // Both are compared, whatever the first says.
        let (by_user, by_token) = (same(self.user, &pair), same(self.token, password));
        by_user | by_token
    }

    /// The schemes to name in `WWW-Authenticate`. Basic comes first: agents look for it at the start.
    pub fn challenges() -> &'static str {
        "Basic realm=\"carnet\", Bearer realm=\"carnet\""
    }
}

fn sum(secret: &[u8]) -> [u8; 32] {
    sha256(secret)
}

/// Sums are compared to their last byte, so that the time tells nothing of where they differ.
fn same(expected: Option<[u8; 32]>, given: &[u8]) -> bool {
    let given = sum(given);
    let pairs = expected.iter().flatten().zip(&given);
    let difference = pairs.fold(0, |all, (one, other)| all | (one ^ other));
    expected.is_some() && std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_asked_is_admitted() {
        let open = Credentials::default();
        assert!(open.is_open() && open.admit(None) && open.admit(Some("Basic !!!")));
        let both = Credentials::new(Some("jeton-de-16-lettres"), Some(("agent", "mot:de passe")));
        // `agent:mot:de passe`; then any user with the token as password.
        for right in [
            "Bearer jeton-de-16-lettres",
            "bearer  jeton-de-16-lettres ",
            "Basic YWdlbnQ6bW90OmRlIHBhc3Nl",
            "basic eDpqZXRvbi1kZS0xNi1sZXR0cmVz",
        ] {
            assert!(both.admit(Some(right)), "{right}");
        }
        for wrong in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer jeton-de-16-lettre"),
            Some("Bearer agent:mot:de passe"),
            Some("Basic YWdlbnQ6bW90"),
            Some("Basic YWdlbnQ="),
            Some("Basic *"),
            Some("Digest jeton-de-16-lettres"),
        ] {
            assert!(!both.admit(wrong), "{wrong:?}");
        }
        let by_user = Credentials::new(None, Some(("agent", "mot:de passe")));
        assert!(by_user.admit(Some("Basic YWdlbnQ6bW90OmRlIHBhc3Nl")));
        // Without a token, no password stands for it.
        assert!(!by_user.admit(Some("Basic Og==")) && !by_user.admit(Some("Bearer ")));
    }
}
