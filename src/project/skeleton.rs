//! The text of a new record, made from its kind: what must be written is written, what may be is a
//! comment to open. Pure; `carnet new` writes it to a file.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;

use crate::diagnostic::Language;
use crate::project::scalar::describe;
use crate::schema::{Field, Kind, Schema, Type};

/// What a skeleton is made for.
pub struct Skeleton<'a> {
    /// The kind of the record.
    pub kind: &'a Kind,
    /// All kinds, for the names of those that references lead to.
    pub schema: &'a Schema,
    /// The record's id, in its title until somebody writes a better one.
    pub id: &'a str,
    /// The day written where a date is required.
    pub day: Date,
    /// The language of comments and placeholders.
    pub language: Language,
    /// For a required reference, the only record it could mean; where there are several, or none,
    /// nothing is written and `check` asks for it.
    pub only: &'a dyn Fn(&[String]) -> Option<String>,
    /// Values that are known already, as YAML, by key of their field.
    pub known: &'a BTreeMap<String, String>,
}

impl Skeleton<'_> {
    /// A YAML file of one record.
    pub fn yaml(&self) -> String {
        let mut out = String::new();
        let kind = self.kind.labels.get(self.language);
        let rest = self.say(
            "ouvrez une ligne en retirant `# `, effacez les autres",
            "open a line by removing `# `, delete the others",
        );
        let _ = writeln!(out, "# {kind}{} {rest}.", self.say("\u{a0}:", ":"));
        self.fields(&mut out);
        out
    }

    /// A Markdown file: the fields as front matter, then a body to fill in.
    pub fn markdown(&self) -> String {
        let mut out = String::from("---\n");
        self.fields(&mut out);
        out.push_str("---\n\n");
        out.push_str(match (self.kind.name.as_str(), self.language) {
            ("procedure", Language::Fr) => PROCEDURE_FR,
            ("procedure", Language::En | Language::Other(_)) => PROCEDURE_EN,
            (_, Language::Fr) => "Écrivez ici.\n",
            (_, Language::En | Language::Other(_)) => "Write here.\n",
        });
        out
    }

    fn fields(&self, out: &mut String) {
        for field in self.kind.fields.iter().filter(|field| field.required) {
            self.field(out, field, "");
        }
        let optional = |field: &&Field| !field.required && !field.secret;
        let without = |field: &&Field| field.section.is_none();
        for section in &self.kind.sections {
            let own = |field: &&Field| field.section.as_ref() == Some(&section.key);
            let fields: Vec<&Field> = self
                .kind
                .fields
                .iter()
                .filter(optional)
                .filter(own)
                .collect();
            if !fields.is_empty() {
                let _ = writeln!(out, "\n# — {} —", section.labels.get(self.language));
            }
            for field in fields {
                self.field(out, field, "# ");
            }
        }
        let rest: Vec<&Field> = self
            .kind
            .fields
            .iter()
            .filter(optional)
            .filter(without)
            .collect();
        if !rest.is_empty() {
            out.push('\n');
        }
        for field in rest {
            self.field(out, field, "# ");
        }
    }

    fn field(&self, out: &mut String, field: &Field, open: &str) {
        let note = self.note(field);
        let known = self.known.get(&field.key);
        let open = if known.is_some() { "" } else { open };
        let Type::Structure(parts) = &field.value else {
            let value = match known {
                Some(known) => known.clone(),
                None if open.is_empty() => self.placeholder(field),
                None => String::new(),
            };
            let space = if value.is_empty() { "" } else { " " };
            let _ = writeln!(out, "{open}{}:{space}{value}  # {note}", field.key);
            return;
        };
        let _ = writeln!(out, "{open}{}:  # {note}", field.key);
        let mut mark = if field.list { "  - " } else { "    " };
        for part in parts.iter().filter(|part| !part.secret) {
            let value = if part.required {
                self.placeholder(part)
            } else {
                String::new()
            };
            let space = if value.is_empty() { "" } else { " " };
            let note = self.note(part);
            let _ = writeln!(out, "{open}{mark}{}:{space}{value}  # {note}", part.key);
            mark = "    ";
        }
    }

    /// The label of a field and how its values are written.
    fn note(&self, field: &Field) -> String {
        let label = field.labels.get(self.language);
        let colon = self.say("\u{a0}: ", ": ");
        let hint = match &field.value {
            Type::Text
            | Type::Markdown
            | Type::Integer
            | Type::Decimal
            | Type::File
            | Type::Structure(_) => {
                let help = field.help.as_ref();
                help.map(|help| help.get(self.language).replace('\n', " "))
            }
            Type::Enumeration(choices) => {
                let keys: Vec<&str> = choices.iter().map(|choice| choice.key.as_str()).collect();
                Some(keys.join(", "))
            }
            Type::Reference(kinds) => Some(self.folders(kinds)),
            other => {
                let how = describe(other).1.get(self.language).replace('`', "");
                let verb = self.say("écrivez ", "write ");
                Some(how.strip_prefix(verb).unwrap_or(&how).to_owned())
            }
        };
        let list = self.say(" (liste)", " (list)");
        let list = if field.list { list } else { "" };
        match hint {
            Some(hint) => format!("{label}{list}{colon}{hint}"),
            None => format!("{label}{list}"),
        }
    }

    /// Where the ids that a reference takes come from.
    fn folders(&self, kinds: &[String]) -> String {
        let folders: Vec<String> = kinds
            .iter()
            .filter_map(|kind| self.schema.kind(kind))
            .map(|kind| match kind.name.as_str() {
                "procedure" => "procedures/".to_owned(),
                "page" => "content/".to_owned(),
                _ => format!("inventory/{}/", kind.folder),
            })
            .collect();
        let of = self.say("identifiant dans ", "id from ");
        format!("{of}{}", folders.join(", "))
    }

    /// A value that passes for a required field.
    pub fn placeholder(&self, field: &Field) -> String {
        let day = self.day;
        let value = match &field.value {
            Type::Text | Type::Markdown if field.key == self.kind.title => self.title(),
            Type::Text | Type::Markdown => self.say("à compléter", "to complete").to_owned(),
            Type::Integer => "1".to_owned(),
            Type::Decimal | Type::Money => "0".to_owned(),
            Type::Boolean => self.say("non", "false").to_owned(),
            Type::Date => day.to_string(),
            Type::DateTime => format!("{day} 09:00"),
            Type::Duration => "1 h".to_owned(),
            Type::Enumeration(choices) => choices.first().map_or(String::new(), |c| c.key.clone()),
            Type::Reference(kinds) => (self.only)(kinds).unwrap_or_default(),
            Type::IpAddress => "192.0.2.10".to_owned(),
            Type::Network => "192.0.2.0/24".to_owned(),
            Type::MacAddress => "02:00:5e:00:53:01".to_owned(),
            Type::Url => "https://www.example/".to_owned(),
            Type::Email => self
                .say("nom@domaine.example", "name@domain.example")
                .to_owned(),
            Type::File => "fichier.pdf".to_owned(),
            Type::Structure(_) => String::new(),
        };
        if field.list && !value.is_empty() {
            return format!("[{value}]");
        }
        value
    }

    /// The title: a machine is called by its id, a text by words; a number says nothing of a text.
    fn title(&self) -> String {
        let last = self.id.rsplit('/').next().unwrap_or(self.id);
        if self.kind.title != "title" {
            return quoted(last);
        }
        if last.ends_with(|letter: char| letter.is_ascii_digit()) {
            return self.say("À compléter", "To complete").to_owned();
        }
        let words = last.replace(['-', '_'], " ");
        let mut letters = words.chars();
        let first = letters
            .next()
            .map(|letter| letter.to_uppercase().to_string());
        quoted(&(first.unwrap_or_default() + letters.as_str()))
    }

    fn say(&self, fr: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Fr => fr,
            Language::En | Language::Other(_) => en,
        }
    }
}

/// A scalar with quotes where its characters would mean something else to YAML.
fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.');
    if text.chars().all(plain) && text.starts_with(char::is_alphanumeric) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// The id that follows those of a kind: the series of the greatest number goes on, with its digits;
/// `<kind>-001` begins one.
pub fn next_id<'a>(kind: &str, ids: impl Iterator<Item = &'a str>) -> String {
    let last = ids
        .filter_map(|id| {
            let start = id
                .trim_end_matches(|letter: char| letter.is_ascii_digit())
                .len();
            let number: u64 = id[start..].parse().ok()?;
            (start > 0 && number < u64::MAX).then_some((number, &id[..start], id.len() - start))
        })
        .max();
    match last {
        Some((number, series, width)) => format!("{series}{:0width$}", number + 1),
        None => format!("{kind}-001"),
    }
}

const PROCEDURE_FR: &str = "\
## Quand s’en servir

Décrivez la situation en une phrase.

## Étapes

- [ ] Première étape.
- [ ] Deuxième étape.

## Vérifier

Dites à quoi l’on voit que c’est réussi.

## En cas de problème

Dites quoi faire, et qui appeler.
";

const PROCEDURE_EN: &str = "\
## When to use it

Describe the situation in one sentence.

## Steps

- [ ] First step.
- [ ] Second step.

## Check

Say how one sees that it worked.

## If something goes wrong

Say what to do, and whom to call.
";

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::short;
    use crate::project::{locate, parse_file};
    use crate::schema::built_in;
    use crate::source::SourceFile;

    /// What `check` says of a skeleton, once all its optional lines are opened when `open` is true.
    fn findings(kind: &Kind, language: Language, open: bool) -> String {
        let schema = built_in();
        let skeleton = Skeleton {
            kind,
            schema: &schema,
            id: "essai-01",
            day: Date::constant(2026, 11, 20),
            language,
            only: &|_| Some("cible".to_owned()),
            known: &BTreeMap::new(),
        };
        let markdown = matches!(kind.name.as_str(), "procedure" | "page");
        let (path, mut text) = match kind.name.as_str() {
            "procedure" => ("procedures/essai-01.md".to_owned(), skeleton.markdown()),
            "page" => ("content/essai-01.md".to_owned(), skeleton.markdown()),
            _ => (
                format!("inventory/{}/essai-01.yaml", kind.folder),
                skeleton.yaml(),
            ),
        };
        if open && !markdown {
            let lines = text.lines().skip(1).filter(|line| !line.starts_with("# —"));
            let lines: Vec<&str> = lines.map(|line| line.trim_start_matches("# ")).collect();
            text = lines.join("\n");
        }
        let location = locate(&path, &schema).expect("a record").expect("a kind");
        let parsed = parse_file(Arc::new(SourceFile::new(path, text)), &location);
        assert_eq!(parsed.records.len(), 1);
        short(&parsed.diagnostics, language)
    }

    #[test]
    fn skeletons_of_all_kinds_are_sound() {
        for kind in built_in().kinds() {
            for language in [Language::Fr, Language::En] {
                assert_eq!(findings(kind, language, false), "", "{}", kind.name);
                assert_eq!(findings(kind, language, true), "", "{}", kind.name);
            }
        }
    }

    #[test]
    fn series_go_on() {
        let next = |ids: &[&str]| next_id("ticket", ids.iter().copied());
        assert_eq!(next(&[]), "ticket-001");
        assert_eq!(next(&["INC-0099", "INC-0100", "dem-7"]), "INC-0101");
        assert_eq!(next(&["srv-ad-09", "imprimante"]), "srv-ad-10");
        assert_eq!(next(&["2026"]), "ticket-001");
    }

    #[test]
    fn titles_are_words_and_need_no_luck() {
        let schema = built_in();
        let named = |kind: &str, id| {
            let kind = schema.kind(kind).expect("built in");
            let (day, language) = (Date::constant(2026, 11, 20), Language::Fr);
            let skeleton = Skeleton {
                kind,
                schema: &schema,
                id,
                day,
                language,
                only: &|_| None,
                known: &BTreeMap::new(),
            };
            skeleton.title()
        };
        assert_eq!(named("asset", "lyon/srv-01"), "srv-01");
        assert_eq!(named("procedure", "reseau/acces-vpn"), "Acces vpn");
        assert_eq!(named("ticket", "inc-002"), "À compléter");
        assert_eq!(named("asset", "a: b"), "'a: b'");
    }
}
