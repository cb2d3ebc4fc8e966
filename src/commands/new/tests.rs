//! Answers typed at `carnet new`, over plain readers and writers.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor};
use std::sync::Arc;

use jiff::civil::Date;

use crate::commands::new::questions::{Questions, Records};
use crate::diagnostic::Language;
use crate::project::skeleton::Skeleton;
use crate::project::{locate, parse_file};
use crate::schema::{Schema, built_in};
use crate::source::SourceFile;

/// Two suppliers and twenty groups to refer to.
fn records(schema: &Schema) -> Records {
    let mut files = Vec::new();
    let suppliers = "- {id: alpes, name: Alpes Bureau}\n- {id: rhone, name: Rhône Réseaux}\n";
    let groups = (1..=20).map(|n| format!("- {{id: gg-{n:02}, name: Groupe {n}}}\n"));
    for (path, text) in [
        ("inventory/suppliers/all.yaml", suppliers.to_owned()),
        ("inventory/groups/all.yaml", groups.collect()),
    ] {
        let location = locate(path, schema).expect("a record").expect("a kind");
        let file = parse_file(Arc::new(SourceFile::new(path, text)), &location);
        files.push(Arc::new(file));
    }
    Records::of(&files)
}

/// What is written for answers, and what was shown meanwhile.
fn asked(kind: &str, language: Language, typed: &str) -> (Result<String, String>, String) {
    let schema = built_in();
    let kind = schema.kind(kind).expect("built in");
    let records = records(&schema);
    let skeleton = Skeleton {
        kind,
        schema: &schema,
        id: "essai-01",
        day: Date::constant(2026, 11, 20),
        language,
        only: &|_| None,
        known: &BTreeMap::new(),
    };
    let path = format!("inventory/{}/essai-01.yaml", kind.folder);
    let mut shown = Vec::new();
    let mut input = BufReader::new(Cursor::new(typed.to_owned()));
    let answers = Questions::new(&skeleton, &path, &records).ask(&mut input, &mut shown);
    let shown = String::from_utf8(shown).expect("text");
    let written = answers.map(|known| {
        let answered = Skeleton {
            known: &known,
            ..skeleton
        };
        answered.yaml()
    });
    (written.map_err(|error| error.to_string()), shown)
}

fn line<'t>(text: &'t str, key: &str) -> &'t str {
    let all = text
        .lines()
        .map(|line| line.split("  #").next().unwrap_or(line));
    let head = format!("{key}:");
    all.into_iter()
        .find(|line| line.starts_with(&head))
        .unwrap_or("(none)")
}

#[test]
fn empty_answers_leave_what_stands_there_without_anybody() {
    let (written, shown) = asked("asset", Language::Fr, "\n\n\n\n\n\n");
    let written = written.expect("written");
    assert_eq!(line(&written, "name"), "name: essai-01");
    assert_eq!(line(&written, "type"), "(none)", "a comment still");
    assert!(shown.contains("Nom [essai-01]\u{a0}: "), "{shown}");
    assert!(shown.contains("  server           Serveur\n"), "{shown}");
}

#[test]
fn choices_are_taken_by_key_or_label_and_others_asked_again() {
    let typed = "NAS: salle 2\nservuer\nServeur\nEN SERVICE\n\n\n\n";
    let (written, shown) = asked("asset", Language::Fr, typed);
    let written = written.expect("written");
    assert_eq!(line(&written, "name"), "name: \"NAS: salle 2\"");
    assert_eq!(line(&written, "type"), "type: server");
    assert_eq!(line(&written, "status"), "status: in-service");
    assert!(shown.contains("`servuer`"), "{shown}");
    let (_, shown) = asked("asset", Language::En, "\nservuer\n\n\n\n\n");
    assert!(shown.contains("did you mean `server`?"), "{shown}");
}

#[test]
fn references_are_found_by_a_part_of_their_name_and_checked() {
    let typed = "Accès partage\nnul\noupe 1\nGroupe 12\n\n\n\n\n\n";
    let (written, shown) = asked("access-right", Language::Fr, typed);
    let written = written.expect("written");
    assert_eq!(line(&written, "subject"), "subject: gg-12");
    assert!(shown.contains("aucune fiche ne s’appelle `nul`"), "{shown}");
    assert!(shown.contains("  gg-19  Groupe 19\n"), "{shown}");
}

#[test]
fn a_title_that_is_another_types_word_is_quoted() {
    let (written, _) = asked("asset", Language::Fr, "2026-11-20\n\n\n\n\n\n");
    assert_eq!(
        line(&written.expect("written"), "name"),
        "name: \"2026-11-20\""
    );
}

#[test]
fn what_no_reader_takes_is_asked_again() {
    let typed = "\u{1b}[A\nPanne\n\n\n\n\nhier\n2026-11-19 08:30\n\n\n\n\n\n\n\n";
    let (written, shown) = asked("ticket", Language::Fr, typed);
    let written = written.expect("written");
    assert_eq!(line(&written, "title"), "title: Panne");
    assert!(shown.contains("caractères de commande"), "{shown}");
}

#[test]
fn an_input_that_ends_gives_no_answers() {
    let (written, _) = asked("asset", Language::En, "Half\n");
    let why = written.expect_err("nothing");
    assert!(why.contains("rien n’est écrit"), "{why}");
}
