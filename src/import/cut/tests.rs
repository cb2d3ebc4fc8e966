//! Files that are read without what is known say all that they said, and others are read whole.

use super::*;
use crate::project::locate;
use crate::schema::built_in;

const PATH: &str = "inventory/assets/pc-1.yaml";
const START: &str = "name: PC-1\ntype: laptop\nstatus: in-service\n";

fn location() -> Location {
    let place = locate(PATH, &built_in()).expect("a place");
    place.expect("a kind")
}

fn programs(numbers: Range<usize>) -> String {
    let program = |number| format!("  - {{name: Programme {number}, version: \"1.{number}\"}}\n");
    numbers.map(program).collect()
}

fn text(programs: &str) -> String {
    format!("{START}installed_software:\n{programs}os: Essai\n")
}

fn read(text: &str, pool: &Pool) -> Option<Short> {
    file(&Arc::new(SourceFile::new(PATH, text)), &location(), pool)
}

/// Holds that a file that was cut says what it says when it is read whole.
fn hold_same(text: &str, pool: &Pool) -> Short {
    let short = read(text, pool).unwrap_or_else(|| panic!("cut: {text}"));
    let whole = parse_file(Arc::new(SourceFile::new(PATH, text)), &location());
    assert_eq!(whole.diagnostics, Vec::new());
    let mut fields = values(&short.file.records[0]);
    fields.retain(|key, _| !short.long.contains_key(key));
    let expected = values(&whole.records[0]);
    assert_eq!(crate::import::long::whole(&fields, &short.long), expected);
    assert_eq!(short.lines.concat(), text);
    short
}

#[test]
fn a_line_is_read_once() {
    let pool = Pool::default();
    let one = hold_same(&text(&programs(0..40)), &pool);
    let other = hold_same(&text(&programs(10..50)), &pool);
    let (one_list, other_list) = (
        &one.long["installed_software"],
        &other.long["installed_software"],
    );
    assert!(Arc::ptr_eq(&one_list.items()[10], &other_list.items()[0]));
    assert!(Arc::ptr_eq(&one.lines[14], &other.lines[4]));
    // Of the second, the first item and those that the first lacked.
    let read = other.file.source.text.matches("  - {").count();
    assert_eq!(
        (one.file.source.text.matches("  - {").count(), read),
        (40, 11)
    );
    // References are texts here.
    let linked = programs(5..30).replacen("version", "software: editeur, version", 3);
    hold_same(&text(&linked), &pool);
    // The same list under its French name, and with twice the same line.
    let french = text(&programs(5..30)).replace("installed_software", "Logiciels installés");
    hold_same(&french, &pool);
    hold_same(
        &text(&format!("{}{}", programs(5..30), programs(5..30))),
        &pool,
    );
}

#[test]
fn what_anchors_say_is_read_each_time() {
    let pool = Pool::default();
    for name in ["A", "B"] {
        let items = format!(
            "{}  - {{name: &a {name}}}\n{}  - {{name: *a}}\n  - {{name: AT&T & Co}}\n",
            programs(0..20),
            programs(20..40)
        );
        let short = hold_same(&text(&items), &pool);
        let alias = &short.long["installed_software"].items()[41];
        let expected =
            Recorded::Structure([("name".to_owned(), Recorded::Text(name.to_owned()))].into());
        assert_eq!(**alias, expected);
    }
}

#[test]
fn what_is_no_list_of_lines_is_read_whole() {
    let many = programs(0..40);
    let quoted = many.replacen("\"1.7\"}", "1.7, edition: \"a}", 1);
    let inner = format!("{many}  - {{name: Dernier,\n     version: 1}}\n");
    let texts = [
        text(&programs(0..15)),
        text(&quoted),
        text(&inner),
        text(&many.replacen("version", "inconnu", 1)),
        text(&many.replacen("name: Programme 3,", "installed: hier,", 1)),
        text(&many.replacen("Programme 3,", "[Programme 3],", 1)),
        text(&many.replacen("name:", "name: A, name:", 1)),
        format!("{START}notes: |\n  Texte\ninstalled_software:\n{many}"),
        format!("{START}notes: \"\ninstalled_software:\n{many}\"\n"),
        format!("# é\n{}installed_software: []\n", text(&many)),
        text(&many).replace('\n', "\r\n"),
        format!("inconnu:\n{many}{START}"),
        format!("<<<<<<< un\n{}", text(&many)),
        format!("{}=======\n", text(&many)),
    ];
    for text in texts {
        let pool = Pool::default();
        assert!(read(&text, &pool).is_none(), "{text}");
        // Nor once the other lines are known.
        hold_same(&self::text(&many), &pool);
        assert!(read(&text, &pool).is_none(), "{text}");
    }
}

fn state_of(count: usize) -> State {
    let item = |number: usize| {
        let parts = [
            ("name", format!("Programme {number}")),
            ("note", "a\n\"b\", [".to_owned()),
        ];
        let parts = parts.map(|(key, text)| (key.to_owned(), Recorded::Text(text)));
        Recorded::Structure(parts.into())
    };
    let list = |count| Recorded::List((0..count).map(item).collect());
    let fields = [
        ("installed_software", count),
        ("ports", count / 2),
        ("vlans", 3),
    ];
    State {
        record: "asset:pc-1".to_owned(),
        fields: fields
            .map(|(key, count)| (key.to_owned(), list(count)))
            .into(),
        ..State::default()
    }
}

#[test]
fn a_state_is_read_line_by_line() {
    let pool = Pool::default();
    for count in [40, 60, 20] {
        let expected = state_of(count);
        let read = state(&expected.print(), &pool).expect("cut");
        assert_eq!(read.long.len(), if count == 20 { 1 } else { 2 });
        assert!(read.is_same(&expected) && expected.is_same(&read));
        assert_eq!(read.print(), expected.print());
        assert!(!read.is_same(&state_of(count + 1)));
    }
}

#[test]
fn states_of_another_form_are_read_whole() {
    let pool = Pool::default();
    let text = state_of(40).print();
    let twice = text.replace("\"vlans\"", "\"installed_software\"");
    let texts = [
        state_of(10).print(),
        text.replacen("},\n", "}\n", 1),
        text.replacen("\"}\n    ]", "\"},\n    ]", 1),
        text.replacen("      {\"name\"", "      {} {\"name\"", 1),
        text.replacen("\"name\"", "\"name\",", 1),
        twice.clone(),
        text.replace("\n    ]", "\n ]"),
    ];
    for text in &texts {
        assert!(state(text, &pool).is_none(), "{text}");
        assert_eq!(
            State::read(text, &pool).is_some(),
            State::parse(text).is_some()
        );
    }
    let read = State::read(&twice, &pool).expect("a state");
    assert!(read.is_same(&State::parse(&twice).expect("a state")));
}
