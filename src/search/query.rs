//! Answers a query from the files of an index, reading only those that it needs, as the browser does.
//! `themes/default/assets/search.js` follows the same steps; `tests/search/queries.json` holds both to
//! the same answers.

use std::collections::BTreeMap;

use super::excerpt::{self, Needle, Piece};
use super::shards::{BLOCK, Block, Entry, NAME, Root};
use super::terms::{Group, Terms};
use super::weights::{Level, rarity};
use super::{Index, postings, root};

/// Full lists read for one query, at most; each is 12.5 KB compressed at 100,000 documents.
const FULL_LISTS: usize = 4;

/// What a query found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The best documents, best first.
    pub hits: Vec<Hit>,
    /// How many documents match.
    pub total: u32,
    /// Whether `total` is only a lower bound: a frequent beginning was not read to its end.
    pub more: bool,
    /// The words that nothing matches, folded; the others were searched without them.
    pub unknown: Vec<String>,
    /// Whether no document holds all known words, so that those with the most of them are shown.
    pub partial: bool,
}

/// One document found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it opens, from the site's root.
    pub url: String,
    /// The page's title.
    pub title: String,
    /// The section's heading.
    pub heading: Option<String>,
    /// The kind's key.
    pub kind: String,
    /// The kind's label.
    pub kind_label: String,
    /// The record's id.
    pub id: String,
    /// Short facts.
    pub subtitle: String,
    /// Where in the text the words stand, the words marked; empty when the other fields show them all.
    pub excerpt: Vec<Piece>,
    /// Comparable within one answer only.
    pub score: u32,
}

/// The best `limit` documents of one language for the words of a query. The last word may be
/// unfinished. A language without documents has no hits.
pub fn query(index: &Index, language: &str, words: &str, limit: usize) -> Answer {
    let reader = Reader {
        files: &index.files,
        language,
    };
    let Some(root) = reader.root() else {
        return Answer::default();
    };
    let mut terms = Terms::new(&reader, &root);
    let (groups, unknown) = terms.groups(words);
    let mut answer = Answer {
        unknown,
        more: terms.cut,
        ..Answer::default()
    };
    let scores = score(&reader, root.count, &groups, &mut answer.more);
    let most = scores
        .iter()
        .filter(|score| score.own)
        .map(|score| score.words)
        .max()
        .unwrap_or(0);
    if most == 0 {
        return answer;
    }
    let mut found: Vec<(u32, u32)> = (0..)
        .zip(&scores)
        .filter(|(_, score)| score.own && score.words == most)
        .map(|(document, score)| (document, score.points))
        .collect();
    found.sort_by_key(|(document, points)| (std::cmp::Reverse(*points), *document));
    answer.partial = usize::from(most) < groups.len();
    answer.total = u32::try_from(found.len()).expect("at most the number of documents");
    if let ([group], true) = (groups.as_slice(), answer.more) {
        answer.total = answer.total.max(group.most());
    }
    let needles: Vec<Needle> = groups.into_iter().map(|group| group.needle).collect();
    let hits = found.into_iter().take(limit);
    answer.hits = hits
        .filter_map(|found| hit(&reader, &root, found, &needles))
        .collect();
    answer
}

/// The files of one language.
pub struct Reader<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    language: &'a str,
}

impl Reader<'_> {
    fn root(&self) -> Option<Root> {
        serde_json::from_slice(self.files.get(&root(self.language))?).ok()
    }

    /// A text file of the index; empty when it is missing.
    pub fn text(&self, name: &str) -> &str {
        let content = self.files.get(&format!("{}/{name}.txt", self.language));
        content
            .and_then(|content| std::str::from_utf8(content).ok())
            .unwrap_or_default()
    }

    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        let content = self.files.get(&format!("{}/{name}.json", self.language))?;
        serde_json::from_slice(content).ok()
    }
}

/// What is known of one document while words are added up.
#[derive(Clone, Copy, Default)]
struct Score {
    points: u32,
    words: u8,
    own: bool,
}

/// The scores of all documents. A single word is answered by the best documents of its terms;
/// several need the full lists, of which the best fitting are read. `more` is set when some are left.
fn score(reader: &Reader, count: u32, groups: &[Group], more: &mut bool) -> Vec<Score> {
    let mut frequent: Vec<(u32, u32, &str)> = groups
        .iter()
        .flat_map(|group| &group.terms)
        .filter_map(|term| Some((term.fit, term.found, term.full.as_deref()?)))
        .collect();
    frequent.sort_by_key(|(fit, found, _)| std::cmp::Reverse((*fit, *found)));
    let read = if groups.len() > 1 { FULL_LISTS } else { 0 };
    *more |= frequent.len() > read;
    frequent.truncate(read);
    let mut scores = vec![Score::default(); count as usize];
    for group in groups {
        let mut best = vec![0; count as usize];
        let mut add = |document: u32, level: Level, fit: u32| {
            let place = document as usize;
            best[place] = level.points().saturating_mul(fit).max(best[place]);
            scores[place].own |= level != Level::INHERITED;
        };
        for term in &group.terms {
            for posting in &term.postings {
                add(posting.document, posting.level, term.fit);
            }
            let full = frequent
                .iter()
                .find(|(_, _, name)| Some(*name) == term.full.as_deref());
            for document in full
                .map(|full| postings::read_full(reader.text(full.2)))
                .unwrap_or_default()
            {
                add(document, Level::UNKNOWN, term.fit);
            }
        }
        let rarity = rarity(count, group.terms.iter().map(|term| term.found).sum());
        for (score, best) in scores.iter_mut().zip(best) {
            score.points += best * rarity;
            score.words += u8::from(best > 0);
        }
    }
    scores
}

/// The result line of a document found.
fn hit(reader: &Reader, root: &Root, found: (u32, u32), needles: &[Needle]) -> Option<Hit> {
    let (document, score) = (found.0 as usize, found.1);
    let start = document / BLOCK * NAME;
    let block: Block = reader.json(root.documents.get(start..start + NAME)?)?;
    let Entry(url, title, heading, kind, id, subtitle, text) =
        block.documents.get(document % BLOCK)?.clone();
    let (kind, kind_label) = root.kinds.get(kind)?.clone();
    let shown = [&title, &heading, &id, &subtitle].map(|text| excerpt::held(text, needles));
    let all = (0..needles.len()).all(|needle| shown.iter().any(|held| held[needle]));
    let excerpt = text.filter(|_| !all).and_then(|(file, place)| {
        let texts: Vec<String> = reader.json(block.texts.get(file)?)?;
        Some(excerpt::excerpt(texts.get(place)?, needles))
    });
    let heading = Some(heading).filter(|heading| !heading.is_empty());
    let excerpt = excerpt.unwrap_or_default();
    Some(Hit {
        url,
        title,
        heading,
        kind,
        kind_label,
        id,
        subtitle,
        excerpt,
        score,
    })
}
