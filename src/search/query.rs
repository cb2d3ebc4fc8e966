//! Answers a query from the files of an index, reading only those that it needs, as the browser does.
//! `themes/default/assets/search-engine.js` follows the same steps; `tests/search/queries.json` holds both to
//! the same answers.

use std::collections::{BTreeMap, BTreeSet};

use super::Index;
use super::answer::Answer;
use super::ask::{Asked, Filter, parse};
use super::postings::{self, Posting};
use super::reader::{Reader, Term};
use super::results::{Depth, Found, Page, Ranges, row};
use super::shards::{Kind, Root};
use super::terms::{Group, Terms, searched};
use super::weights::{Level, rarity};

/// Files are read for their terms up to this length in all, so that result lines and counts stay below 100 KB
/// with them: full lists fill what is left by the files of the words.
const TERMS: usize = 56_000;
/// Words and pieces of words that are looked for: as many as there are bits in the browser's whole numbers.
const GROUPS: usize = 31;
/// Documents looked at for a phrase: so many for each result wanted, and so many more.
const CANDIDATES: [usize; 2] = [4, 10];

/// An answer of fewer documents is filled up to so many with those that lack some of the words.
const FEW: usize = 10;
/// One of those holds at least this part of what all words tell.
const PART: u32 = 3;

/// The best `limit` documents of one language for a query. The last word may be
/// unfinished. A language without documents has no hits. A phrase is looked for in the best documents only, as
/// each costs the browser a file.
pub fn query(index: &Index, language: &str, words: &str, limit: usize) -> Answer {
    let candidates = limit
        .saturating_mul(CANDIDATES[0])
        .saturating_add(CANDIDATES[1]);
    within(index, language, words, &Depth { limit, candidates })
}

/// As [`query`], but a phrase is looked for until `limit` documents have it or none is left: where files cost nothing.
pub fn query_all(index: &Index, language: &str, words: &str, limit: usize) -> Answer {
    let candidates = usize::MAX;
    within(index, language, words, &Depth { limit, candidates })
}

fn within(index: &Index, language: &str, words: &str, depth: &Depth) -> Answer {
    let reader = Reader::new(&index.files, language);
    let Some(root) = reader.root() else {
        return Answer::default();
    };
    let asked = parse(words, &root.fields);
    let mut terms = Terms::new(&reader, &root, words);
    let searched = searched(&asked.text, asked.open, &asked.phrases);
    let (mut groups, unknown) = terms.groups(&searched);
    groups.truncate(GROUPS);
    let lists = Lists::new(&reader, &mut terms, &asked, (&groups, searched.is_empty()));
    let findable = searched.is_empty() || !groups.is_empty();
    let mut answer = Answer {
        plain: if findable {
            asked.plain()
        } else {
            String::new()
        },
        unknown,
        more: terms.cut || lists.cut,
        suggestion: (terms.better != words).then(|| terms.better.clone()),
        ..Answer::default()
    };
    let ranges = Ranges::new(&root.kinds);
    let mut scores = score(&lists, &root, ranges.size, &groups);
    for (posting, _) in lists.of(&lists.pages) {
        scores[posting.document() as usize].own = true;
    }
    for (kind, from, to) in &ranges.kinds {
        scores[*from..*to]
            .iter_mut()
            .for_each(|score| score.points *= u64::from(kind.4));
    }
    forbid(&mut scores, &lists, &ranges, &asked, &mut answer.unknown);
    let whole = told(&root, &groups);
    let found = found(&mut scores, whole);
    if found.is_empty() {
        return answer;
    }
    let holds_all = (0..groups.len()).fold(0, |bits, number| bits | 1 << number);
    answer.partial = found.iter().all(|one| one.held != holds_all);
    answer.total = u32::try_from(found.len()).expect("at most the number of documents");
    if let ([group], true, true) = (groups.as_slice(), answer.more, asked.filters.is_empty()) {
        let most = group.terms.iter().map(|term| term.found).max().unwrap_or(0);
        answer.total = answer.total.max(most);
    }
    let needles = groups.into_iter().map(|group| group.needle).collect();
    let page = Page {
        reader: &reader,
        root: &root,
        ranges: &ranges,
        needles,
        phrases: asked.phrases.iter().map(|phrase| row(phrase)).collect(),
    };
    page.show(&mut answer, &found, depth);
    answer
}

/// The lists that a query needs beside those of its groups, and the full lists of all.
struct Lists {
    filters: Vec<Vec<Term>>,
    unwanted: Vec<Vec<Vec<Term>>>,
    /// The pages, when nothing says what is wanted but filters and unwanted words.
    pages: Vec<Term>,
    full: BTreeMap<String, Vec<Posting>>,
    /// Some full lists would have cost too much.
    cut: bool,
}

impl Lists {
    /// Full lists are read while they cost little: those of filters first, then of the words that fit best.
    /// `alone` says that the query asks for no word.
    fn new(
        reader: &Reader,
        terms: &mut Terms,
        asked: &Asked,
        (groups, alone): (&[Group], bool),
    ) -> Self {
        let mut lists = Self {
            filters: asked
                .filters
                .iter()
                .map(|filter| terms.filter(filter))
                .collect(),
            unwanted: asked
                .without
                .iter()
                .map(|text| terms.unwanted(text))
                .collect(),
            pages: Vec::new(),
            full: BTreeMap::new(),
            cut: false,
        };
        if alone && (!asked.filters.is_empty() || !asked.without.is_empty()) {
            lists.pages = terms.pages();
        }
        let mut frequent: Vec<&Term> = groups.iter().flat_map(|group| &group.terms).collect();
        frequent.retain(|term| term.full.is_some());
        frequent.sort_by_key(|term| {
            let bytes = term.full.as_ref().map_or(0, |(bytes, _)| *bytes);
            (std::cmp::Reverse(term.fit), bytes)
        });
        let mut spent = reader.spent();
        let named = lists.filters.iter().flatten();
        let unwanted = lists.unwanted.iter().flatten().flatten();
        for term in named.chain(unwanted).chain(&lists.pages).chain(frequent) {
            let Some((bytes, name)) = &term.full else {
                continue;
            };
            if lists.full.contains_key(name) {
                continue;
            }
            let bytes = *bytes as usize;
            if spent + bytes > TERMS {
                lists.cut = true;
            } else {
                spent += bytes;
                let list = postings::read_full(reader.text(name));
                lists.full.insert(name.clone(), list);
            }
        }
        lists
    }

    /// Whether a frequent term's full list was not read.
    fn misses(&self, term: &Term) -> bool {
        let full = term.full.as_ref();
        full.is_some_and(|(_, name)| !self.full.contains_key(name))
    }

    /// All that is known of some terms, each with how well it fits.
    fn of<'s>(&'s self, terms: &'s [Term]) -> impl Iterator<Item = (Posting, u32)> + 's {
        terms.iter().flat_map(|term| {
            let full = term.full.as_ref().and_then(|(_, name)| self.full.get(name));
            let all = term.postings.iter().chain(full.into_iter().flatten());
            all.map(|posting| (*posting, term.fit))
        })
    }
}

/// What is known of one document while words are added up.
#[derive(Clone, Copy, Default)]
struct Score {
    points: u64,
    /// One bit a group.
    held: u32,
    /// What the groups held tell, by their rarity.
    told: u32,
    own: bool,
}

/// What all words tell together.
fn told(root: &Root, groups: &[Group]) -> u32 {
    groups.iter().map(|group| rare(root, group)).sum()
}

fn rare(root: &Root, group: &Group) -> u32 {
    rarity(root.count, group.found())
}

/// The documents found, best first: those that hold most of what the words tell and, when they are few, the best of
/// those that hold much of it. What a document lacks of it costs the third power of its share.
fn found(scores: &mut [Score], whole: u32) -> Vec<Found> {
    let own = |score: &&mut Score| score.own && score.told < whole;
    for score in scores.iter_mut().filter(own) {
        for _ in 0..3 {
            score.points = score.points * u64::from(score.told) / u64::from(whole);
        }
    }
    let own = || (0..).zip(&*scores).filter(|(_, score)| score.own);
    let most = own().map(|(_, score)| score.told).max().unwrap_or(0);
    let best = |most: &dyn Fn(&Score) -> bool| {
        let kept = own().filter(|(_, score)| most(score));
        let mut kept: Vec<Found> = kept.map(|(document, score)| score.of(document)).collect();
        kept.sort_by_key(Found::order);
        kept
    };
    let mut found = best(&|score| score.told == most);
    if found.len() < FEW {
        let mut others = best(&|score| score.told < most && score.told * PART >= whole);
        others.truncate(FEW - found.len());
        found.append(&mut others);
        found.sort_by_key(Found::order);
    }
    found
}

impl Score {
    fn of(self, document: usize) -> Found {
        Found {
            document,
            points: self.points,
            held: self.held,
        }
    }
}

/// The scores of all documents. A word that fits well and whose list was not read is taken to be anywhere.
fn score(lists: &Lists, root: &Root, size: usize, groups: &[Group]) -> Vec<Score> {
    let mut scores = vec![Score::default(); size];
    for (number, group) in groups.iter().enumerate() {
        let mut best = vec![0; size];
        for (posting, fit) in lists.of(&group.terms) {
            let place = posting.document() as usize;
            best[place] = (posting.level().points() * fit).max(best[place]);
            scores[place].own |= posting.level() != Level::INHERITED;
        }
        let maybe = group
            .terms
            .iter()
            .any(|term| term.fit > 60 && lists.misses(term));
        let rarity = rare(root, group);
        for (score, best) in scores.iter_mut().zip(best) {
            score.points += u64::from(best * rarity);
            if best > 0 || maybe {
                score.held |= 1 << number;
                score.told += rarity;
            }
        }
    }
    scores
}

/// Takes out what filters and unwanted words forbid. Values of one field are alternatives, fields are not.
fn forbid(
    scores: &mut [Score],
    lists: &Lists,
    ranges: &Ranges,
    asked: &Asked,
    unknown: &mut Vec<String>,
) {
    let key = |filter: &Filter| (filter.key.clone(), filter.not);
    for group in asked.filters.iter().map(key).collect::<BTreeSet<_>>() {
        let mut chosen = vec![false; scores.len()];
        let filters = asked.filters.iter().zip(&lists.filters);
        for (filter, terms) in filters.filter(|(filter, _)| key(filter) == group) {
            let named = |kind: &Kind| {
                let mut names = kind.2.iter();
                filter.key == "kind" && names.any(|name| name.starts_with(&filter.value))
            };
            let kinds: Vec<_> = ranges
                .kinds
                .iter()
                .filter(|(kind, ..)| named(kind))
                .collect();
            if kinds.is_empty() && terms.is_empty() {
                unknown.push(filter.written.clone());
            }
            for (_, from, to) in kinds {
                chosen[*from..*to].fill(true);
            }
            for (posting, _) in lists.of(terms) {
                chosen[posting.document() as usize] = true;
            }
        }
        for (score, chosen) in scores.iter_mut().zip(chosen) {
            score.own &= chosen != group.1;
        }
    }
    for words in lists.unwanted.iter().filter(|words| !words.is_empty()) {
        let mut holds = vec![0; scores.len()];
        for (place, terms) in words.iter().enumerate() {
            for (posting, _) in lists.of(terms) {
                let held: &mut usize = &mut holds[posting.document() as usize];
                *held = if *held == place { place + 1 } else { *held };
            }
        }
        for (score, holds) in scores.iter_mut().zip(holds) {
            score.own &= holds < words.len();
        }
    }
}
