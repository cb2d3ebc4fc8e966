//! Time and size of the search index at 10,000 and 100,000 invented records: 30,000 words by Zipf's law,
//! identifiers of their own. `cargo bench --bench search`; give a folder as argument to keep the
//! 100,000-record index for `node benches/search.js <folder>`, which counts the bytes a query loads.

use std::fs;
use std::path::Path;
use std::time::Instant;

use carnet::search::{Document, Facet, Field, Settings, index, query};

/// A small generator of numbers (xorshift), so that every run sees the same records.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// A rank below `most`, each about as frequent as its inverse.
    fn zipf(&mut self, most: f64) -> usize {
        let share =
            f64::from(u32::try_from(self.roll(1 << 24)).expect("24 bits")) / f64::from(1 << 24);
        let rank = most.powf(share) - 1.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 30,000"
        )]
        let rank = rank as usize;
        rank
    }
}

fn vocabulary() -> Vec<String> {
    let syllables = [
        "ba", "ce", "di", "fo", "gu", "lan", "mer", "nou", "pré", "ra", "sé", "teur", "vi", "tion",
        "cha", "é", "on", "im", "ser", "qua",
    ];
    let mut dice = Dice(42);
    (0..30_000)
        .map(|_| {
            let length = 2 + dice.roll(3);
            (0..length)
                .map(|_| syllables[usize::try_from(dice.roll(20)).expect("small")])
                .collect()
        })
        .collect()
}

/// Three fields with as many values as a large site has.
fn facets(ticket: bool, site: &str, dice: &mut Dice) -> Vec<Facet> {
    let facet = |field: &str, value: String| Facet {
        field: field.into(),
        label: value.clone(),
        value,
    };
    let status = if ticket { "étape" } else { "état" };
    vec![
        facet("site", format!("{site}-{}", dice.roll(12))),
        facet("status", format!("{status}-{}", dice.zipf(6.0))),
        facet("type", format!("type-{}", dice.zipf(12.0))),
    ]
}

fn settings() -> Settings {
    let field = |key: &str| Field {
        key: key.into(),
        ..Field::default()
    };
    Settings {
        fields: ["kind", "site", "status", "type"].map(field).to_vec(),
        ..Settings::default()
    }
}

fn documents(count: u64) -> Vec<Document> {
    let words = vocabulary();
    let mut dice = Dice(7);
    let text = |dice: &mut Dice, length: u64| {
        (0..length)
            .map(|_| words[dice.zipf(30_000.0)].as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    (0..count)
        .map(|number| {
            let ticket = number % 2 == 0;
            let site = ["lyo", "gre", "par", "nan"][usize::try_from(dice.roll(4)).expect("small")];
            let id = if ticket {
                format!("t-{number:06}")
            } else {
                format!("{site}-pc-{number:06}")
            };
            let (a, b, c) = (dice.roll(256), dice.roll(256), dice.roll(256));
            Document {
                url: format!("{}/{id}/", if ticket { "tickets" } else { "assets" }),
                title: text(&mut dice, 5),
                kind: if ticket { "ticket" } else { "asset" }.into(),
                kind_label: if ticket { "Ticket" } else { "Équipement" }.into(),
                id,
                identifiers: if ticket {
                    Vec::new()
                } else {
                    vec![
                        format!("5CG{:07X}", dice.roll(1 << 28)),
                        format!("52:54:00:{a:02X}:{b:02X}:{c:02X}"),
                        format!("198.51.{b}.{c}"),
                        format!("INV-{number:06}"),
                    ]
                },
                subtitle: format!("{site} · en service"),
                text: text(&mut dice, 120),
                facets: facets(ticket, site, &mut dice).into(),
                language: "fr",
                ..Document::default()
            }
        })
        .collect()
}

fn main() {
    let folder = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    for count in [10_000, 100_000] {
        let documents = documents(count);
        let start = Instant::now();
        let index = index(&documents, &settings());
        let time = start.elapsed();
        let bytes: usize = index.files.values().map(Vec::len).sum();
        let largest = index.files.values().map(Vec::len).max().unwrap_or(0);
        println!(
            "{count} documents: {time:.2?}, {} files, {bytes} bytes, largest {largest}",
            index.files.len()
        );
        let start = Instant::now();
        let answer = query(&index, "fr", "banou serteur", 10);
        println!(
            "  a query in Rust: {:.2?}, {} found",
            start.elapsed(),
            answer.total
        );
        if let (Some(folder), 100_000) = (&folder, count) {
            for (name, content) in &index.files {
                let path = Path::new(folder).join(name);
                fs::create_dir_all(path.parent().expect("a file has a folder"))
                    .expect("a folder to write to");
                fs::write(path, content).expect("room for the index");
            }
        }
    }
}
