//! What looks like a secret and may be published: the list of `inventory/_secrets.yaml`.

use std::collections::BTreeSet;

use super::Fingerprint;
use crate::source::Span;

/// What may be published, as far as texts are judged by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Allowed {
    /// Mixed into every fingerprint, as written.
    pub(super) salt: String,
    pub(super) fingerprints: BTreeSet<Fingerprint>,
}

/// The list as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// What it allows.
    pub allowed: Allowed,
    /// Its entries, in their order.
    pub entries: Vec<Listed>,
}

/// An entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Of the value that may be published.
    pub fingerprint: Fingerprint,
    /// Where it is written.
    pub span: Span,
}

impl Allowed {
    /// Whether a value may be published.
    pub fn allows(&self, value: &str) -> bool {
        !self.fingerprints.is_empty()
            && self
                .fingerprints
                .contains(&Fingerprint::of(&self.salt, value))
    }

    /// What is mixed into its fingerprints; empty before the first one.
    pub fn salt(&self) -> &str {
        &self.salt
    }
}
