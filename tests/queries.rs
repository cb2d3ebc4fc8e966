//! The ready-made questions, asked of the example estate: what each is answered is a file of `tests/queries/`.
//! `BLESS=1` writes them anew; a person reads the diff.

#[allow(dead_code, reason = "other tests use the rest of the module")]
mod building;

use std::fs;
use std::path::Path;

use carnet::database::{Answer, Cell, Database, READY};

/// Tables of the history are empty here: the example is read without it, so that commits do not change answers.
const OF_HISTORY: [&str; 2] = ["changes-by-author", "most-changed"];

fn told(answer: &Answer) -> String {
    let rows = answer.rows.iter();
    let rows = rows.map(|row| row.iter().map(Cell::text).collect::<Vec<_>>().join(" | "));
    let lines: Vec<String> = [answer.columns.join(" | ")]
        .into_iter()
        .chain(rows)
        .collect();
    lines.join("\n") + "\n"
}

#[test]
fn the_example_answers_every_ready_question() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let build = building::build(root);
    let mut database = Database::of(&build.estate);
    let mut differ = Vec::new();
    for ready in READY
        .iter()
        .filter(|ready| !OF_HISTORY.contains(&ready.name))
    {
        let answer = database.ask(ready.sql).expect("an answer");
        let path = root.join(format!("tests/queries/{}.txt", ready.name));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, told(&answer)).expect("the answer is written");
        }
        if fs::read_to_string(&path).unwrap_or_default() != told(&answer) {
            differ.push((ready.name, told(&answer)));
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
}
