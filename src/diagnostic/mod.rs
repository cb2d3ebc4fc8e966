//! What an author got wrong, as a value: rule, severity, place, message, help.
//!
//! Stages collect [`Diagnostic`]s and go on; the shell prints them once (`human`, `short`, `json`, and what forges read).
//! Texts are made in French and English side by side, where the mistake is known.

pub mod failure;
mod forge;
mod github;
mod gitlab;
mod human;
mod json;
mod language;
pub mod nearest;
mod order;
mod sarif;
mod short;
mod since;

pub use github::github;
pub use gitlab::gitlab;
pub use human::human;
pub use json::json;
pub use language::Language;
pub use order::{Level, Levels, count, settle};
pub use sarif::{Explanation, sarif};
pub use short::{level_name, short};
pub use since::{Compared, compare};

use crate::source::{Span, TextRange};

/// The same text in both languages. Made with [`text!`](crate::text).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
            Language::Other(locale) => locale.translated(&self.en).unwrap_or(&self.en),
        }
    }
}

/// French, for whoever does not choose; the shell chooses with [`Text::get`].
impl std::fmt::Display for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.fr)
    }
}

/// A failure of the surroundings may be a text in both languages.
impl std::error::Error for Text {}

/// Makes a [`Text`](crate::diagnostic::Text): `text!("il manque `{key}`", "`{key}` is missing")`.
#[macro_export]
macro_rules! text {
    ($fr:literal, $en:literal) => {
        $crate::diagnostic::Text {
            fr: format!($fr),
            en: format!($en),
        }
    };
}

/// How grave a finding is. Ordered: `Error` is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never changes an exit code.
    Info,
    /// Fails only with `--strict`.
    Warning,
    /// Stops publication.
    Error,
}

/// A kind of finding: its name for people and scripts, and its level when nothing is configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case; reads well after "allow" (`dangling-reference`).
    pub name: &'static str,
    /// The level before `levels:` in `carnet.yaml`.
    pub level: Severity,
}

/// One finding. Messages are lower-case without a full stop, values in backticks;
/// the message says what is wrong, only `help` says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that speaks.
    pub rule: Rule,
    /// How grave, after configuration (until then the rule's own level).
    pub severity: Severity,
    /// Where; `None` only for what has no place in a text (a folder, a binary file).
    pub span: Option<Span>,
    /// The path from the root when there is no span.
    pub path: String,
    /// What is wrong.
    pub message: Text,
    /// Other places that belong to it, each with a few words.
    pub notes: Vec<(Span, Text)>,
    /// What to do about it.
    pub help: Option<Text>,
    /// What mends it beyond doubt, where that is known.
    pub mend: Option<Box<Mend>>,
}

/// Letters to replace, and those that stand in their place when the finding is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// Where.
    pub span: Span,
    /// With what.
    pub text: String,
}

impl Mend {
    /// Writes another word where a word stands within a span; `None` unless it stands there once, letter by letter.
    pub fn of_word(span: &Span, word: &str, text: &str) -> Option<Self> {
        let mut found = span.file.slice(span.range).match_indices(word);
        let (at, _) = found.next().filter(|_| !word.is_empty())?;
        let start = span.range.start as usize + at;
        found.next().is_none().then(|| Self {
            span: Span::new(&span.file, TextRange::new(start, start + word.len())),
            text: text.to_owned(),
        })
    }
}

impl Diagnostic {
    /// A finding at a place in a text.
    pub fn at(rule: Rule, span: Span, message: Text) -> Self {
        let path = span.file.path.clone();
        let severity = rule.level;
        Self {
            rule,
            severity,
            span: Some(span),
            path,
            message,
            notes: Vec::new(),
            help: None,
            mend: None,
        }
    }

    /// A finding about a file or folder as a whole.
    pub fn on_path(rule: Rule, path: impl Into<String>, message: Text) -> Self {
        let severity = rule.level;
        let path = path.into();
        Self {
            rule,
            severity,
            span: None,
            path,
            message,
            notes: Vec::new(),
            help: None,
            mend: None,
        }
    }

    /// What two findings share that are the same at different times: the rule, the path and the message. Lines move, and
    /// messages are compared in one language whatever is shown.
    pub fn likeness(&self) -> (&'static str, &str, &str) {
        (self.rule.name, &self.path, &self.message.fr)
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds what to do, where something is known to propose.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<Text>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds what mends it, where that is sure.
    #[must_use]
    pub fn mended_by(mut self, mend: Option<Mend>) -> Self {
        self.mend = mend.map(Box::new);
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn note(mut self, span: Span, text: Text) -> Self {
        self.notes.push((span, text));
        self
    }
}
