//! The files of an index and their forms. `<language>.json` is the root: how many documents, the kinds,
//! and where everything else is. Beside it, in `<language>/`, named by content:
//! term files (sorted lines, see [`write_terms`]), full lists of frequent terms (see `postings`), blocks of 64 documents
//! (what a result line shows) and the texts that excerpts are cut from.
//! Adding or changing a record touches the files that speak of it: term files end where a term's
//! own hash says, not where a count happens to fall.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Document;
use super::collect;
use super::postings::{self, Posting};
use super::tokens;

/// Documents in a block.
pub const BLOCK: usize = 64;
/// Characters of a file name before its extension: 40 bits of the content's hash.
pub const NAME: usize = 8;
/// A term in more documents than this has its full list in a file of its own, and here only the
/// [`CHAMPIONS`] best of it.
const INLINE: usize = 512;
/// Documents kept beside a frequent term.
const CHAMPIONS: usize = 128;
/// A term file may end from this size on, in bytes before compression …
const TERMS_LEAST: usize = 12_000;
/// … and ends at this one.
const TERMS_MOST: usize = 32_000;
/// A file of texts is closed past this size in bytes before compression.
const TEXTS: usize = 8_000;

/// The first file that a search reads.
#[derive(Debug, Serialize, Deserialize)]
pub struct Root {
    /// The form of these files; a script that expects another must not guess.
    pub version: u32,
    /// Number of documents.
    pub count: u32,
    /// Key and label of each kind; documents name them by their place.
    pub kinds: Vec<(String, String)>,
    /// The names of the blocks, [`NAME`] characters each.
    pub documents: String,
    /// The words that are not indexed, so that the browser does not ask for them either.
    pub stop: Vec<String>,
    /// The terms without a digit.
    pub words: Directory,
    /// The terms with a digit, apart: a hundred thousand serial numbers must not stand between two words.
    pub codes: Directory,
}

/// Which terms are in which file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Directory {
    /// For each file a text above the last term before it and not above its first.
    pub first: Vec<String>,
    /// The files' names, [`NAME`] characters each.
    pub files: String,
}

/// Up to 64 documents.
#[derive(Debug, Serialize, Deserialize)]
pub struct Block {
    /// What a result line shows.
    pub documents: Vec<Entry>,
    /// The names of the files of texts.
    pub texts: Vec<String>,
}

/// One document: address, title, heading (or empty), kind, id, subtitle, and where its text is
/// (file, place), unless it has none.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry(
    pub String,
    pub String,
    pub String,
    pub usize,
    pub String,
    pub String,
    pub Option<(usize, usize)>,
);

/// The files of one language's documents, which are sorted already.
pub fn write(language: &str, documents: &[&Document]) -> BTreeMap<String, Vec<u8>> {
    let count = u32::try_from(documents.len()).expect("fewer than four thousand million documents");
    let mut files = Files {
        language,
        files: BTreeMap::new(),
    };
    let labels: BTreeMap<&str, &str> = documents
        .iter()
        .map(|document| (document.kind.as_str(), document.kind_label.as_str()))
        .collect();
    let kinds: Vec<(String, String)> = labels
        .into_iter()
        .map(|(key, label)| (key.to_owned(), label.to_owned()))
        .collect();
    let blocks: Vec<_> = documents
        .par_chunks(BLOCK)
        .map(|documents| block(documents, &kinds))
        .collect();
    let documents_files = blocks
        .into_iter()
        .map(|(entries, texts)| {
            let texts = texts
                .iter()
                .map(|texts| files.add(&json(texts), "json"))
                .collect();
            files.add(
                &json(&Block {
                    documents: entries,
                    texts,
                }),
                "json",
            )
        })
        .collect();
    let (codes, words): (Vec<_>, Vec<_>) = collect::terms(documents)
        .into_iter()
        .partition(|(term, _)| is_code(term));
    let root = Root {
        version: 1,
        count,
        kinds,
        documents: documents_files,
        stop: tokens::STOP_WORDS.map(str::to_owned).to_vec(),
        words: write_terms(&words, count, &mut files),
        codes: write_terms(&codes, count, &mut files),
    };
    files.files.insert(super::root(language), json(&root));
    files.files
}

/// Whether a term is kept with the identifiers.
pub fn is_code(term: &str) -> bool {
    term.bytes().any(|byte| byte.is_ascii_digit())
}

/// Files under construction.
struct Files<'a> {
    language: &'a str,
    files: BTreeMap<String, Vec<u8>>,
}

impl Files<'_> {
    /// Adds a file and gives its name without extension. Two contents with the same 40 bits get
    /// two names, and the same content one.
    fn add(&mut self, content: &[u8], extension: &str) -> String {
        let mut hash = Sha256::digest(content);
        loop {
            let name = name(&hash);
            let path = format!("{}/{name}.{extension}", self.language);
            let known = self.files.entry(path).or_insert_with(|| content.to_vec());
            if *known == content {
                return name;
            }
            hash = Sha256::digest(hash);
        }
    }
}

/// The first 40 bits of a hash in letters and digits that no file system confuses.
fn name(hash: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = hash
        .iter()
        .take(5)
        .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..NAME)
        .map(|place| char::from(LETTERS[(bits >> (5 * place) & 31) as usize]))
        .collect()
}

/// A value as compact JSON.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("texts and numbers always have a JSON form")
}

/// The result lines of up to 64 documents and their texts, in files' worth.
fn block(documents: &[&Document], kinds: &[(String, String)]) -> (Vec<Entry>, Vec<Vec<String>>) {
    let mut files: Vec<Vec<String>> = Vec::new();
    let mut size = TEXTS;
    let entries = documents
        .iter()
        .map(|document| {
            let text = shown(document);
            let place = (!text.is_empty()).then(|| {
                if size >= TEXTS {
                    files.push(Vec::new());
                    size = 0;
                }
                size += text.len();
                let file = files.len() - 1;
                files[file].push(text);
                (file, files[file].len() - 1)
            });
            let kind = kinds.partition_point(|(key, _)| *key < document.kind);
            Entry(
                document.url.clone(),
                document.title.clone(),
                document.heading.clone().unwrap_or_default(),
                kind,
                document.id.clone(),
                document.subtitle.clone(),
                place,
            )
        })
        .collect();
    (entries, files)
}

/// What excerpts are cut from: the identifiers and aliases, which no other part of a result line
/// shows, then the text.
fn shown(document: &Document) -> String {
    let names = document.identifiers.iter().chain(&document.aliases);
    let parts: Vec<String> = names
        .chain([&document.text])
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}

/// Writes sorted terms. A line is: how many characters it shares with the term above (base 36, at
/// most 35), the others, a tab, the postings; for a frequent term they are the best, and another tab, the
/// number of documents (base 36), a tab, and the name of the full list follow.
fn write_terms(terms: &[(String, Vec<Posting>)], count: u32, files: &mut Files) -> Directory {
    let lines: Vec<(String, Option<String>)> = terms
        .par_iter()
        .map(|(_, postings)| line(postings, count))
        .collect();
    let mut directory = Directory::default();
    let (mut shard, mut before) = (String::new(), "");
    for ((term, postings), (line, full)) in terms.iter().zip(lines) {
        if shard.is_empty() {
            directory.first.push(separator(before, term));
            before = "";
        }
        let (digit, rest) = front(before, term);
        shard.extend([digit]);
        shard.extend([rest, "\t", &line]);
        if let Some(full) = full {
            shard.push('\t');
            let found = u32::try_from(postings.len()).expect("at most the number of documents");
            postings::write_number(found, &mut shard);
            shard.extend(["\t", &files.add(full.as_bytes(), "txt")]);
        }
        shard.push('\n');
        before = term;
        if shard.len() >= TERMS_MOST || (shard.len() >= TERMS_LEAST && ends_file(term)) {
            directory.files += &files.add(std::mem::take(&mut shard).as_bytes(), "txt");
        }
    }
    if !shard.is_empty() {
        directory.files += &files.add(shard.as_bytes(), "txt");
    }
    directory
}

/// The postings beside a term and, for a frequent one, its full list.
fn line(postings: &[Posting], count: u32) -> (String, Option<String>) {
    if postings.len() <= INLINE {
        return (postings::write(postings), None);
    }
    let mut best = postings.to_vec();
    best.sort_by_key(|posting| (std::cmp::Reverse(posting.level), posting.document));
    best.truncate(CHAMPIONS);
    best.sort_by_key(|posting| posting.document);
    let documents: Vec<u32> = postings.iter().map(|posting| posting.document).collect();
    (
        postings::write(&best),
        Some(postings::write_full(&documents, count)),
    )
}

/// The number of characters shared with the term above, as a digit, and the others. A character that is
/// two units in the browser's strings is never shared, so that both sides count alike.
fn front<'a>(before: &str, term: &'a str) -> (char, &'a str) {
    let shared = before
        .chars()
        .zip(term.chars())
        .take(35)
        .take_while(|(a, b)| a == b && a.len_utf16() == 1)
        .count();
    let start = term
        .char_indices()
        .nth(shared)
        .map_or(term.len(), |(start, _)| start);
    let digit = u32::try_from(shared)
        .ok()
        .and_then(|shared| char::from_digit(shared, 36));
    (digit.expect("at most 35"), &term[start..])
}

/// The shortest beginning of `term` that is above `before`.
fn separator(before: &str, term: &str) -> String {
    term.char_indices()
        .map(|(start, character)| &term[..start + character.len_utf8()])
        .find(|beginning| *beginning > before)
        .unwrap_or(term)
        .to_owned()
}

/// Whether a term file may end after this term: one in 64, by the term's own FNV-1a hash.
fn ends_file(term: &str) -> bool {
    let hash = term.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash >> 26 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_one_length_and_follow_the_content() {
        let mut files = Files {
            language: "fr",
            files: BTreeMap::new(),
        };
        let one = files.add(b"one", "txt");
        assert_eq!(one.len(), NAME);
        assert_eq!(files.add(b"one", "txt"), one);
        assert_ne!(files.add(b"two", "txt"), one);
        assert_eq!(files.files.len(), 2);
    }

    #[test]
    fn terms_share_their_beginnings() {
        assert_eq!(front("imprimante", "imprimer"), ('6', "er"));
        assert_eq!(front("", "été"), ('0', "été"));
        assert_eq!(separator("imprimante", "imprimerie"), "imprime");
        assert_eq!(separator("", "abc"), "a");
    }
}
