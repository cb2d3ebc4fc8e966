//! Questions that have a name: those of the program, and a site's own files `inventory/_queries/*.sql`.
//!
//! The first lines of a file say what it answers: `-- fr: …`, `-- en: …`; what its columns are:
//! `-- column status: asset.status` (a field) or `-- column euros: Euros | Euros`; which one is drawn
//! (`-- chart: euros`) and which one is summed up (`-- total: euros`); what is counted (`-- note fr: …`), which page answers
//! the neighbouring question (`-- see: licences/evidence/`) and what else people search for (`-- words fr: …`).

use crate::diagnostic::Language;
use crate::estate::Estate;

/// Where a site keeps its own questions.
pub const FOLDER: &str = "inventory/_queries/";

/// A question with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question<'a> {
    /// How it is called: `licences-unused`.
    pub name: &'a str,
    /// The text of the file.
    pub sql: &'a str,
    /// The file, of a site's own question.
    pub path: Option<&'a str>,
}

/// What a file says of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<'a> {
    /// It holds a field: the kind's key and the field's.
    Field(&'a str, &'a str),
    /// Its heading.
    Heading(&'a str),
}

macro_rules! ready {
    ($($name:literal),* $(,)?) => {
        /// The questions of the program, by name.
        pub const READY: &[Question<'static>] = &[$(Question {
            name: $name,
            sql: include_str!(concat!("ready/", $name, ".sql")),
            path: None,
        }),*];
    };
}

ready![
    "assets-by-status",
    "assets-by-type-and-site",
    "assets-without-owner",
    "assets-without-warranty",
    "changes-ahead",
    "changes-by-author",
    "clocks-missed",
    "contracts-ending",
    "cost-of-licences",
    "escalations-to-n3",
    "inventory-overdue",
    "leavers-with-account",
    "licences-over-used",
    "licences-unused",
    "mfa-missing",
    "most-changed",
    "never-referenced",
    "problems-open",
    "restore-tests-oldest",
    "servers-without-backup",
    "software-by-machines",
    "tickets-by-asset",
    "tickets-by-category",
    "tickets-open-oldest",
    "time-spent-by-client",
];

/// The questions of a site, by name; its own take the place of the program's.
pub fn questions(estate: &Estate) -> Vec<Question<'_>> {
    let mut questions: Vec<Question<'_>> = own(estate).collect();
    let names: Vec<&str> = questions.iter().map(|question| question.name).collect();
    let rest = READY.iter().filter(|ready| !names.contains(&ready.name));
    questions.extend(rest);
    questions.sort_by_key(|question| question.name);
    questions
}

/// A site's own questions whose text can be read.
pub fn own(estate: &Estate) -> impl Iterator<Item = Question<'_>> {
    estate.attachments.iter().filter_map(|(path, bytes)| {
        Some(Question {
            name: name(path)?,
            sql: std::str::from_utf8(bytes).ok()?,
            path: Some(path),
        })
    })
}

/// The name of a file's question; `None` for other files.
pub fn name(path: &str) -> Option<&str> {
    let name = path.strip_prefix(FOLDER)?.strip_suffix(".sql")?;
    (!name.is_empty() && !name.contains('/')).then_some(name)
}

impl<'a> Question<'a> {
    /// What it answers, in a language; its name, where the file does not say.
    pub fn title(&self, language: Language) -> &'a str {
        let said = |key| {
            self.head()
                .find_map(|(said, words)| (said == key).then_some(words))
        };
        let translated = |english: &'a str| match language {
            Language::Other(locale) => locale.translated(english).unwrap_or(english),
            Language::Fr | Language::En => english,
        };
        let own = said(language.code());
        own.or_else(|| said(Language::En.code()).map(translated))
            .or_else(|| said(Language::Fr.code()))
            .unwrap_or(self.name)
    }

    /// The column that is drawn.
    pub fn chart(&self) -> Option<&'a str> {
        self.head()
            .find_map(|(key, words)| (key == "chart").then_some(words))
    }

    /// The column whose sum ends the table.
    pub fn total(&self) -> Option<&'a str> {
        self.head()
            .find_map(|(key, words)| (key == "total").then_some(words))
    }

    /// Whether a column that is no field holds days or moments, as the database writes them.
    pub fn is_date(&self, column: &str) -> bool {
        let mut named = self
            .head()
            .filter_map(|(key, words)| (key == "dates").then_some(words))
            .flat_map(|words| words.split(','));
        named.any(|name| name.trim() == column)
    }

    /// What a reader must know of what is counted, in a language; nothing where the file does not say.
    pub fn note(&self, language: Language) -> Option<&'a str> {
        self.said("note", language)
    }

    /// Other words by which people look for it, in a language.
    pub fn words(&self, language: Language) -> Option<&'a str> {
        self.said("words", language)
    }

    /// The line of a key in a language; that in English for a further one.
    fn said(&self, what: &str, language: Language) -> Option<&'a str> {
        let said = |code: &str| {
            self.head().find_map(|(key, words)| {
                let language = key.strip_prefix(what)?.trim();
                (language == code).then_some(words)
            })
        };
        let own = said(language.code());
        own.or_else(|| match language {
            Language::Other(_) => said(Language::En.code()),
            Language::Fr | Language::En => None,
        })
    }

    /// The address of the page that answers the neighbouring question.
    pub fn see(&self) -> Option<&'a str> {
        self.head()
            .find_map(|(key, words)| (key == "see").then_some(words))
    }

    /// What the file says of a column.
    pub fn column(&self, column: &str, language: Language) -> Option<Said<'a>> {
        let mut said = self.head().filter_map(|(key, words)| {
            let name = key.strip_prefix("column")?.trim();
            (name == column).then_some(words)
        });
        let words = said.next()?;
        if let Some((fr, en)) = words.split_once('|') {
            return Some(Said::Heading(match language {
                Language::Fr => fr.trim(),
                Language::En => en.trim(),
                Language::Other(locale) => locale.translated(en.trim()).unwrap_or(en.trim()),
            }));
        }
        Some(match words.split_once('.') {
            Some((kind, field)) => Said::Field(kind.trim(), field.trim()),
            None => Said::Heading(words),
        })
    }

    /// The keys and words of its first lines.
    fn head(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let lines = self.sql.lines().take_while(|line| line.starts_with("--"));
        lines.filter_map(|line| {
            let (key, words) = line.trim_start_matches('-').split_once(':')?;
            Some((key.trim(), words.trim()))
        })
    }
}
