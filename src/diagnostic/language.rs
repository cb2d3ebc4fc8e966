//! The languages of the interface: two that the program knows by itself, and those that a site brings along.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::locale::{Locale, tag};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// French, the default.
    #[default]
    Fr,
    /// English.
    En,
    /// A language that a file of the site's theme describes; what the file leaves out is English.
    Other(&'static Locale),
}

impl Language {
    /// The BCP 47 tag: `fr`, `en`, `de`, `pt-BR`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
            Self::Other(locale) => &locale.tag,
        }
    }

    /// The language of a tag, of which nothing else is known as yet; `None` for what is no tag.
    pub fn named(written: &str) -> Option<Self> {
        let tag = tag(written.trim())?;
        let own = || Self::Other(Locale::unknown(&tag).kept());
        Some(Self::from_code(&tag).unwrap_or_else(own))
    }

    /// The language of a code, if the program knows it by itself.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "fr" => Some(Self::Fr),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Whether the languages of two lists are the same and write alike: a language's file may have changed.
    pub fn write_alike(some: &[Self], others: &[Self]) -> bool {
        let alike = |(one, other): (&Self, &Self)| match (one, other) {
            (Self::Other(one), Self::Other(other)) => one.says_the_same(other),
            _ => one == other,
        };
        some.len() == others.len() && some.iter().zip(others).all(alike)
    }
}

/// The code.
impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// The language of a code, without what its file says.
impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::named(&code).ok_or_else(|| de::Error::custom("no tag of a language"))
    }
}
