//! After any changes the index over the last one has, with the files of that one, every byte of one made from nothing.

use std::collections::BTreeMap;

use crate::digest::{hex, sha256};
use crate::remembered::{Key, Remembered};
use crate::search::{Document, Facet, Index, Kept, Settings, index, index_over};

const PROGRAM: Key = [3; 32];

/// Numbers that look drawn by chance, the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }

    /// A word, the first ones far more often than the others.
    fn word(&mut self) -> String {
        let most = 1 + self.below(900);
        let number = self.below(most);
        match number % 9 {
            0 => format!("srv-{number:03}"),
            _ => {
                format!("m{}ot{}", number % 23, ["", "e", "s", "if"][number % 4])
                    + &"a".repeat(number % 7)
            }
        }
    }

    fn text(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn page(&mut self, number: usize) -> Vec<Document> {
        let kind = ["asset", "procedure", "ticket"][number % 3].to_owned();
        let facet = Facet {
            field: "site".into(),
            value: format!("s{}", number % 5),
            label: format!("Site {}", number % 5),
        };
        let page = Document {
            url: format!("{kind}/p-{number}/"),
            title: self.text(3),
            id: format!("p-{number}"),
            identifiers: vec![format!("SN{:05}", number * 7)],
            text: self.text(40),
            facets: [facet].into(),
            kind_label: kind.clone(),
            kind,
            language: if number.is_multiple_of(11) {
                "en"
            } else {
                "fr"
            },
            ..Document::default()
        };
        let section = Document {
            url: format!("{}#but", page.url),
            heading: Some(self.text(2)),
            text: self.text(30),
            identifiers: Vec::new(),
            ..page.clone()
        };
        if number.is_multiple_of(2) {
            vec![page, section]
        } else {
            vec![page]
        }
    }
}

/// The last build: what it left, and every file of its index.
#[derive(Default)]
struct Last {
    left: Vec<u8>,
    files: BTreeMap<String, Vec<u8>>,
}

fn settings() -> Settings {
    Settings {
        synonyms: vec![vec!["m1ot".into(), "m2ote".into()]],
        ..Settings::default()
    }
}

impl Last {
    /// The index over this one; it becomes the last.
    fn over(&mut self, documents: &[Document]) -> Index {
        let remembered = Remembered::of(std::mem::take(&mut self.left), &PROGRAM);
        let standing = |name: &str, kept: &Kept| {
            let bytes = self.files.get(name).cloned();
            bytes.filter(|bytes| hex(&sha256(bytes)) == kept.sha256)
        };
        let over = index_over(documents.to_vec(), &settings(), &remembered, &standing);
        self.left = remembered.bytes(&PROGRAM);
        over
    }

    /// Takes the files of the last index for those that are kept.
    fn publish(&mut self, index: &Index) {
        let kept = index.kept.iter().map(|(name, kept)| {
            let bytes = self.files[name].clone();
            assert_eq!(hex(&sha256(&bytes)), kept.sha256, "{name}");
            assert_eq!(bytes.len() as u64, kept.length, "{name}");
            (name.clone(), bytes)
        });
        let mut files: BTreeMap<String, Vec<u8>> = kept.collect();
        files.extend(index.files.clone());
        self.files = files;
    }
}

fn check(last: &mut Last, pages: &[Vec<Document>], what: &str) -> usize {
    let documents = pages.concat();
    let over = last.over(&documents);
    last.publish(&over);
    let expected = index(&documents, &settings()).files;
    let names =
        |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> { files.keys().cloned().collect() };
    assert_eq!(names(&last.files), names(&expected), "{what}");
    assert!(last.files == expected, "{what}: other bytes");
    over.kept.len()
}

#[test]
fn after_any_change_it_is_the_index_made_from_nothing() {
    let mut chance = Chance(20_261_122);
    let mut pages: Vec<_> = (0..500).map(|number| chance.page(number)).collect();
    let mut last = Last::default();
    assert_eq!(check(&mut last, &pages, "first"), 0);
    let all = last.files.len();
    assert!(check(&mut last, &pages, "the same") > all * 8 / 10);
    let mut most = 0;
    for round in 0..24 {
        let place = chance.below(pages.len());
        let number = 3 * (2_000 + round) + chance.below(3);
        match round % 6 {
            0 => pages[place][0].text += " nouveau mot1a",
            1 => pages[place] = chance.page(number),
            2 => pages.push(chance.page(number)),
            3 => drop(pages.remove(place)),
            4 => pages[place][0].identifiers.push("KB5034441".into()),
            _ => pages[place]
                .iter_mut()
                .for_each(|page| page.title = "Onduleur".into()),
        }
        most = most.max(check(&mut last, &pages, &format!("round {round}")));
    }
    assert!(most > all / 2, "{most} of {all} files kept");
}

#[test]
fn a_file_that_does_not_stand_is_made_again() {
    let mut chance = Chance(7);
    let mut pages: Vec<_> = (0..300).map(|number| chance.page(number)).collect();
    let mut last = Last::default();
    check(&mut last, &pages, "first");
    // Whatever must be read is gone: nothing is kept.
    let files = std::mem::take(&mut last.files);
    pages[5][0].text += " mot1a";
    let over = last.over(&pages.concat());
    assert!(over.kept.keys().all(|name| name.starts_with("en/")));
    last.files = files;
    last.publish(&over);
    assert!(last.files == index(&pages.concat(), &settings()).files);
    // A word that is in no file yet, and one that goes with the last page that has it.
    pages[5][0].text = "zzz000 zzzzz".into();
    assert!(check(&mut last, &pages, "a last word") > 0);
    pages.remove(5);
    check(&mut last, &pages, "and without it");
    pages.truncate(1);
    check(&mut last, &pages, "one page");
    pages.clear();
    check(&mut last, &pages, "none");
}
