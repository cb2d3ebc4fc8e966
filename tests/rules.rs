//! Every rule on small projects: `tests/rules/<rule>/pass*` prints nothing, `fail*` prints exactly
//! `fail*.stderr`. `BLESS=1` writes the expected texts anew; the diff is then read by a person.
#![cfg(unix)]

mod rule_samples;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use carnet::audience::Audience;
use carnet::diagnostic::{Diagnostic, Language, human};
use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::{git, pipeline};
use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;

const DAY: Date = Date::constant(2026, 11, 20);

/// The cases (`rule/name`) and their folders.
fn cases() -> BTreeMap<String, PathBuf> {
    let mut cases = BTreeMap::new();
    for rule in folders(&fixtures()) {
        for case in folders(&rule) {
            let name = format!("{}/{}", file_name(&rule), file_name(&case));
            cases.insert(name, case);
        }
    }
    cases
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.is_dir()).collect()
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().expect("a name");
    name.to_str().expect("names are UTF-8").to_owned()
}

/// What is found in each case. Every test looks at all of them: they are made once.
fn all_findings() -> &'static BTreeMap<String, Vec<Diagnostic>> {
    static ALL: OnceLock<BTreeMap<String, Vec<Diagnostic>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let cases = cases().into_par_iter();
        let found = cases.map(|(case, folder)| {
            let found = findings(&case, &folder);
            (case, found)
        });
        found.collect()
    })
}

/// Checks a case in a copy of its own.
fn findings(case: &str, folder: &Path) -> Vec<Diagnostic> {
    let copy = tempfile::tempdir().expect("a temporary folder");
    rule_samples::prepare(folder, case, copy.path());
    let mut loader = Loader::new(copy.path(), pipeline::rule_names()).masking();
    let project = loader.load(&BTreeSet::new()).expect("a project");
    let history = if copy.path().join(".git").exists() {
        let folders = ["carnet.yaml", "content"];
        let schema = Arc::clone(&project.schema);
        git::history(&git::Request::new(copy.path(), &folders, schema))
    } else {
        History::absent(Absence::TurnedOff)
    };
    // Only a build for an audience misses what is hidden from it.
    let mut build = if rule(case) == "hidden-reference" {
        let audience = Audience::named(&project.config.audiences, "techniciens");
        let audience = audience.expect("declared");
        pipeline::build_for(&audience, &project, Arc::new(history), DAY)
    } else {
        pipeline::build(&project, Arc::new(history), DAY)
    };
    // No part of a plain check: asked for as `--deadlines 30j` does.
    if rule(case) == "deadline" {
        build.add_deadlines(DAY.saturating_add(30.days()));
    }
    build.diagnostics
}

fn rule(case: &str) -> &str {
    case.split('/').next().unwrap_or(case)
}

fn is_pass(case: &str) -> bool {
    case.split('/')
        .next_back()
        .is_some_and(|name| name.starts_with("pass"))
}

/// What only a program with the feature `mermaid` tells; `src/markdown/diagram/tests.rs` has its cases.
const OF_DRAWINGS: [&str; 2] = ["broken-diagram", "diagram-setting"];

#[test]
fn every_rule_has_its_folders_and_nothing_is_left_over() {
    let mut names: BTreeSet<&str> = pipeline::rule_names().into_iter().collect();
    names.retain(|name| !OF_DRAWINGS.contains(name));
    let cases = cases();
    for (fail, kind) in [(true, "fail"), (false, "pass")] {
        let shown: BTreeSet<&str> = cases
            .keys()
            .filter(|case| is_pass(case) != fail)
            .map(|case| rule(case))
            .collect();
        assert_eq!(shown, names, "rules with a {kind} folder");
    }
    for (case, folder) in &cases {
        let name = file_name(folder);
        assert!(
            name.starts_with("pass") || name.starts_with("fail"),
            "{case}"
        );
    }
    for folder in folders(&fixtures()) {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let case = path.with_extension("");
                let expected = path.extension().is_some_and(|end| end == "stderr");
                assert!(
                    expected && case.is_dir() && file_name(&case).starts_with("fail"),
                    "{} belongs to no case",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn sound_projects_have_no_finding() {
    for (case, found) in all_findings().iter().filter(|(case, _)| is_pass(case)) {
        let found = human(found, Language::En, false);
        assert!(found.is_empty(), "{case}\n{found}");
    }
}

#[test]
fn mistakes_are_told_word_for_word() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for (case, folder) in cases().iter().filter(|(case, _)| !is_pass(case)) {
        let found = &all_findings()[case];
        let told = human(found, Language::Fr, false);
        assert!(
            found.iter().any(|finding| finding.rule.name == rule(case)),
            "{case} does not show its rule:\n{told}"
        );
        let expected = folder.with_extension("stderr");
        if bless {
            fs::write(&expected, told).expect("the expected text is written");
        } else if fs::read_to_string(&expected).unwrap_or_default() != told {
            wrong.push(format!("{case}\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a rule says of its first case: the manual's example of it.
fn example(rule_name: &str, language: Language) -> Option<String> {
    let mut cases = all_findings().iter();
    let of_rule = |(case, _): &(&String, _)| rule(case) == rule_name && !is_pass(case);
    let (_, found) = cases.find(of_rule)?;
    let mut own = found
        .iter()
        .filter(|finding| finding.rule.name == rule_name);
    let told = human(&[own.next()?.clone()], language, false);
    let lines: Vec<&str> = told.trim_end().lines().map(str::trim_end).collect();
    Some(lines.join("\n"))
}

/// A file as the first sound case of a rule has it: its path, and the lines that its unsound case has otherwise.
fn sound(rule_name: &str) -> Option<(String, String)> {
    let of = |pass: bool| {
        let mut cases = cases().into_iter();
        cases.find(|(case, _)| rule(case) == rule_name && is_pass(case) == pass)
    };
    let ((case, bad), (_, good)) = (of(false)?, of(true)?);
    let told = &all_findings()[&case];
    let own = told.iter().find(|finding| finding.rule.name == rule_name);
    let place = own?.span.as_ref()?;
    rule_samples::right::shown(&bad, &good, &place.file.path)
}

/// The page of messages with the example of each rule at the end of what it says of it.
fn with_examples(page: &str, [title, right]: [&str; 2], language: Language) -> String {
    let mut out = String::with_capacity(page.len());
    let mut pieces = page.split("\n### `");
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let name = piece.split('`').next().unwrap_or_default();
        let (said, after) = piece
            .split_once("\n## ")
            .map_or((piece, None), |(said, after)| (said, Some(after)));
        let said = said.split(&format!("\n{title}\n")).next().unwrap_or(said);
        out.push_str("\n### `");
        out.push_str(said.trim_end());
        out.push('\n');
        if let Some(example) = example(name, language) {
            let _ = write!(out, "\n{title}\n\n```text\n{example}\n```\n");
            if let Some((path, lines)) = sound(name) {
                let kind = rule_samples::right::language(&path).unwrap_or_default();
                let _ = write!(
                    out,
                    "\n{right}\n\n```{kind} title=\"{path}\"\n{lines}\n```\n"
                );
            }
        }
        if let Some(after) = after {
            out.push_str("\n## ");
            out.push_str(after);
        }
    }
    out
}

#[test]
fn the_manual_shows_what_each_rule_says() {
    for (page, titles, language) in [
        ("messages.md", ["**Exemple.**", "**Juste.**"], Language::Fr),
        (
            "messages.en.md",
            ["**Example.**", "**Right.**"],
            Language::En,
        ),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/manuel");
        let path = path.join(page);
        let written = fs::read_to_string(&path).expect("the manual's page");
        let expected = with_examples(&written, titles, language);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &expected).expect("the page is written");
        } else {
            let shown = titles.map(|title| expected.matches(title).count());
            assert!(shown[0] > 100 && shown[1] > 100, "{shown:?}");
            assert!(written == expected, "{page} is not as BLESS=1 writes it");
        }
    }
}

#[test]
fn secrets_are_in_no_text() {
    let secrets = ["111111", "222222", "333333", "444444", "hunter2"];
    for (case, found) in all_findings() {
        for language in [Language::Fr, Language::En] {
            let texts = [
                human(found, language, false),
                carnet::diagnostic::short(found, language),
                carnet::diagnostic::json(found, language),
            ];
            for (text, secret) in texts.iter().flat_map(|text| secrets.map(|s| (text, s))) {
                assert!(!text.contains(secret), "{case}\n{text}");
            }
        }
    }
}

#[test]
fn messages_have_one_style_in_both_languages() {
    for (case, found) in all_findings() {
        // What a template lacks is told in the template engine's own words.
        let own = |finding: &Diagnostic| finding.rule.name != "broken-template";
        for finding in found.iter().filter(|finding| own(finding)) {
            let (fr, en) = (&finding.message.fr, &finding.message.en);
            assert_ne!(fr, en, "{case}: French and English");
            for text in [fr, en] {
                assert_eq!(style(text), None, "{case}: {text}");
            }
            assert_eq!(typography(fr), None, "{case}: {fr}");
            if let Some(help) = &finding.help {
                assert_eq!(typography(&help.fr), None, "{case}: {}", help.fr);
            }
        }
    }
}

/// What a message does wrong: messages start in lower case, have no final stop, and blame nobody.
fn style(message: &str) -> Option<&'static str> {
    let first = message.chars().next()?;
    if first.is_uppercase() {
        return Some("starts with a capital");
    }
    if message.ends_with('.') {
        return Some("ends with a stop");
    }
    let lower = message.to_lowercase();
    let blames = ["illegal", "illégal", "invalid argument", "bad "];
    blames
        .iter()
        .any(|word| lower.contains(word))
        .then_some("blames")
}

/// What a French text does wrong outside backticks: straight apostrophes, plain spaces before `;:!?`.
fn typography(text: &str) -> Option<&'static str> {
    for words in text.split('`').step_by(2) {
        if words.contains('\'') {
            return Some("straight apostrophe");
        }
        if [" ;", " :", " !", " ?", "« ", " »"]
            .iter()
            .any(|mark| words.contains(mark))
        {
            return Some("plain space beside a high mark");
        }
    }
    None
}

#[test]
fn the_judges_of_style_can_fail() {
    assert!(style("Le champ manque").is_some());
    assert!(style("le champ manque.").is_some());
    assert!(style("illegal value").is_some());
    assert_eq!(style("`a` manque"), None);
    assert!(typography("l'image").is_some());
    assert!(typography("voici :").is_some());
    assert_eq!(typography("voici\u{a0}: `a : 'b'`"), None);
}

#[test]
fn an_unreadable_folder_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().expect("a temporary folder");
    let closed = root.path().join("content/fermé");
    fs::create_dir_all(&closed).expect("a folder");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions");
    let readable = fs::read_dir(&closed).is_ok();
    let mut loader = Loader::new(root.path(), pipeline::rule_names());
    let project = loader.load(&BTreeSet::new()).expect("a project");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions");
    if readable {
        // The administrator reads everything: there is nothing to be told.
        assert!(project.diagnostics.is_empty());
        return;
    }
    let finding = &project.diagnostics[0];
    assert_eq!(
        (finding.rule.name, finding.path.as_str()),
        ("unreadable", "content/fermé")
    );
}
