//! What a language's file lacks or says in vain: words that are missing are counted, once; a key that nothing
//! reads, and a text with other places than the English one, are told where they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Language, Text};
use crate::estate::Estate;
use crate::locale::{CONVENTIONS, Line, Locale, convention, lines, places_of};
use crate::markdown::callout_titles;
use crate::project::rules::INVALID_LABEL;
use crate::schema::{Field, Schema};
use crate::site::MISSING_LABELS;
use crate::site::labels::Labels;
use crate::site::templates::Templates;
use crate::source::{SourceFile, Span};
use crate::text;

/// As many missing keys are named.
const NAMED: usize = 5;

/// What is to be said of the files of all languages that the site brings along.
pub(super) fn check(
    estate: &Estate,
    theme: &BTreeMap<String, Arc<SourceFile>>,
    templates: &BTreeMap<Language, Arc<Templates>>,
) -> Vec<Diagnostic> {
    let brings_along = |language: &Language| matches!(language, Language::Other(_));
    if !templates.keys().any(brings_along) {
        return Vec::new();
    }
    let english = templates[&Language::En].labels();
    let mut texts: BTreeSet<&str> = texts(&estate.schema).collect();
    for title in callout_titles() {
        texts.insert(title);
    }
    let mut diagnostics = Vec::new();
    for language in templates.keys() {
        let Language::Other(locale) = language else {
            continue;
        };
        let Some(file) = theme.get(&format!("labels/{}.yaml", locale.tag)) else {
            continue;
        };
        let reader = Reader {
            locale,
            english,
            texts: &texts,
            theme,
        };
        let (lines, mistakes) = lines(&file.text);
        for line in &lines {
            diagnostics.extend(reader.fault(file, line));
        }
        // A file that cannot be read is told already, and none of its words holds.
        if mistakes.is_empty() {
            diagnostics.extend(missing(file, &locale.tag, english, &lines));
        }
    }
    diagnostics
}

/// Every text of the schema that has a language: of kinds, sections, fields and values.
pub(in crate::site) fn texts(schema: &Schema) -> impl Iterator<Item = &str> {
    let kinds = schema.kinds().flat_map(|kind| {
        let parts = kind.fields.iter().flat_map(Field::fields);
        let fields = kind.fields.iter().chain(parts).flat_map(|field| {
            let choices = field.choices().iter().map(|choice| &choice.labels);
            choices.chain([&field.labels])
        });
        let sections = kind.sections.iter().map(|section| &section.labels);
        [&kind.labels, &kind.plural]
            .into_iter()
            .chain(sections)
            .chain(fields)
    });
    kinds.map(|labels| labels.en.as_str())
}

/// What the lines of a file are judged by.
struct Reader<'a> {
    locale: &'a Locale,
    english: &'a Labels,
    texts: &'a BTreeSet<&'a str>,
    theme: &'a BTreeMap<String, Arc<SourceFile>>,
}

impl Reader<'_> {
    /// What is wrong with a line that is no convention.
    fn fault(&self, file: &Arc<SourceFile>, line: &Line) -> Option<Diagnostic> {
        let at = |column: usize, message: Text, help: Option<Text>| {
            let span = Span::new(file, file.letter(line.number, column));
            Some(Diagnostic::at(INVALID_LABEL, span, message).maybe_help(help))
        };
        let key = line.key.as_str();
        if line.is_quoted {
            // Texts that the program holds itself may be translated too: only what is nearly a text of the
            // schema can be told from them.
            let is_known = self.texts.contains(key);
            let near = did_you_mean(key, self.texts.iter().copied()).filter(|_| !is_known)?;
            let message = text!(
                "aucun texte anglais n’est exactement `{key}`",
                "no English text is exactly `{key}`"
            );
            return at(1, message, Some(near));
        }
        if convention(key).is_some() {
            return None;
        }
        let Some(english) = self.english.get(key) else {
            let message = text!(
                "`{key}` n’est pas un mot de l’interface",
                "`{key}` is no word of the interface"
            );
            let known = CONVENTIONS.iter().map(|convention| convention.key);
            let near = did_you_mean(key, self.english.keys().chain(known));
            return (!self.is_used(key)).then(|| at(1, message, near)).flatten();
        };
        let [own, expected] = [line.text.as_str(), english].map(places);
        if own != expected {
            let expected = named(&expected);
            let message = text!(
                "les emplacements de `{key}` ne sont pas ceux de l’anglais : {expected}",
                "the places in `{key}` are not those of the English text: {expected}"
            );
            return at(line.column, message, None);
        }
        let forms = line.text.split('|').count();
        let most = self.locale.plural.count().max(english.split('|').count());
        (english.contains('|') && forms > most)
            .then(|| {
                let message = text!(
                    "`{key}` a {forms} formes, et `plural-rule` en distingue {most}",
                    "`{key}` has {forms} forms, and `plural-rule` tells {most} apart"
                );
                at(line.column, message, None)
            })
            .flatten()
    }

    /// Whether a template of the site's own theme prints a label.
    fn is_used(&self, key: &str) -> bool {
        let printed = format!("\"{key}\" | label");
        self.theme.values().any(|file| file.text.contains(&printed))
    }
}

/// The places of a text, sorted, each once.
fn places(text: &str) -> BTreeSet<&str> {
    places_of(text).into_iter().collect()
}

fn named(places: &BTreeSet<&str>) -> String {
    if places.is_empty() {
        return "–".to_owned();
    }
    let places: Vec<String> = places.iter().map(|it| format!("`{{{it}}}`")).collect();
    places.join(", ")
}

/// How many words are missing, and which are the first.
fn missing(
    file: &Arc<SourceFile>,
    tag: &str,
    english: &Labels,
    lines: &[Line],
) -> Option<Diagnostic> {
    let own: BTreeSet<&str> = lines
        .iter()
        .filter(|line| !line.is_quoted)
        .map(|line| line.key.as_str())
        .collect();
    let missing: Vec<&str> = english.keys().filter(|key| !own.contains(key)).collect();
    if missing.is_empty() {
        return None;
    }
    let count = missing.len();
    let first: Vec<String> = missing
        .iter()
        .take(NAMED)
        .map(|key| format!("`{key}`"))
        .collect();
    let more = if count > NAMED { "…" } else { "" };
    let first = first.join(", ") + more;
    let message = text!(
        "mots de l’interface sans traduction : {count} ; ils restent en anglais",
        "words of the interface without a translation: {count}; they stay in English"
    );
    let help = text!(
        "d’abord {first} ; `carnet new language {tag}` dans un autre dossier donne tous les mots",
        "first {first}; `carnet new language {tag}` in another folder gives all words"
    );
    let span = Span::new(file, file.letter(1, 1));
    Some(Diagnostic::at(MISSING_LABELS, span, message).help(help))
}
