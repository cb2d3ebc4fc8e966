//! What `carnet new` asks at a terminal: the fields that a record of its kind must have, then those expected of every one.
//!
//! An answer is judged as the file will be, by the reader of records; an empty one leaves what stands there without
//! anybody. Over any reader and writer, so that tests need no terminal.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::sync::Arc;

use anyhow::bail;

use crate::diagnostic::Text;
use crate::diagnostic::nearest::did_you_mean;
use crate::edit::quoted;
use crate::fold::{case_fold, fold};
use crate::project::skeleton::Skeleton;
use crate::project::{ParsedFile, locate, parse_file};
use crate::schema::{Expected, Field, Type};
use crate::source::SourceFile;
use crate::text;

/// At most this many records are shown at once.
const SHOWN: usize = 12;

/// The records that references may lead to.
pub(super) struct Records {
    /// By kind: ids and titles, sorted.
    by_kind: BTreeMap<String, BTreeMap<String, String>>,
}

impl Records {
    pub(super) fn of(files: &[Arc<ParsedFile>]) -> Self {
        let mut by_kind: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let records = files.iter().flat_map(|file| &file.records);
        for record in records.filter(|record| record.language.is_none()) {
            let own = by_kind.entry(record.kind.name.clone()).or_default();
            own.insert(record.id.clone(), record.title());
        }
        Self { by_kind }
    }

    /// Those of some kinds.
    fn of_kinds(&self, kinds: &[String]) -> Vec<(&str, &str)> {
        let own = kinds.iter().filter_map(|kind| self.by_kind.get(kind));
        let own = own.flatten();
        own.map(|(id, title)| (id.as_str(), title.as_str()))
            .collect()
    }
}

/// The questions about one record.
pub(super) struct Questions<'a> {
    skeleton: &'a Skeleton<'a>,
    path: &'a str,
    records: &'a Records,
}

impl<'a> Questions<'a> {
    pub(super) fn new(skeleton: &'a Skeleton<'a>, path: &'a str, records: &'a Records) -> Self {
        Self {
            skeleton,
            path,
            records,
        }
    }

    /// Asks them in the order of the kind; the answers as YAML, by key. Fails when the input ends.
    pub(super) fn ask(
        &self,
        input: &mut dyn BufRead,
        output: &mut dyn Write,
    ) -> anyhow::Result<BTreeMap<String, String>> {
        let mut known = BTreeMap::new();
        let is_asked = |field: &&Field| {
            let wanted = field.required || field.expected == Expected::Always;
            wanted && !field.secret && !matches!(field.value, Type::Structure(_))
        };
        let fields = &self.skeleton.kind.fields;
        let required = fields.iter().filter(|field| field.required);
        let rest = fields.iter().filter(|field| !field.required);
        let path = self.path;
        let begin = text!(
            "{path}\u{a0}: Entrée seule garde ce qui est entre crochets, ou laisse vide\u{202f}; Ctrl-C abandonne.",
            "{path}: Enter alone keeps what is in brackets, or leaves it empty; Ctrl-C gives up."
        );
        writeln!(output, "{}", self.say(&begin))?;
        for field in required.chain(rest).filter(is_asked) {
            self.offer(field, output)?;
            if let Some(value) = self.answer(field, input, output)? {
                known.insert(field.key.clone(), value);
            }
        }
        Ok(known)
    }

    /// Shows what may be answered, where that is a choice.
    fn offer(&self, field: &Field, output: &mut dyn Write) -> anyhow::Result<()> {
        match &field.value {
            Type::Enumeration(choices) => {
                let labelled = choices.iter().map(|choice| {
                    let label = choice.labels.get(self.skeleton.language);
                    (choice.key.as_str(), label)
                });
                show(&labelled.collect::<Vec<_>>(), output)
            }
            Type::Reference(kinds) => {
                let all = self.records.of_kinds(kinds);
                if all.len() <= SHOWN {
                    return show(&all, output);
                }
                let count = all.len();
                let many = text!(
                    "  {count} fiches\u{a0}: une partie du nom montre celles qui l’ont",
                    "  {count} records: a part of the name shows those that have it"
                );
                Ok(writeln!(output, "{}", self.say(&many))?)
            }
            _ => Ok(()),
        }
    }

    /// Asks for a value until it is one; `None` for nothing.
    fn answer(
        &self,
        field: &Field,
        input: &mut dyn BufRead,
        output: &mut dyn Write,
    ) -> anyhow::Result<Option<String>> {
        let label = field.labels.get(self.skeleton.language);
        let kept = field.required.then(|| self.skeleton.placeholder(field));
        let kept = kept.filter(|kept| !kept.is_empty());
        let kept = kept.map_or_else(String::new, |kept| format!(" [{kept}]"));
        let colon = self.say(&text!("\u{a0}: ", ": ")).to_owned();
        loop {
            write!(output, "{label}{kept}{colon}")?;
            output.flush()?;
            let mut line = String::new();
            if input.read_line(&mut line)? == 0 {
                writeln!(output)?;
                bail!(text!(
                    "plus de réponse\u{202f}; rien n’est écrit",
                    "no more answers; nothing is written"
                ));
            }
            let typed = line.trim();
            if typed.is_empty() {
                return Ok(None);
            }
            match self.value(field, typed) {
                Ok(value) => return Ok(Some(value)),
                Err(Refused::Said(why)) => writeln!(output, "  {}", self.say(&why))?,
                Err(Refused::Several(records)) => {
                    let (shown, more) = records.split_at(records.len().min(SHOWN));
                    show(shown, output)?;
                    if !more.is_empty() {
                        let count = more.len();
                        let told = text!("  … et {count} de plus", "  … and {count} more");
                        writeln!(output, "{}", self.say(&told))?;
                    }
                }
            }
        }
    }

    /// An answer as YAML; a list's is cut at its commas.
    fn value(&self, field: &Field, typed: &str) -> Result<String, Refused<'_>> {
        if typed.contains(char::is_control) {
            return Err(Refused::Said(text!(
                "la réponse contient des caractères de commande\u{202f}; retapez-la",
                "the answer holds control characters; type it again"
            )));
        }
        let value = if field.list {
            let parts = typed.split(',').map(str::trim);
            let parts = parts.filter(|part| !part.is_empty());
            let parts: Result<Vec<String>, _> = parts.map(|part| self.one(field, part)).collect();
            format!("[{}]", parts?.join(", "))
        } else {
            self.one(field, typed)?
        };
        self.read_back(field, &value)?;
        Ok(value)
    }

    fn one(&self, field: &Field, typed: &str) -> Result<String, Refused<'_>> {
        let wanted = fold(typed);
        let meant = match &field.value {
            Type::Enumeration(choices) => {
                let mut all = choices.iter();
                let choice = all.find(|choice| {
                    let names = [&choice.key, &choice.labels.fr, &choice.labels.en];
                    names.iter().any(|name| fold(name) == wanted)
                });
                choice.map_or(typed, |choice| &choice.key)
            }
            Type::Reference(kinds) => self.record(kinds, typed)?,
            _ => typed,
        };
        Ok(quoted(meant, &field.value))
    }

    /// The record that an answer names, by its id or by a title that it alone has.
    fn record(&self, kinds: &[String], typed: &str) -> Result<&str, Refused<'_>> {
        let all = self.records.of_kinds(kinds);
        let (by_case, wanted) = (case_fold(typed), fold(typed));
        if let Some((id, _)) = all.iter().find(|(id, _)| case_fold(id) == by_case) {
            return Ok(id);
        }
        let mut named = all.iter().filter(|(_, title)| fold(title) == wanted);
        if let (Some((id, _)), None) = (named.next(), named.next()) {
            return Ok(id);
        }
        let holds = |name: &str| !wanted.is_empty() && fold(name).contains(&wanted);
        let held = all.iter().filter(|(id, title)| holds(id) || holds(title));
        let held: Vec<(&str, &str)> = held.copied().collect();
        if !held.is_empty() {
            return Err(Refused::Several(held));
        }
        let near = did_you_mean(typed, all.iter().map(|(id, _)| *id));
        let said = text!(
            "aucune fiche ne s’appelle `{typed}`",
            "no record is called `{typed}`"
        );
        Err(Refused::Said(with_help(said, near)))
    }

    /// Reads the file with the answer in it, as `check` would.
    fn read_back(&self, field: &Field, value: &str) -> Result<(), Refused<'_>> {
        let known = BTreeMap::from([(field.key.clone(), value.to_owned())]);
        let skeleton = Skeleton {
            known: &known,
            ..*self.skeleton
        };
        let text = if super::is_markdown(self.path) {
            skeleton.markdown()
        } else {
            skeleton.yaml()
        };
        let Some(Ok(location)) = locate(self.path, self.skeleton.schema) else {
            return Ok(());
        };
        let head = format!("{}:", field.key);
        let line = text.lines().position(|line| line.starts_with(&head));
        let file = parse_file(Arc::new(SourceFile::new(self.path, text)), &location);
        let own = file.diagnostics.into_iter().find(|it| {
            let span = it.span.as_ref();
            span.is_some_and(|span| Some(span.place().line) == line.map(|line| line + 1))
        });
        own.map_or(Ok(()), |found| {
            Err(Refused::Said(with_help(found.message, found.help)))
        })
    }

    fn say<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.skeleton.language)
    }
}

/// Why an answer is not taken.
enum Refused<'r> {
    Said(Text),
    /// It is a part of the names of these records.
    Several(Vec<(&'r str, &'r str)>),
}

/// What is wrong and what to do, on one line.
fn with_help(said: Text, help: Option<Text>) -> Text {
    let Some(help) = help else { return said };
    let ((fr, help_fr), (en, help_en)) = ((said.fr, help.fr), (said.en, help.en));
    text!("{fr}\u{202f}; {help_fr}", "{en}; {help_en}")
}

/// A column of what may be typed, and what it is called.
fn show(all: &[(&str, &str)], output: &mut dyn Write) -> anyhow::Result<()> {
    let widths = all.iter().map(|(key, _)| key.chars().count());
    let width = widths.max().unwrap_or(0);
    for (key, label) in all {
        writeln!(output, "  {key:width$}  {label}")?;
    }
    Ok(())
}
