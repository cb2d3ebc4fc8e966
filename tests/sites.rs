//! Golden sites: each `tests/sites/<case>/project/` becomes `expected/`: the `<main>` of its pages, its
//! exports, what was found wrong, and the list of its pages. `BLESS=1` writes the expected files anew; the
//! diff is then read by a person.

mod building;
mod desk_pages;
mod feeds;
mod remembered;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use carnet::database::READY;
use carnet::diagnostic::{Language, short};
use carnet::pipeline::Build;
use remembered::journal::journal;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")
}

#[test]
fn an_estate_with_one_of_each() {
    golden("parc");
}

#[test]
fn an_english_site() {
    golden("english");
}

#[test]
fn a_page_and_its_translation() {
    golden("traduction");
}

#[test]
fn three_languages_of_which_one_is_a_file_of_the_site() {
    golden("langues");
}

#[test]
fn kinds_and_fields_of_the_site_itself() {
    golden("genres");
}

#[test]
fn a_service_desk_in_figures() {
    golden("bureau");
}

#[test]
fn a_client_and_its_monthly_reports() {
    golden("clients");
}

#[test]
fn accounts_and_rights() {
    let build = building::build(&project("comptes"));
    for (path, bytes) in building::files(&build) {
        let told = bytes.windows(9).any(|text| text == b"NE-JAMAIS");
        assert!(!told, "{path} tells a secret");
    }
    compare("comptes", &build);
}

#[test]
fn a_site_with_a_past() {
    let build = building::build_with(&project("journal"), journal());
    for (path, bytes) in building::files(&build) {
        let told = bytes.windows(9).any(|text| text == b"NE-JAMAIS");
        assert!(!told, "{path} tells a value that must stay hidden");
    }
    compare("journal", &build);
}

#[test]
fn the_contents_end_with_citations_and_the_log() {
    let mut files = building::files(&building::build_with(&project("journal"), journal()));
    files.extend(building::files(&building::build(&project("genres"))));
    let contents = |path: &str| {
        let html = String::from_utf8(files[path].clone()).unwrap();
        let (_, list) = html.split_once("id=\"contentsSheet\"").expect("contents");
        let (list, _) = list.split_once("</nav>").expect("their end");
        let links = list.split("href=\"#").skip(1);
        let ids = links.filter_map(|rest| rest.split('"').next());
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    let of_person = contents("people/anne-morel/index.html");
    let ends = ["back-links".to_owned(), "change-log".to_owned()];
    assert!(of_person.ends_with(&ends), "{of_person:?}");
    let of_server = contents("assets/srv-ad-02/index.html");
    assert!(
        of_server.ends_with(&["change-log".to_owned()]),
        "{of_server:?}"
    );
    let of_steps = contents("procedures/support/panne/index.html");
    assert!(
        of_steps.ends_with(&["change-log".to_owned()]),
        "{of_steps:?}"
    );
}

#[test]
fn kinds_of_the_history_are_sorted_as_they_are_read() {
    use remembered::{changed, commit, history};
    let touched = ["asset", "site", "budget"].map(|kind| changed(kind, "x", Vec::new()));
    let when = "2026-03-03T09:00:00+01:00[Europe/Paris]";
    let past = history(vec![commit(when, "Zoé Martin", "Tout", touched.to_vec())]);
    let files = building::files(&building::build_with(&project("journal"), past));
    let html = String::from_utf8(files["history/index.html"].clone()).unwrap();
    let (_, list) = html
        .split_once("class=\"by-kind\"")
        .expect("the list of kinds");
    let (list, _) = list.split_once("</details>").expect("its end");
    let links = list.split("<a href=").skip(1);
    let names = links.filter_map(|link| link.split(['>', '<']).nth(1));
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["Budgets", "Équipements", "Lieux"]
    );
}

#[test]
fn a_source_is_linked_as_its_forge_shows_it() {
    let files = building::files(&building::build_with(&project("journal"), journal()));
    let html = String::from_utf8(files["assets/imp-01/index.html"].clone()).unwrap();
    let page = "https://gitlab.corp.example/it/parc/-/blob/HEAD/inventory/assets/imp-01.yaml";
    assert!(html.contains(&format!("href=\"{page}\"")));
}

#[test]
fn what_contradicts_itself_is_shown_where_it_stands() {
    golden("controle");
}

#[test]
fn a_theme_that_replaces_single_files() {
    golden("maison");
}

#[test]
fn an_empty_project() {
    golden("vide");
}

#[test]
fn what_is_broken_shows_on_its_page() {
    golden("erreurs");
}

#[test]
fn every_folder_here_is_a_case() {
    let source = include_str!("sites.rs");
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let cases = [
            format!("golden(\"{name}\")"),
            format!("compare(\"{name}\","),
        ];
        assert!(cases.iter().any(|case| source.contains(case)), "{name}");
    }
}

fn project(case: &str) -> PathBuf {
    folder().join(case).join("project")
}

fn golden(case: &str) {
    compare(case, &building::build(&project(case)));
}

fn compare(case: &str, build: &Build) {
    let folder = folder().join(case);
    let found = outputs(build);
    let expected = folder.join("expected");
    if std::env::var_os("BLESS").is_some() {
        if expected.exists() {
            fs::remove_dir_all(&expected).unwrap();
        }
        for (path, text) in &found {
            let place = expected.join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        return;
    }
    let files: Vec<String> = read(&expected).into_keys().collect();
    assert_eq!(files, found.keys().cloned().collect::<Vec<_>>(), "{case}");
    for (path, text) in read(&expected) {
        snapbox::assert_data_eq!(found[&path].clone(), snapbox::Data::text(text).raw());
    }
}

/// What a person compares, by file name.
fn outputs(build: &Build) -> BTreeMap<String, String> {
    let mut files = building::files(build);
    files.retain(|path, _| !is_ready_question(path));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    let pages: Vec<&String> = files
        .keys()
        .filter(|path| building::is(path, "html"))
        .collect();
    let mut outputs: BTreeMap<String, String> = files
        .iter()
        .filter_map(|(path, bytes)| {
            let text = if building::is(path, "html") {
                main_of(&text(bytes)).to_owned()
            } else if path.starts_with("_carnet/")
                || !["csv", "json", "xml"]
                    .iter()
                    .any(|it| building::is(path, it))
            {
                return None;
            } else {
                text(bytes)
            };
            (!says_nothing(path, &text)).then(|| (path.clone(), ending(text)))
        })
        .collect();
    let pages: Vec<&str> = pages.iter().map(|path| path.as_str()).collect();
    outputs.insert("pages.txt".to_owned(), ending(pages.join("\n")));
    let findings = short(&build.diagnostics, Language::Fr);
    outputs.insert("findings.txt".to_owned(), findings);
    outputs
}

/// The program's own questions are the same in every case; `tests/queries.rs` asks them.
fn is_ready_question(path: &str) -> bool {
    let question = path.strip_prefix("data/questions/");
    let name = question.and_then(|rest| rest.split(['/', '.']).next());
    READY.iter().any(|ready| Some(ready.name) == name)
}

/// Lists and exports of kinds without a record are the same in every case.
fn says_nothing(path: &str, text: &str) -> bool {
    if building::is(path, "csv") {
        return text.lines().count() < 2;
    }
    text.contains("<div class=\"nothing\">") && path != "index.html"
        || text.trim() == "[]"
        || path == "404.html"
}

fn main_of(page: &str) -> &str {
    let start = page.find("<main").expect("a page has a main part");
    let end = page.find("</main>").expect("which ends");
    &page[start..end + "</main>".len()]
}

/// Files end with a line break, so that Git and editors leave them alone.
fn ending(text: String) -> String {
    if text.ends_with('\n') || text.is_empty() {
        text
    } else {
        text + "\n"
    }
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(folder).into_iter();
    entries
        .map(|entry| entry.expect("readable; BLESS=1 writes it"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            let text = fs::read_to_string(entry.path()).unwrap();
            (path.to_str().unwrap().replace('\\', "/"), text)
        })
        .collect()
}
