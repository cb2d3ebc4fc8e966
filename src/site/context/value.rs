//! The small things that pages are made of: links, badges, dates, and a field's value as it is shown.

use serde::Serialize;

/// HTML made and made safe by Carnet itself (Markdown, diagrams, a rendered part): printed as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

/// A link inside the site or out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What is read.
    pub text: String,
    /// Address, relative to the page unless it leaves the site; `None` shows the text alone.
    pub url: Option<String>,
    /// A few more words, such as a record's id or kind, shown beside the text in a quieter voice.
    pub hint: Option<String>,
}

impl Link {
    /// A link without a hint.
    pub fn new(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            url: Some(url.into()),
            hint: None,
        }
    }

    /// Adds the hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// What a colour says. The text beside it always says it too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// In progress, worth knowing.
    Info,
    /// As it should be.
    Success,
    /// Soon to be looked at.
    Warning,
    /// Late, over-used, broken.
    Danger,
}

/// A status or another enumeration value: words with a tone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// The words.
    pub text: String,
    /// Their tone.
    pub tone: Tone,
}

impl Badge {
    /// A badge.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self {
            text: text.into(),
            tone,
        }
    }
}

/// A date, or a date and time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// ISO 8601 (`2026-11-20` or `2026-11-20T14:05:00+01:00`), for machines and for sorting.
    pub iso: String,
    /// As read in the site's language (`20 novembre 2026`).
    pub text: String,
}

impl Moment {
    /// A moment.
    pub fn new(iso: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            iso: iso.into(),
            text: text.into(),
        }
    }
}

/// The value of a field, as the template shows it; serialised with its `type` in lower case.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Value {
    /// Nothing is written; a dash is shown, with words for screen readers.
    #[default]
    Empty,
    /// Plain text, line ends kept.
    Text {
        /// The text.
        text: String,
    },
    /// Something to be read letter by letter: serial, address, host name. Set in a fixed width.
    Code {
        /// The text.
        text: String,
    },
    /// A number, an amount or a duration.
    Number {
        /// As read (`1 250,00 €`).
        text: String,
        /// For sorting, as a plain decimal (`1250.00`).
        sort: String,
    },
    /// A date.
    Date {
        /// When.
        date: Moment,
        /// How near or how late it is, where that matters.
        badge: Option<Badge>,
    },
    /// Yes or no.
    Boolean {
        /// Which.
        value: bool,
    },
    /// A value of an enumeration.
    Badge {
        /// Its label and tone.
        badge: Badge,
    },
    /// A reference to a record, a file, a web or mail address (`mailto:` is made by the caller).
    Link {
        /// The link. Without an address it is a target that is unknown or not for these readers.
        link: Link,
        /// Whether it leaves the site.
        external: bool,
    },
    /// Markdown, already rendered.
    Html {
        /// The HTML.
        html: Html,
    },
    /// Several values.
    List {
        /// In order.
        items: Vec<Value>,
    },
    /// A list of structures.
    Table {
        /// As a small table.
        table: Table,
    },
}

impl Value {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// Something to be read letter by letter.
    pub fn code(text: impl Into<String>) -> Self {
        Self::Code { text: text.into() }
    }

    /// A number with its sort key.
    pub fn number(text: impl Into<String>, sort: impl Into<String>) -> Self {
        Self::Number {
            text: text.into(),
            sort: sort.into(),
        }
    }

    /// A date without a badge.
    pub fn date(date: Moment) -> Self {
        Self::Date { date, badge: None }
    }

    /// A reference inside the site.
    pub fn link(link: Link) -> Self {
        Self::Link {
            link,
            external: false,
        }
    }

    /// A value of an enumeration.
    pub fn badge(text: impl Into<String>, tone: Tone) -> Self {
        Self::Badge {
            badge: Badge::new(text, tone),
        }
    }
}

/// A small table inside a page: no sorting, no filters.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Table {
    /// What it shows, read out by screen readers and shown above it.
    pub caption: Option<String>,
    /// Headings.
    pub columns: Vec<String>,
    /// Cells, as many in each row as there are headings; the first cell heads its row.
    pub rows: Vec<Vec<Value>>,
}
