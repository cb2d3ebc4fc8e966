//! Every template is rendered with a full and with an empty context, in both languages.

mod rendered;

use std::collections::BTreeMap;

use rendered::{default_theme, everything};

use super::*;
use crate::estate::accounts::{Issue, State};
use crate::estate::quality::{self, Staleness};
use crate::estate::rights;
use crate::site::context::{SearchContext, SimpleContext};

/// Templates that other templates extend or include.
const PARTS: &[&str] = &[
    "finance.html",
    "placeholders.html",
    "run.html",
    "applicable-procedures.html",
    "duties.html",
    "on-call.html",
    "base.html",
    "components.html",
    "footer.html",
    "addressing-block.html",
    "backup-block.html",
    "impact-block.html",
    "topology-block.html",
    "upkeep-block.html",
    "client.html",
    "flow-as-ran.html",
    "licence-position.html",
    "ticket-flow.html",
    "change-reasons.html",
    "carried-by.html",
    "promises.html",
    "known-errors.html",
    "problem-incidents.html",
];

#[test]
fn every_template_renders_full_and_empty() {
    for language in [Language::Fr, Language::En] {
        let rendered = everything(language);
        for (name, full, empty) in &rendered {
            assert!(full.len() > empty.len(), "{name} ignores its context");
        }
        let mut names: Vec<&str> = rendered.iter().map(|(name, ..)| *name).collect();
        names.extend(PARTS.iter().copied());
        names.sort_unstable();
        let mut embedded: Vec<&str> = embedded("templates").map(|(name, _)| name).collect();
        embedded.sort_unstable();
        assert_eq!(names, embedded);
    }
}

/// What the content security policy would refuse, and what a page must have once.
#[test]
fn pages_keep_the_policy_and_the_outline() {
    for (name, full, empty) in everything(Language::Fr) {
        for page in [&full, &empty] {
            assert!(!page.contains(" style="), "{name}");
            assert!(!page.contains(" onclick="), "{name}");
            assert!(!page.contains("<script>"), "{name}");
            if name != "navigation.html" {
                assert_eq!(page.matches("<h1").count(), 1, "{name}");
                assert_eq!(page.matches("<main").count(), 1, "{name}");
                assert!(page.contains("<html lang=\"fr\" data-print=\""), "{name}");
            }
        }
        if name == "record.html" {
            assert!(
                full.contains("domaine &lt;secondaire&gt;"),
                "texts are escaped"
            );
            assert!(!full.contains("<secondaire>"), "texts are escaped");
        }
    }
}

#[test]
fn the_frame_has_no_identifier_that_a_heading_could_have() {
    use crate::markdown::heading_id;
    let page = everything(Language::En)
        .into_iter()
        .find(|(name, ..)| *name == "page.html");
    let (_, html, _) = page.expect("the page of a text");
    let (before, rest) = html.split_once("<main").expect("a main part");
    let (_, after) = rest.split_once("</main>").expect("its end");
    let ids = [before, after].map(|part| {
        let ids = part.split(" id=\"").skip(1);
        ids.filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let ids = ids.concat();
    assert!(ids.iter().any(|id| id == "navigationSheet"), "{ids:?}");
    let taken: Vec<&String> = ids.iter().filter(|id| heading_id(id) == **id).collect();
    assert_eq!(taken, Vec::<&String>::new());
}

#[test]
fn identifiers_are_unique_in_a_page() {
    for (name, full, _) in everything(Language::Fr) {
        let mut ids: Vec<&str> = full
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: {ids:?}");
    }
}

/// The Rust sources of pages, which use labels too.
fn page_sources(folder: &std::path::Path) -> String {
    let mut sources = String::new();
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries.iter().filter(|path| {
        !["templates", "samples", "labels.rs"]
            .iter()
            .any(|name| path.ends_with(name))
    }) {
        if path.is_dir() {
            sources.push_str(&page_sources(path));
        } else {
            sources.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    sources
}

/// Keys that sources hold whole or build: `licence-<column>`, `month-<column>`, `desk-<table>`, `desk-of-<table>`,
/// `account-<issue>`, `account-state-<state>`, `checklist-<occasion>-<topic>`, `backup-<column>`, `impact-<column>`, `addressing-<column>`,
/// `patching-column-<column>`, `quality-<table>`, `quality-<table>-note`, `quality-column-<column>`, `quality-lacks-<use>`,
/// `backup-<question>-none`,
/// `<promise>-long`, `<figure>-meaning`, and for each of the
/// seven R `r-<field>` and `r-<field>-question`.
fn is_built(key: &str, sources: &str) -> bool {
    if let Some(part) = key.strip_prefix("r-") {
        let field = part.trim_end_matches("-question").replace('-', "_");
        return crate::estate::changes::SEVEN_R.contains(&field.as_str());
    }
    if let Some(part) = key.strip_prefix("account-") {
        let part = part.trim_end_matches("-meaning");
        let state = |state: &State| part.strip_prefix("state-") == Some(state.key());
        return Issue::ALL.iter().any(|issue| issue.key() == part) || State::ALL.iter().any(state);
    }
    if let Some(part) = key.strip_prefix("right-") {
        let part = part.trim_end_matches("-meaning");
        return rights::Issue::ALL.iter().any(|issue| issue.key() == part);
    }
    if let Some(part) = key.strip_prefix("quality-lacks-") {
        return quality::Orphan::lacking().any(|lacks| lacks == part);
    }
    let part = key.strip_prefix("quality-");
    if part.is_some_and(|part| Staleness::ALL.iter().any(|way| way.key() == part)) {
        return true;
    }
    let ends = ["-long", "-meaning", "-none", "-note"];
    let whole = ends.iter().find_map(|end| key.strip_suffix(end));
    let whole = whole.unwrap_or(key);
    let mut prefixes = [
        "licence-",
        "month-",
        "approvals-",
        "desk-of-",
        "desk-",
        "checklist-arrival-",
        "checklist-departure-",
        "backup-",
        "addressing-",
        "impact-",
        "quality-column-",
        "quality-",
        "patching-column-",
    ]
    .iter();
    let part = prefixes.find_map(|prefix| whole.strip_prefix(prefix));
    [key, whole, part.unwrap_or(whole)]
        .iter()
        .any(|text| sources.contains(&format!("\"{text}\"")))
}

#[test]
fn the_label_files_of_the_default_theme_say_each_word_once() {
    let files: Vec<_> = embedded("labels").collect();
    assert_eq!(files.len(), 2);
    for (name, text) in files {
        let read = Labels::read(Language::Fr, &[(name, text)]);
        assert_eq!(read.err(), None);
    }
}

#[test]
fn languages_have_the_same_labels_and_none_is_idle() {
    let (fr, en) = (default_theme(Language::Fr), default_theme(Language::En));
    let keys: Vec<&str> = fr.labels().keys().collect();
    assert_eq!(keys, en.labels().keys().collect::<Vec<_>>());
    let templates: String = embedded("templates").map(|(_, text)| text).collect();
    let sources = page_sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site"));
    for key in &keys {
        let in_template = templates.contains(&format!("\"{key}\" | label"));
        assert!(
            in_template || is_built(key, &sources),
            "{key} is used nowhere"
        );
    }
    for call in [".word(\"", ".count(\""] {
        for rest in sources.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(keys.contains(&key), "{key} is in no label file");
        }
    }
}

fn overridden(name: &str, text: &str) -> Result<Templates, Vec<TemplateError>> {
    let overrides = BTreeMap::from([(name.to_owned(), text.to_owned())]);
    Templates::new(Language::Fr, &overrides)
}

#[test]
fn a_site_overrides_file_by_file() {
    let theme = overridden(
        "404.html",
        "<p>{{ frame.title }}, {{ \"home\" | label }}</p>",
    )
    .unwrap();
    let mut context = SimpleContext::default();
    context.frame.title = "a < b".to_owned();
    assert_eq!(
        theme.page("404.html", &context).unwrap(),
        "<p>a &lt; b, Accueil</p>"
    );
    let search = SearchContext::default();
    assert!(theme.page("search.html", &search).is_ok());

    let theme = overridden("labels/fr.yaml", "home: Sommaire").unwrap();
    assert!(
        theme
            .page("404.html", &context)
            .unwrap()
            .contains(">Sommaire<")
    );
}

#[test]
fn errors_have_their_place() {
    let place = |error: &TemplateError| (error.file.clone(), error.line, error.column);
    let errors = overridden("404.html", "a\n  {% if %}").unwrap_err();
    assert_eq!(place(&errors[0]), ("404.html".to_owned(), 2, 9));
    let errors = overridden("404.html", "a\n{{ 1 | shout }}\n{{ 2 | whisper }}").unwrap_err();
    assert_eq!(errors.len(), 2);
    assert_eq!(place(&errors[1]), ("404.html".to_owned(), 3, 8));
    let errors = overridden("labels/fr.yaml", "home").unwrap_err();
    assert_eq!(place(&errors[0]), ("labels/fr.yaml".to_owned(), 1, 1));

    let theme = overridden("404.html", "a\n{{ frame.titel }}").unwrap();
    let error = theme
        .page("404.html", &SimpleContext::default())
        .unwrap_err();
    assert_eq!(place(&error), ("404.html".to_owned(), 2, 10));
    assert!(error.message.en.contains("titel"), "{error:?}");
    let error = theme
        .page("lost.html", &SimpleContext::default())
        .unwrap_err();
    assert_eq!(error.file, "lost.html");
}

#[test]
fn assets_are_listed_once_and_the_style_is_whole() {
    let names: Vec<String> = assets().into_iter().map(|asset| asset.name).collect();
    let mut sorted = names.clone();
    sorted.dedup();
    sorted.sort_unstable();
    assert_eq!(names, sorted);
    let sheets = assets()
        .into_iter()
        .filter(|asset| asset.name.starts_with("style/"));
    let style: String = sheets
        .map(|sheet| std::str::from_utf8(sheet.bytes).unwrap())
        .collect();
    let place = |text: &str| {
        style
            .find(text)
            .unwrap_or_else(|| panic!("{text} is missing"))
    };
    assert!(
        place("--paper:") < place(".site-header"),
        "sheets are joined in order"
    );
    assert!(
        place(".site-header") < place("@media print"),
        "paper wins over the screen"
    );
    assert_eq!(style.matches('{').count(), style.matches('}').count());
    assert!(!style.contains("url("), "no request but the sheet itself");
}
