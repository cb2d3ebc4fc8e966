//! Search: a static index in small files, of which a query reads a few. Built from documents that
//! `site` hands over, never from HTML; read by `themes/default/assets/search.js` in the browser and by
//! [`query`] here, with the same ranking. The files and their forms are described in `shards`.

mod collect;
mod documents;
mod excerpt;
mod fold;
mod offline;
mod postings;
mod query;
mod shards;
mod terms;
pub mod tokens;
mod weights;

use std::collections::BTreeMap;

pub use documents::documents;
pub use excerpt::Piece;
pub use offline::{script, script_name};
pub use query::{Answer, Hit, query};

/// One thing that a search finds: a record, a page, or a section of either.
///
/// A section has its heading, and the title and id of its page; it is shown when a word stands in the
/// section itself. Its page must be a document too, without heading and with the same id, for the words
/// of the title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// Short facts shown in the result line, such as « Lyon · en service ».
    pub subtitle: String,
    /// The plain text, without markup.
    pub text: String,
    /// The language's code, such as `fr`: each language has an index of its own.
    pub language: &'static str,
}

/// Where the files of the index stand, from the site's root.
pub const FOLDER: &str = "_carnet/search/";

/// The index of a site, all languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Index {
    /// The files by name under `_carnet/search/`. All but the roots carry the hash of their content
    /// in their name, so that a browser may keep them for ever.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The name of the file that a search in this language reads first. It is the only name that stays
/// the same when the content changes.
pub fn root(language: &str) -> String {
    format!("{language}.json")
}

/// The index of these documents. Pure: the same documents in the same order give the same bytes,
/// whatever the number of threads. Documents of one kind and id keep their order.
pub fn index(documents: &[Document]) -> Index {
    let mut languages: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in documents {
        languages
            .entry(document.language)
            .or_default()
            .push(document);
    }
    let mut files = BTreeMap::new();
    for (language, mut documents) in languages {
        documents.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
        files.extend(shards::write(language, &documents));
    }
    Index { files }
}
