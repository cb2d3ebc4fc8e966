//! A language that a site brings along: the file to start from is complete, and a language without its file is told
//! where it is named.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use carnet::diagnostic::{Language, short};
use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};
use carnet::{schema, site};
use jiff::civil::Date;

/// A site with files by their paths.
fn built(files: &[(&str, &str)]) -> Build {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or_else(|| Path::new("."))).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let mut loader = Loader::new(folder.path(), pipeline::rule_names());
    let project = loader.load(&BTreeSet::new()).expect("a project");
    let history = Arc::new(History::absent(Absence::TurnedOff));
    pipeline::build(&project, history, Date::constant(2026, 11, 20))
}

fn page(build: &Build, path: &str) -> String {
    let page = build.render(path).expect(path);
    String::from_utf8(page.expect("a sound theme")).expect("text")
}

const PAGE: (&str, &str) = ("content/index.md", "# Bonjour\n");

/// The file to start from, every line of it translated by what stands there.
fn whole_file() -> String {
    let file = site::language_file("de", &schema::built_in());
    let lines = file.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && !rest.starts_with(' ') => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_file_to_start_from_has_no_fault_before_and_after_it_is_translated() {
    let config = ("carnet.yaml", "languages: [fr, de]\n");
    let whole = whole_file();
    let found = built(&[PAGE, config, ("themes/default/labels/de.yaml", &whole)]).diagnostics;
    assert_eq!(short(&found, Language::En), "");
    let start = site::language_file("de", &schema::built_in());
    let found = built(&[PAGE, config, ("themes/default/labels/de.yaml", &start)]).diagnostics;
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule.name).collect();
    assert_eq!(rules, ["missing-labels"]);
}

#[test]
fn a_site_may_be_in_another_language_alone() {
    let german = "home: Startseite\nlanguage-name: Deutsch\ndate-long: \"{day}. {month} {year}\"\n";
    let build = built(&[
        ("content/index.md", "# Guten Tag\n"),
        ("content/hilfe.md", "# Hilfe\n\nSo geht es.\n"),
        (
            "carnet.yaml",
            "language: de\nlevels: {missing-labels: off}\n",
        ),
        ("themes/default/labels/de.yaml", german),
    ]);
    assert_eq!(short(&build.diagnostics, Language::En), "");
    let page = page(&build, "hilfe/index.html");
    assert!(page.contains("<html lang=\"de\""));
    assert!(page.contains("Startseite"));
    assert!(page.contains("20. November 2026"));
    assert!(build.index().files.contains_key("de.json"));
}

#[test]
fn questions_have_their_title_in_a_third_language() {
    let german = "\"Assets by status\": Geräte nach Zustand\n";
    let own = "-- fr: Les pages du site\n-- de: Die Seiten\nSELECT id FROM records\n";
    let french = "-- fr: Les fiches du site\nSELECT id FROM records\n";
    let build = built(&[
        PAGE,
        ("inventory/_queries/pages.sql", own),
        ("inventory/_queries/fiches.sql", french),
        (
            "carnet.yaml",
            "language: de\nlevels: {missing-labels: off}\n",
        ),
        ("themes/default/labels/de.yaml", german),
    ]);
    assert_eq!(short(&build.diagnostics, Language::En), "");
    let data = page(&build, "data/index.html");
    // The file's own words, a translation of the language's file, English for want of one, French at last.
    for title in [
        "Die Seiten",
        "Geräte nach Zustand",
        "Changes ahead, the nearest first",
        "Les fiches du site",
    ] {
        assert!(data.contains(&format!(">{title}</a>")), "{title}");
    }
    let own = page(&build, "data/questions/pages/index.html");
    assert!(own.contains("<h1>Die Seiten</h1>"));
}

#[test]
fn a_language_without_its_file_is_told_where_it_is_named() {
    let config = "title: Maison\nlanguages: [fr, de, xx-1]\n";
    let found = built(&[PAGE, ("carnet.yaml", config)]).diagnostics;
    assert_eq!(
        short(&found, Language::En),
        "carnet.yaml:2:17: error[invalid-config]: the language `de` has no file `themes/default/labels/de.yaml`\n\
         carnet.yaml:2:21: error[invalid-config]: `xx-1` is not a known language\n"
    );
}
