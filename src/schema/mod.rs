//! Kinds and fields: what a record may hold, and how it is shown, found and exported.
//!
//! The built-in kinds are YAML files compiled in; a site's own files in `inventory/_kinds/` have the
//! same form. Validation, pages, search and exports all read this one description.

mod audience;
mod built_in;
mod expected;
mod extend;
mod field;
mod hide;
mod json;
mod read;
mod retention;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use audience::audiences_named;
pub use built_in::built_in;
pub use expected::Expected;
pub use extend::extend;
pub use json::json_schema;
pub use read::INVALID_SCHEMA;
pub use retention::Retention;
pub use words::{keys_below, words_of};

use crate::diagnostic::{Language, Text};
use crate::fold::fold;
use crate::forgotten::Forgotten;
use crate::secrets::Allowed;

/// All kinds of a project, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Schema {
    kinds: BTreeMap<String, Arc<Kind>>,
    /// The languages that a file's name may end with (`vpn.de.md`), beside French and English.
    languages: Vec<Language>,
    /// Whom nothing that is read may tell of.
    forgotten: Arc<Forgotten>,
    /// What looks like a secret and may be told.
    allowed_secrets: Arc<Allowed>,
}

/// A kind of record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Kind {
    /// English, kebab-case: `asset`.
    pub name: String,
    /// Folder under `inventory/`, first part of URLs, and name of exports: `assets`.
    pub folder: String,
    /// Where the kind stands in the menu.
    pub menu: Menu,
    /// The name of one record: `Équipement`.
    pub labels: Text,
    /// The name of many: `Équipements`.
    pub plural: Text,
    /// Key of the field that names a record.
    pub title: String,
    /// Keys of the fields told under the title, the most looked for first.
    pub summary: Vec<String>,
    /// Groups of fields on a record's page, in order.
    pub sections: Vec<Section>,
    /// Fields, in the order shown.
    pub fields: Vec<Field>,
    /// Who reads records of it; everybody without one. `""` is nobody: what is written there is no name.
    pub audience: Option<String>,
    /// How long its records are kept while they hold personal data.
    pub retention: Option<Retention>,
}

/// A group of fields on a record's page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Section {
    /// Referred to by fields.
    pub key: String,
    /// The heading.
    pub labels: Text,
}

/// One field of a kind, or of a structure.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each flag is an independent word of the schema format"
)]
pub struct Field {
    /// English, `snake_case`, stable.
    pub key: String,
    /// The name shown.
    pub labels: Text,
    /// A sentence for editors.
    pub help: Option<Text>,
    /// The section it stands in.
    pub section: Option<String>,
    /// The type of its value, or of each item of a list.
    pub value: Type,
    /// Several values.
    pub list: bool,
    /// Must be written.
    pub required: bool,
    /// No two records of the kind share a value.
    pub unique: bool,
    /// Never shown, indexed, exported or quoted.
    pub secret: bool,
    /// It says something of a person: kept no longer than the kind's retention.
    pub personal: bool,
    /// Its words are searched.
    pub searchable: bool,
    /// Searched by its parts (serials, host names, addresses).
    pub identifier: bool,
    /// Shown in lists.
    pub column: bool,
    /// Lists and search can be narrowed by it.
    pub facet: bool,
    /// Written by machines; its changes are not told in the history.
    pub volatile: bool,
    /// A number or an amount that is zero or more: a minus sign is a mistake.
    pub not_negative: bool,
    /// A number or an amount above zero: zero is a mistake too.
    pub positive: bool,
    /// A day or moment that tells what happened: one after the site's day is a mistake.
    pub past: bool,
    /// A whole number that is a year: written without setting its thousands apart.
    pub year: bool,
    /// Of which records completeness wants it.
    pub expected: Expected,
    /// Keys of fields that do as well where this one is empty.
    pub alternatives: Vec<String>,
    /// Who reads it; everybody that reads the record without one. `""` is nobody: what is written there is no name.
    pub audience: Option<String>,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// One line of text.
    Text,
    /// Markdown.
    Markdown,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Decimal,
    /// An amount in euros.
    Money,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// A day and a time, local to the site.
    DateTime,
    /// A length of time.
    Duration,
    /// One of a list of values.
    Enumeration(Vec<Choice>),
    /// The id of a record of one of these kinds.
    Reference(Vec<String>),
    /// An IPv4 or IPv6 address.
    IpAddress,
    /// An IPv4 or IPv6 network (`10.0.0.0/24`).
    Network,
    /// A MAC address.
    MacAddress,
    /// An `http` or `https` address.
    Url,
    /// An e-mail address.
    Email,
    /// The path of a file beside the record or from the root.
    File,
    /// Fields of its own, one level deep.
    Structure(Vec<Field>),
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice {
    /// English, kebab-case.
    pub key: String,
    /// The word shown.
    pub labels: Text,
    /// What a status means for the life-cycle (`in-service`); `estate` reads only this.
    pub means: Option<String>,
    /// The phase of a workflow status: new, assigned, pending, resolved or closed.
    pub phase: Option<String>,
    /// What is of this type holds data, so that a backup is expected of it.
    pub holds_data: bool,
    /// How it is coloured; the word is always shown too.
    pub tone: Tone,
}

impl Choice {
    /// What it means, for the site's own values too: `means`, else its key.
    pub fn meaning(&self) -> &str {
        self.means.as_deref().unwrap_or(&self.key)
    }
}

/// The colour of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing to notice.
    #[default]
    Neutral,
    /// As it should be.
    Success,
    /// Worth a look.
    Warning,
    /// Act.
    Danger,
    /// For information.
    Info,
}

/// The parts of the menu, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Menu {
    /// Procedures and pages.
    Knowledge,
    /// Assets and models.
    Fleet,
    /// Software and licences.
    Software,
    /// Networks and services.
    Network,
    /// Tickets, problems, changes.
    ServiceDesk,
    /// Purchases, budgets, contracts.
    Purchasing,
    /// People and organisations.
    People,
    /// Accounts, rights, backups.
    Security,
}

impl Schema {
    /// Whom nothing that is read by it may tell of.
    pub fn forgotten(&self) -> &Forgotten {
        &self.forgotten
    }

    /// The same schema, by which nobody of these is told of.
    #[must_use]
    pub fn forgetting(mut self, forgotten: Forgotten) -> Self {
        self.forgotten = Arc::new(forgotten);
        self
    }

    /// What looks like a secret and may be told all the same.
    pub fn allowed_secrets(&self) -> &Allowed {
        &self.allowed_secrets
    }

    /// The same schema, by which these may be told.
    #[must_use]
    pub fn allowing(mut self, secrets: Allowed) -> Self {
        self.allowed_secrets = Arc::new(secrets);
        self
    }

    /// The same schema for a site in these languages.
    #[must_use]
    pub fn speaking(self, languages: Vec<Language>) -> Self {
        Self { languages, ..self }
    }

    /// The language that the ending of a file's name means, whatever its case; `None` for any other word.
    pub fn language(&self, ending: &str) -> Option<Language> {
        Language::from_code(ending).or_else(|| {
            let mut languages = self.languages.iter().copied();
            languages.find(|language| language.code().eq_ignore_ascii_case(ending))
        })
    }

    /// The kinds, sorted by name.
    pub fn kinds(&self) -> impl Iterator<Item = &Arc<Kind>> {
        self.kinds.values()
    }

    /// A kind by name.
    pub fn kind(&self, name: &str) -> Option<&Arc<Kind>> {
        self.kinds.get(name)
    }

    /// A kind by its folder.
    pub fn kind_of_folder(&self, folder: &str) -> Option<&Arc<Kind>> {
        self.kinds.values().find(|kind| kind.folder == folder)
    }
}

impl Kind {
    /// A field and its position, by the key as written: the English key, or the French or English
    /// label with case, accents and spaces folded.
    pub fn field(&self, written: &str) -> Option<(usize, &Field)> {
        find_field(&self.fields, written)
    }

    /// The position of a field by its exact key.
    pub fn index_of(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }
}

impl Field {
    /// The fields of a structure; none for other types.
    pub fn fields(&self) -> &[Self] {
        match &self.value {
            Type::Structure(fields) => fields,
            _ => &[],
        }
    }

    /// The values of an enumeration; none for other types.
    pub fn choices(&self) -> &[Choice] {
        match &self.value {
            Type::Enumeration(choices) => choices,
            _ => &[],
        }
    }
}

/// The field that an author means by a key.
pub fn find_field<'a>(fields: &'a [Field], written: &str) -> Option<(usize, &'a Field)> {
    let exact = fields
        .iter()
        .enumerate()
        .find(|(_, field)| field.key == written);
    exact.or_else(|| {
        let written = fold_key(written);
        fields.iter().enumerate().find(|(_, field)| {
            [field.labels.fr.as_str(), &field.labels.en, &field.key]
                .iter()
                .any(|name| folds_to(name, &written))
        })
    })
}

/// A key without case, accents and the marks between words: `Fin de garantie` is `fin_de_garantie`.
pub fn fold_key(key: &str) -> String {
    fold(key)
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// Whether [`fold_key`] makes a name of another. Most names differ in their first letters, and no
/// copy of those is made: an author who writes labels has every name of a kind compared.
fn folds_to(name: &str, folded: &str) -> bool {
    let mut left = folded.bytes();
    for letter in name.bytes() {
        if !letter.is_ascii() {
            return fold_key(name) == folded;
        }
        if letter.is_ascii_alphanumeric() && left.next() != Some(letter.to_ascii_lowercase()) {
            return false;
        }
    }
    left.next().is_none()
}

#[cfg(test)]
mod tests;
