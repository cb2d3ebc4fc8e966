//! Secrets that would be published: text in, places out. One pass over the letters finds where one may begin; what
//! stands there is judged by its form, or by the word that names it and by whether a value looks like a password.
//!
//! It stops a build, so it is strict: in doubt it is silent. What imports write is judged by
//! [`free_text`](crate::project::free_text), which hides in doubt, and whose words this room reads with.

mod addresses;
mod allowed;
mod commands;
mod credible;
mod devices;
mod entry;
mod fingerprint;
mod keys;
mod masked;
mod named;
mod read;
mod reference;
mod rules;
mod scan;
mod seen;
mod tokens;
mod told;
mod triggers;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use allowed::{Allowed, List, Listed};
pub use entry::{Entry, with_entry};
pub use fingerprint::Fingerprint;
pub use masked::{MASK, starred};
pub use read::read;
pub use reference::is_reference;
pub use rules::{
    ALL, INVALID_SECRETS, PLAIN_SECRET, PUBLISHED_SECRET, UNUSED_SECRET, conceal, plain_secret,
    unused,
};
pub use scan::{Scan, decoded, file, masked, path, refused};
pub use told::told;

use crate::diagnostic::Text;
use crate::text;

/// The list of what is no secret after all, from the project's root.
pub const FILE: &str = "inventory/_secrets.yaml";

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The private half of a pair of keys.
    PrivateKey,
    /// What a service takes in the place of a password; its name.
    Token(&'static str),
    /// A password or a code, by what names it.
    Password,
    /// A password as a hash, which can be guessed at leisure.
    Hash,
    /// The key of a licence.
    ProductKey,
    /// What opens an encrypted disk.
    RecoveryKey,
}

impl Kind {
    /// Whether it opens a program or a disk, and no account.
    pub const fn is_key(self) -> bool {
        matches!(self, Self::ProductKey | Self::RecoveryKey)
    }

    /// Its name in messages, with its article.
    pub fn name(self) -> Text {
        match self {
            Self::PrivateKey => text!("une clé privée", "a private key"),
            Self::Token(service) => {
                text!(
                    "un jeton ou une clé ({service})",
                    "a token or a key ({service})"
                )
            }
            Self::Password => text!("un mot de passe ou un code", "a password or a code"),
            Self::Hash => text!("l’empreinte d’un mot de passe", "the hash of a password"),
            Self::ProductKey => text!("une clé de licence", "a licence key"),
            Self::RecoveryKey => text!(
                "une clé de récupération de disque",
                "the recovery key of a disk"
            ),
        }
    }
}

/// The secrets of a text, in its order; none lies in another.
#[must_use]
pub fn find(text: &str) -> Vec<Secret> {
    let mut found = as_written(text);
    if let Some(seen) = seen::Seen::of(text) {
        found.extend(as_written(&seen.text).into_iter().map(|secret| Secret {
            range: seen.written(secret.range),
            kind: secret.kind,
        }));
    }
    merged(found)
}

fn as_written(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    let mut names = Vec::new();
    triggers::each(text, |hit| match hit {
        triggers::Hit::Form(secret) => found.push(secret),
        triggers::Hit::Name(name) => names.push(name),
    });
    names.sort_by_key(named::Name::start);
    named::find(text, &names, &mut found);
    found
}

/// In order, those that touch joined; of two at one place the one that was found by its form.
fn merged(mut all: Vec<Secret>) -> Vec<Secret> {
    all.sort_by_key(|secret| (secret.range.start, secret.kind));
    let mut out: Vec<Secret> = Vec::with_capacity(all.len());
    for secret in all {
        match out.last_mut() {
            Some(last) if secret.range.start < last.range.end => {
                last.range.end = last.range.end.max(secret.range.end);
                last.kind = last.kind.min(secret.kind);
            }
            _ => out.push(secret),
        }
    }
    out
}
