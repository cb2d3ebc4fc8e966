//! Generated files in many styles, and generated edits of them: what is said afterwards is what
//! was wanted, and every line that the edit does not concern is there as it was.

use std::fmt::Write;

use super::*;

/// A small generator of numbers: the same ones each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("small")
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

const KEYS: [&str; 8] = [
    "name",
    "serial",
    "manufacturer",
    "room",
    "os",
    "memory",
    "hostname",
    "uuid",
];
const VALUES: [&str; 24] = [
    "PC 1",
    "000123",
    "1E10",
    "no",
    "52:54:00:12:34:56",
    "a: b",
    "a #b",
    "- x",
    "l'été",
    "\"q\"",
    "'T",
    "C:\\x\\",
    "[a]",
    "{b}",
    "*c",
    "&d",
    "!e",
    "%f",
    "@g",
    "un\ndeux",
    "  tiret -",
    "\ttab",
    "é—ü €",
    "a,b",
];

fn scalar(dice: &mut Dice, value: &str) -> String {
    let plain = value
        .chars()
        .all(|letter| letter.is_alphanumeric() || letter == ' ')
        && value.trim() == value;
    match dice.roll(3) {
        0 if plain => value.to_owned(),
        1 if !value.contains(['\n', '\t']) => format!("'{}'", value.replace('\'', "''")),
        _ => quote::quote(value, &crate::schema::Type::Text, quote::Style::Double),
    }
}

/// A file of one to four records, with comments and blanks as people leave them.
fn file(dice: &mut Dice) -> String {
    let mut out = String::from(if dice.roll(2) == 0 { "# Fichier\n" } else { "" });
    let records = 1 + dice.roll(4);
    for record in 0..records {
        let _ = writeln!(
            out,
            "- id: r{record}{}",
            dice.pick(&["", " # le numéro", "  "])
        );
        let mut keys: Vec<&str> = KEYS.to_vec();
        for _ in 0..dice.roll(6) {
            let key = keys.remove(dice.roll(keys.len()));
            let value = dice.pick(&VALUES);
            let value = scalar(dice, value);
            let before = dice.pick(&["", "  # note\n", "\n"]);
            let after = dice.pick(&["", " # remarque", " "]);
            let _ = writeln!(out, "{before}  {key}: {value}{after}");
        }
        match dice.roll(4) {
            0 => out.push_str("  ip: [192.0.2.1, 192.0.2.2, 192.0.2.3]\n"),
            1 => out.push_str(
                "  ip:\n    - 192.0.2.1 # a\n    # b\n    - '192.0.2.2'\n    - 192.0.2.3\n",
            ),
            2 => out.push_str("  security_tools: |\n    un\n    deux\n\n"),
            _ => {}
        }
        out.push_str(dice.pick(&["", "\n", "# entre deux\n"]));
    }
    if dice.roll(3) == 0 {
        out = out.replace('\n', "\r\n");
    }
    out
}

#[test]
fn what_is_wanted_is_said_and_the_rest_stays() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut made, mut refused) = (0, 0);
    for _ in 0..3_000 {
        let before = file(&mut dice);
        let record = dice.roll(before.matches("- id:").count());
        let mut fields: Vec<(&str, Option<Recorded>)> = Vec::new();
        for key in KEYS {
            if dice.roll(4) == 0 {
                let value = dice.pick(&VALUES);
                fields.push((key, Some(text(value.trim()))));
            }
        }
        if dice.roll(3) == 0 {
            let all = [
                "192.0.2.1",
                "192.0.2.9",
                "192.0.2.2",
                "192.0.2.8",
                "192.0.2.3",
            ];
            let some: Vec<&str> = all.into_iter().filter(|_| dice.roll(2) == 0).collect();
            fields.push(("ip", Some(list(&some))));
        }
        match edited("inventory/assets/a.yaml", &before, record, &fields) {
            Ok(after) => {
                made += 1;
                judge(&before, &after, &fields);
            }
            Err(Reason::Comment | Reason::Shape) => refused += 1,
            Err(other) => panic!("{other:?}: {before}"),
        }
    }
    // Refusals are for what would lose a comment: few.
    assert!(refused * 20 < made, "{refused} of {made}");
}

/// Values were compared by the edit itself (it refuses else); here, the bytes.
fn judge(before: &str, after: &str, fields: &[(&str, Option<Recorded>)]) {
    let touched = |line: &str| {
        let line = line.trim_start();
        fields
            .iter()
            .any(|(key, _)| line.starts_with(&format!("{key}:")))
    };
    // Lines about other keys, comments and blanks stand in the new text in their order.
    let mut rest = after;
    for line in before.split_inclusive('\n') {
        let content = line.trim_start_matches("- ").trim();
        let of_list = content.starts_with("- ");
        if touched(line) || of_list {
            continue;
        }
        let at = rest.find(line);
        assert!(at.is_some(), "lost {line:?} of\n{before}\nin\n{after}");
        rest = &rest[at.unwrap_or_default() + line.len()..];
    }
    let ends = |text: &str| text.matches("\r\n").count() == text.matches('\n').count();
    if ends(before) && before.contains('\n') {
        assert!(ends(after), "mixed line ends in {after:?}");
    }
}
