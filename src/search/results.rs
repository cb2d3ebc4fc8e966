//! From the documents that match to result lines: their entries are read, phrases looked for in their texts, and
//! excerpts cut.

use super::answer::{Answer, Hit};
use super::blocks::Entry;
use super::excerpt::{self, Needle};
use super::reader::{Reader, named};
use super::shards::{Kind, Root};
use super::tokens::words;

/// Files of the rest of a text that are read for one document.
const REST: usize = 3;

/// How much of an index a query may look at.
pub struct Depth {
    /// Results wanted, at least one.
    pub limit: usize,
    /// Documents that are read to see whether a phrase stands in them.
    pub candidates: usize,
}

/// A document that matches.
pub struct Found {
    /// Its number.
    pub document: usize,
    /// The more the better.
    pub points: u64,
    /// The words that it holds, one bit each.
    pub held: u32,
}

impl Found {
    /// The best first.
    pub fn order(&self) -> (std::cmp::Reverse<u64>, usize) {
        (std::cmp::Reverse(self.points), self.document)
    }
}

/// The numbers of the kinds.
pub struct Ranges<'a> {
    /// Each kind with its first number and the end of its numbers.
    pub kinds: Vec<(&'a Kind, usize, usize)>,
    /// All numbers are below.
    pub size: usize,
}

impl<'a> Ranges<'a> {
    /// In the order of the root.
    pub fn new(kinds: &'a [Kind]) -> Self {
        let mut size = 0;
        let kinds = kinds
            .iter()
            .map(|kind| {
                let from = size;
                size += kind.3 as usize;
                (kind, from, size)
            })
            .collect();
        Self { kinds, size }
    }
}

/// The first spellings of a text's words in a row, a space on each side.
pub fn row(text: &str) -> String {
    let forms = words(text)
        .into_iter()
        .filter_map(|word| word.forms.into_iter().next());
    format!(" {} ", forms.collect::<Vec<_>>().join(" "))
}

/// What result lines are made from.
pub struct Page<'a> {
    /// Where entries are read.
    pub reader: &'a Reader<'a>,
    /// Names the blocks of entries.
    pub root: &'a Root,
    /// Tell the kind of a document.
    pub ranges: &'a Ranges<'a>,
    /// The words asked for.
    pub needles: Vec<Needle>,
    /// The phrases as [`row`] gives them.
    pub phrases: Vec<String>,
}

impl Page<'_> {
    /// Fills in the hits; those without the phrases are no hits. Documents are looked at in batches, as the browser
    /// loads them.
    pub fn show(&self, answer: &mut Answer, found: &[Found], depth: &Depth) {
        let (phrases, limit) = (!self.phrases.is_empty(), depth.limit.max(1));
        let candidates = if phrases { depth.candidates } else { limit };
        let mut looked = 0;
        for batch in found[..candidates.min(found.len())].chunks(limit) {
            let hits = batch.iter().filter_map(|one| self.hit(one));
            answer.hits.extend(hits);
            looked += batch.len();
            if answer.hits.len() >= limit {
                break;
            }
        }
        if phrases {
            answer.total =
                u32::try_from(answer.hits.len()).expect("at most the number of documents");
            answer.more |= looked < found.len();
        }
        answer.hits.truncate(depth.limit);
        answer
            .hits
            .sort_by(|a, b| (b.score, &a.url).cmp(&(a.score, &b.url)));
    }

    /// The result line of a document found, if it holds the phrases.
    fn hit(&self, found: &Found) -> Option<Hit> {
        let document = found.document;
        let Entry(url, title, heading, id, subtitle, mut text, rest) =
            self.reader.entry(self.root, document)?;
        let kinds = &self.ranges.kinds;
        let (kind, ..) = kinds.iter().find(|(.., to)| document < *to)?;
        let fields = [&title, &heading, &id, &subtitle];
        let full = |text: &String| {
            let mut all = fields.to_vec();
            all.push(text);
            (self.seen(&all), self.said(&all))
        };
        for next in 0..REST {
            let Some(name) = named(&rest, next).filter(|_| full(&text) != (true, true)) else {
                break;
            };
            text = format!("{text} {}", self.reader.text(name));
        }
        if !full(&text).1 {
            return None;
        }
        let excerpt = if self.seen(&fields) {
            Vec::new()
        } else {
            excerpt::excerpt(&text, &self.needles)
        };
        Some(Hit {
            url,
            title,
            heading: Some(heading).filter(|heading| !heading.is_empty()),
            kind: kind.0.clone(),
            kind_label: kind.1.clone(),
            id,
            subtitle,
            excerpt,
            missing: self.missing(found.held),
            score: found.points,
        })
    }

    /// The words that are not among those held.
    fn missing(&self, held: u32) -> Vec<String> {
        let needles = (0..).zip(&self.needles);
        let missing = needles.filter(|(number, _)| held & (1 << number) == 0);
        missing.map(|(_, needle)| needle.form.clone()).collect()
    }

    /// Whether every word asked for stands in one of the texts.
    fn seen(&self, texts: &[&String]) -> bool {
        let held: Vec<Vec<bool>> = texts
            .iter()
            .map(|text| excerpt::held(text, &self.needles))
            .collect();
        (0..self.needles.len()).all(|needle| held.iter().any(|held| held[needle]))
    }

    /// Whether every phrase stands in one of the texts.
    fn said(&self, texts: &[&String]) -> bool {
        let said = |phrase: &String| texts.iter().any(|text| row(text).contains(phrase));
        self.phrases.iter().all(said)
    }
}
