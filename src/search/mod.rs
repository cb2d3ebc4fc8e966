//! Search: a static index in small files, of which a query reads a few. Built from documents that
//! `site` hands over, never from HTML; read by `themes/default/assets/search.js` in the browser and by
//! [`query`] here, with the same ranking. The files and their forms are described in `shards`.

mod answer;
mod ask;
mod blocks;
mod charges;
mod choices;
mod chunks;
mod codes;
mod collect;
mod corpus;
mod directory;
mod documents;
mod excerpt;
mod facets;
mod fast;
mod files;
mod fold;
mod making;
mod met;
mod names;
mod numbers;
mod offline;
mod over;
mod postings;
mod query;
mod reader;
mod results;
mod shards;
mod slips;
mod synonyms;
mod telephone;
mod terms;
pub mod tokens;
mod typing;
mod weights;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::remembered::Remembered;
pub use answer::{Answer, Hit};
pub use choices::settings;
pub use documents::documents;
pub use excerpt::Piece;
pub use files::Kept;
pub use offline::{script, script_name};
pub use over::Standing;
pub use query::{query, query_all};

/// One thing that a search finds: a record, a page, or a section of either.
///
/// A section has its heading, and the title and id of its page; it is shown when a word stands in the
/// section itself. Its page must be a document too, without heading and with the same id, for the words
/// of the title.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Document {
    /// Where it opens, from the site's root, such as `assets/srv-ad-01/` or `procedures/vpn/#install`.
    pub url: String,
    /// The title of the page.
    pub title: String,
    /// The section's heading; `None` for the page itself.
    pub heading: Option<String>,
    /// The key of the record's kind, such as `asset`.
    pub kind: String,
    /// The kind as readers see it, in the document's language.
    pub kind_label: String,
    /// The record's id.
    pub id: String,
    /// Other identifiers: serial number, tag, addresses, telephone.
    pub identifiers: Vec<String>,
    /// Other names and tags.
    pub aliases: Vec<String>,
    /// What it is called beside its own words, such as the names of its fields: found, never shown.
    pub names: Vec<String>,
    /// What people ask for when they mean it, worth what a heading is; never shown.
    pub purposes: Vec<String>,
    /// It is over, such as a closed ticket: a word of its title is worth less than in one that waits.
    pub is_over: bool,
    /// Short facts shown in the result line, such as « Lyon · en service ».
    pub subtitle: String,
    /// The plain text, without markup.
    pub text: String,
    /// The values that it can be filtered and counted by; a section shares those of its page.
    pub facets: Arc<[Facet]>,
    /// The language's code, such as `fr`: each language has an index of its own.
    pub language: &'static str,
}

/// One value of a field by which searches can be narrowed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Facet {
    /// The field's key, such as `site`.
    pub field: String,
    /// The value's key, such as `lyo`.
    pub value: String,
    /// The value as readers see it, in the document's language.
    pub label: String,
}

/// A field by which searches can be narrowed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// Its key.
    pub key: String,
    /// Its label by language code.
    pub labels: BTreeMap<&'static str, String>,
    /// What else may be typed for it in a query, in any language.
    pub names: Vec<String>,
}

impl Field {
    /// The label in a language, else the key.
    fn label(&self, language: &str) -> &str {
        self.labels.get(language).unwrap_or(&self.key)
    }
}

/// What a site says about its search, for all documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Groups of words or rows of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// The fields that documents have values of, in the order in which they are shown.
    pub fields: Vec<Field>,
    /// What may be typed for a kind beside its key and its label, by key.
    pub kinds: BTreeMap<String, Vec<String>>,
}

/// What separates the parts of the term of a facet, such as `:site:lyo`. No word has it.
const FACET: &str = ":";
/// The term that all pages hold, and no section.
const PAGES: &str = ":page:";

/// Where the files of the index stand, from the site's root.
pub const FOLDER: &str = "_carnet/search/";

/// The index of a site, all languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Index {
    /// The files by name under `_carnet/search/`. All but the roots carry the hash of their content
    /// in their name, so that a browser may keep them for ever.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The others, whose bytes are those of an index that stands already; none unless one was given.
    pub kept: BTreeMap<String, Kept>,
}

/// The name of the file that a search in this language reads first. It is the only name that stays
/// the same when the content changes.
pub fn root(language: &str) -> String {
    format!("{language}.json")
}

/// The index of these documents. Pure: the same documents give the same bytes, whatever their order and
/// the number of threads.
pub fn index(documents: &[Document], settings: &Settings) -> Index {
    index_again(documents.to_vec(), settings, &Remembered::default())
}

/// The same, sooner where it is remembered what was found in documents.
pub fn index_again(
    documents: Vec<Document>,
    settings: &Settings,
    remembered: &Remembered,
) -> Index {
    each_language(documents, settings, (remembered, None))
}

/// The same over the index of the last build: its files that are the same are told, not made. `standing` gives the bytes of
/// its files, by name, if they are still these.
pub fn index_over(
    documents: Vec<Document>,
    settings: &Settings,
    remembered: &Remembered,
    standing: &Standing<'_>,
) -> Index {
    each_language(documents, settings, (remembered, Some(standing)))
}

/// Takes the documents, so that they can go before the largest lists are made.
fn each_language(
    mut documents: Vec<Document>,
    settings: &Settings,
    over: (&Remembered, Option<&Standing<'_>>),
) -> Index {
    let mut languages: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, document) in documents.iter().enumerate() {
        let places = languages.entry(document.language).or_default();
        places.push(place);
    }
    let languages = languages.into_iter();
    let begun = languages.map(|(language, mut places)| {
        places.par_sort_by_key(|place| (&documents[*place].kind, &documents[*place].url));
        let sorted: Vec<&Document> = places.iter().map(|place| &documents[*place]).collect();
        making::begin(language, (&sorted, &places), settings, over)
    });
    let begun: Vec<making::Begun<'_>> = begun.collect();
    let mut index = Index::default();
    for begun in begun {
        let mut own = begun.index(&mut documents);
        index.files.append(&mut own.files);
        index.kept.append(&mut own.kept);
    }
    index
}
