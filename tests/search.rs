//! Search as a whole: the golden vectors shared with the browser's engine, the order of answers over a
//! small estate, and the same bytes whatever the number of threads. `node --test tests/search/` runs the
//! same files through `themes/default/assets/search-engine.js`.
//! `BLESS=1` writes the expected tokens, answers and `tests/search/index/` anew.

mod searching;

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use carnet::search::tokens::{stem, tokens};
use carnet::search::{Answer, Document, Facet, Field, Index, Settings, query, query_all};
use searching::many::many;
use searching::{folder, leave, told, urls, write};
use serde::Deserialize;

#[derive(Deserialize)]
struct Sample {
    url: String,
    title: String,
    heading: Option<String>,
    kind: String,
    kind_label: String,
    id: String,
    identifiers: Vec<String>,
    aliases: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    subtitle: String,
    text: String,
    language: Option<String>,
    #[serde(default)]
    facets: Vec<(String, String, String)>,
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_slice(&fs::read(folder().join(name)).unwrap()).unwrap()
}

fn samples() -> Vec<Document> {
    let document = |sample: Sample| Document {
        url: sample.url,
        title: sample.title,
        heading: sample.heading,
        kind: sample.kind,
        kind_label: sample.kind_label,
        id: sample.id,
        identifiers: sample.identifiers,
        aliases: sample.aliases,
        names: sample.names,
        subtitle: sample.subtitle,
        text: sample.text,
        facets: sample
            .facets
            .into_iter()
            .map(|(field, value, label)| Facet {
                field,
                value,
                label,
            })
            .collect(),
        language: if sample.language.as_deref() == Some("en") {
            "en"
        } else {
            "fr"
        },
        ..Document::default()
    };
    read::<Vec<Sample>>("documents.json")
        .into_iter()
        .map(document)
        .collect()
}

/// What the samples' site says about its search.
fn settings() -> Settings {
    let field = |key: &str, label: &str, names: &[&str]| Field {
        key: key.into(),
        labels: [("fr", label.to_owned())].into(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    let group = |words: &str| words.split('=').map(str::to_owned).collect();
    Settings {
        synonyms: vec![
            group("pc=poste=ordinateur"),
            group("asi=onduleur"),
            group("mdp=mot de passe"),
        ],
        fields: vec![
            field("kind", "Genre", &["genre"]),
            field("site", "Lieu", &["lieu", "site"]),
            field("status", "État", &["statut", "état"]),
        ],
        kinds: [("asset".to_owned(), vec!["equipments".to_owned()])].into(),
    }
}

fn index(documents: &[Document]) -> Index {
    carnet::search::index(documents, &settings())
}

static LARGE: LazyLock<Index> = LazyLock::new(|| index(&many(4_000)));

fn blessing() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// Writes a list of cases, one a line.
fn bless(name: &str, cases: impl Iterator<Item = serde_json::Value>) {
    let lines: Vec<String> = cases.map(|case| format!("  {case}")).collect();
    fs::write(
        folder().join(name),
        format!("[\n{}\n]\n", lines.join(",\n")),
    )
    .unwrap();
}

#[test]
fn texts_give_the_golden_tokens() {
    let mut cases: Vec<(String, Vec<String>)> = read("tokens.json");
    if blessing() {
        for (text, expected) in &mut cases {
            *expected = tokens(text);
        }
        let lines = cases
            .iter()
            .map(|(text, tokens)| serde_json::json!([text, tokens]));
        bless("tokens.json", lines);
    }
    assert!(cases.len() >= 80);
    for (text, expected) in cases {
        assert_eq!(tokens(&text), expected, "{text}");
    }
}

#[test]
fn inflections_meet_in_one_stem() {
    for (one, other) in read::<Vec<(String, String)>>("stems.json") {
        assert_eq!(stem(&one), stem(&other), "{one}, {other}");
    }
}

#[test]
fn the_small_estate_answers_in_the_golden_order() {
    let index = index(&samples());
    let cases: Vec<serde_json::Value> = read("queries.json");
    assert!(cases.len() >= 60);
    let answers = cases.iter().map(|case| {
        let words = case["query"].as_str().unwrap();
        told(words, &query(&index, "fr", words, 10))
    });
    if blessing() {
        return bless("queries.json", answers);
    }
    for (case, answer) in cases.iter().zip(answers) {
        assert_eq!(*case, answer);
    }
}

#[test]
fn each_language_has_its_own_index() {
    let index = index(&samples());
    assert_eq!(urls(&query(&index, "en", "policy", 10)), ["en/vpn/"]);
    assert_eq!(urls(&query(&index, "fr", "policy", 10)), [""; 0]);
    assert_eq!(query(&index, "de", "policy", 10), Answer::default());
}

#[test]
fn the_files_are_those_that_the_browser_is_tested_on() {
    let index = index(&samples());
    let golden = folder().join("index");
    if blessing() {
        if golden.exists() {
            fs::remove_dir_all(&golden).unwrap();
        }
        write(&index, &golden);
    }
    let mut found = BTreeMap::new();
    for language in ["", "en", "fr"] {
        for entry in fs::read_dir(golden.join(language)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path
                    .strip_prefix(&golden)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    assert!(
        found == index.files,
        "BLESS=1 writes tests/search/index/ again"
    );
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    let documents = many(5_000);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| index(&documents))
    };
    assert!(with(1) == with(2));
}

#[test]
fn frequent_words_are_counted_by_their_full_lists() {
    let (documents, index) = (many(4_000), &*LARGE);
    let count = |words: &[&str]| {
        let holds = |document: &&Document| words.iter().all(|word| document.text.contains(word));
        u32::try_from(documents.iter().filter(holds).count()).unwrap()
    };
    for (words, parts) in [
        ("portable réformé", vec!["portable", "réformé"]),
        ("fixe présent service", vec!["fixe", "présent", "service"]),
        ("portable volé", vec!["portable", "volé"]),
    ] {
        let answer = query(index, "fr", words, 10);
        let all = count(&parts);
        let whole = answer.hits.iter().filter(|hit| hit.missing.is_empty());
        assert_eq!(whole.count(), 10.min(all as usize), "{words}");
        // Others follow only where few have all words.
        assert!(answer.total == all || all < 10, "{words}");
        assert!(!answer.more && answer.hits.len() == 10.min(answer.total as usize));
    }
    let one = query(index, "fr", "portable", 10);
    assert_eq!((one.total, one.more), (2_000, false));
    assert_eq!(query(index, "fr", "pc-02345", 3).hits[0].id, "pc-02345");
}

/// A phrase is looked for beyond the first documents, and what was not looked at is owned up to.
#[test]
fn phrases_are_found_until_there_are_enough() {
    for limit in [1, 7, 20, 50] {
        let answer = query(&LARGE, "fr", "\"bureau 12\"", limit);
        assert_eq!((answer.hits.len(), answer.more), (limit, true));
    }
    let all = query_all(&LARGE, "fr", "\"bureau 12\"", 3_000);
    assert_eq!((all.hits.len(), all.total, all.more), (100, 100, false));
    let never = "\"service portable\"";
    let (some, all) = (
        query(&LARGE, "fr", never, 10),
        query_all(&LARGE, "fr", never, 10),
    );
    assert_eq!((some.total, some.more), (0, true));
    assert_eq!((all.total, all.more), (0, false));
}

/// A letter alone may be a stop word; with its mark it is the name of a language.
#[test]
fn languages_of_one_letter_are_found() {
    let page = |id: &str, title: &str| Document {
        url: format!("{id}/"),
        title: title.to_owned(),
        kind: "procedure".into(),
        id: id.to_owned(),
        language: "fr",
        ..Document::default()
    };
    let index = index(&[
        page("outils", "C++ C# .NET"),
        page("interface", "Interface en C"),
        page("calcul", "Calculs en R"),
    ]);
    for (words, found) in [
        ("C++", vec!["outils/"]),
        ("c#", vec!["outils/"]),
        (".net", vec!["outils/"]),
        ("r", vec!["calcul/"]),
        ("c", vec![]),
    ] {
        assert_eq!(urls(&query(&index, "fr", words, 10)), found, "{words}");
    }
}

/// What must not be there is enough of a question.
#[test]
fn unwanted_words_alone_leave_all_other_pages() {
    let answer = query(&LARGE, "fr", "-portable", 10);
    assert_eq!((answer.hits.len(), answer.total), (10, 2_000));
}

/// A query reads a handful of files, so each must be small whatever the number of documents.
#[test]
fn files_stay_small() {
    let index = index(&many(20_000));
    let largest = index
        .files
        .iter()
        .max_by_key(|(_, file)| file.len())
        .unwrap();
    assert!(
        largest.1.len() <= 20_000,
        "{} has {} bytes",
        largest.0,
        largest.1.len()
    );
    assert!(index.files["fr.json"].len() < 8_000);
    let blocks = index
        .files
        .iter()
        .filter(|(name, _)| name.ends_with("json") && name.contains('/'));
    assert!(blocks.map(|(_, file)| file.len()).max() < Some(5_000));
}

/// Leaves an index and Rust's own answers where `CARNET_SEARCH_LARGE` can point node's tests at (several folders:
/// separated by commas).
#[test]
fn a_large_index_is_left_for_the_browser_engine() {
    let index = &*LARGE;
    let queries = [
        "portable réformé",
        "pc-0234",
        "sn00",
        "terme12 terme24",
        "motb fixe",
        "inconnu portable",
        "po",
        "grenoble bureau 12",
        "\"bureau 12\"",
        "\"terme12 terme24\"",
        "\"portable réformé présent\"",
        "-portable",
    ];
    let answers: Vec<_> = queries
        .iter()
        .map(|words| told(words, &query(index, "fr", words, 10)))
        .collect();
    assert!(
        answers
            .iter()
            .all(|answer| !answer["urls"].as_array().unwrap().is_empty())
    );
    leave("search-large", index, &answers);
}

#[test]
fn a_changed_text_changes_few_files() {
    let mut documents = many(4_000);
    let new = |documents: &[Document]| {
        let after = index(documents);
        let new = after
            .files
            .keys()
            .filter(|name| !LARGE.files.contains_key(*name));
        (new.count(), after.files.len())
    };
    documents[1234].text.push_str(" nouveauté");
    // Beside the root: the block, the word and its spelling, each with the list that names it.
    let (changed, all) = new(&documents);
    assert!(all > 1_000 && changed <= 6, "{changed} of {all}");
    // A new record stands in the lists of all its words, and moves two others.
    documents.push(many(4_001).swap_remove(4_000));
    let (changed, all) = new(&documents);
    assert!(changed * 5 < all, "{changed} of {all}");
}
