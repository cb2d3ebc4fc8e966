//! Pages from templates: the default theme, compiled into the binary, with a site's own files over it.
//!
//! The only home of tera. Every template escapes what it prints unless it is [`Html`](super::context::Html).

mod constant;
mod shown;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera};

use crate::diagnostic::{Language, Text};
use crate::site::labels::Labels;
use crate::text;

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// What most pages fit into, in bytes: room that is taken at once need not grow step by step.
const PAGE_SIZE: usize = 24 * 1024;

/// What is wrong with a template or a label file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The template's name (`record.html`, `labels/fr.yaml`).
    pub file: String,
    /// Line, from 1; 1 when the whole file is meant.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// What is wrong; of a template in the engine's words, which are English.
    pub message: Text,
}

/// A file of the theme that pages link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Name without a hash: `style.css`.
    pub name: String,
    /// Content.
    pub bytes: &'static [u8],
}

/// The theme of a site in one language, ready to render.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// What was compiled, as it was written: compiled again only to say where an error stands.
    texts: BTreeMap<String, String>,
    labels: Arc<Labels>,
}

impl Templates {
    /// Compiles the default theme with a site's own files over it, by name: a template (`record.html`) replaces
    /// the default one or is new, a label file (`labels/fr.yaml`) replaces single texts. All errors of all files
    /// are returned. Without overrides this cannot fail, and a caller may fall back on that.
    pub fn new(
        language: Language,
        overrides: &BTreeMap<String, String>,
    ) -> Result<Self, Vec<TemplateError>> {
        let mut templates: BTreeMap<&str, &str> = embedded("templates").collect();
        for (name, text) in overrides.iter().filter(|(name, _)| is_template(name)) {
            templates.insert(name, text);
        }
        let mut errors = syntax_errors(&templates);
        let labels = read_labels(language, overrides).unwrap_or_else(|wrong| {
            errors.extend(wrong);
            Labels::default()
        });
        if !errors.is_empty() {
            return Err(errors);
        }
        let labels = Arc::new(labels);
        let mut constants = constant::Constants::new(&labels, &templates);
        let folded: BTreeMap<&str, Cow<'_, str>> = templates
            .iter()
            .map(|(name, text)| (*name, constants.fold(text)))
            .collect();
        let mut tera = engine(&labels);
        if let Err(folded) = tera.add_raw_templates(folded) {
            let written = engine(&labels).add_raw_templates(templates);
            return Err(located(&written.err().unwrap_or(folded)));
        }
        let texts = templates.into_iter();
        let texts = texts.map(|(name, text)| (name.to_owned(), text.to_owned()));
        Ok(Self {
            tera,
            texts: texts.collect(),
            labels,
        })
    }

    /// Renders a template (`record.html`) with its context.
    pub fn page(&self, name: &str, context: &impl Serialize) -> Result<String, TemplateError> {
        let context = Context::from_serialize(context).map_err(|error| first(name, &error))?;
        let mut page = Vec::with_capacity(PAGE_SIZE);
        match self.tera.render_to(name, &context, &mut page) {
            Ok(()) => Ok(String::from_utf8(page).expect("templates and contexts are texts")),
            Err(folded) => {
                let mut written = engine(&self.labels);
                let told = written
                    .add_raw_templates(&self.texts)
                    .and_then(|()| written.render(name, &context));
                Err(first(name, &told.err().unwrap_or(folded)))
            }
        }
    }

    /// The words of the interface.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }
}

/// The default theme's files for `_carnet/`, sorted by name; the sheets of the style as `style/<sheet>.css`.
pub fn assets() -> Vec<Asset> {
    let assets = files("assets").map(|(name, bytes)| Asset {
        name: name.to_owned(),
        bytes,
    });
    let sheets = files("assets/style").map(|(name, bytes)| Asset {
        name: format!("style/{name}"),
        bytes,
    });
    let mut assets: Vec<Asset> = assets.chain(sheets).collect();
    assets.sort_by(|left, right| left.name.cmp(&right.name));
    assets
}

/// An engine that knows the words of a language, and no template yet.
fn engine(labels: &Arc<Labels>) -> Tera {
    let mut tera = Tera::new();
    // Every name ends with the empty suffix: no template prints unescaped by the accident of its name.
    tera.autoescape_on([""]);
    register_labels(&mut tera, labels);
    shown::register(&mut tera, labels);
    let language = labels.language().code();
    tera.global_context().insert("language", language);
    tera
}

/// `{{ "key" | label }}` and `{{ "key" | label(n=3) }}`: an unknown key is an error, not an empty place.
fn register_labels(tera: &mut Tera, labels: &Arc<Labels>) {
    let labels = Arc::clone(labels);
    let label = move |key: &str, arguments: Kwargs, _: &State| {
        let text = match arguments.get::<usize>("n")? {
            Some(count) => labels.count(key, count),
            None => labels.get(key).map(str::to_owned),
        };
        text.ok_or_else(|| Error::message(format!("the label `{key}` is in no label file")))
    };
    tera.register_filter("label", label);
}

fn read_labels(
    language: Language,
    overrides: &BTreeMap<String, String>,
) -> Result<Labels, Vec<TemplateError>> {
    if let Language::Other(_) = language {
        let name = format!("labels/{}.yaml", language.code());
        let own = overrides
            .get(&name)
            .map(|text| (name.as_str(), text.as_str()));
        let own = Labels::read(language, own.as_slice())?;
        return Ok(own.or(read_labels(Language::En, overrides)?));
    }
    let name = format!("labels/{}.yaml", language.code());
    let mut files: Vec<(&str, &str)> = embedded("labels")
        .filter(|(file, _)| name.ends_with(&format!("/{file}")))
        .map(|(_, text)| (name.as_str(), text))
        .collect();
    if let Some(text) = overrides.get(&name) {
        files.push((&name, text));
    }
    Labels::read(language, &files)
}

/// The default theme's label file of a language that the program knows by itself.
pub(super) fn label_file(code: &str) -> &'static str {
    let name = format!("{code}.yaml");
    let mut files = embedded("labels");
    let found = files.find_map(|(file, text)| (file == name).then_some(text));
    found.expect("French and English have their labels")
}

fn is_template(name: &str) -> bool {
    std::path::Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "html")
}

/// Text files of a folder of the theme: name in the folder, content.
fn embedded(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    files(folder).map(|(name, bytes)| {
        let text = std::str::from_utf8(bytes).expect("the theme's text files are UTF-8");
        (name, text)
    })
}

/// What every site says, whatever its project: the files of the default theme.
pub fn own_files() -> impl Iterator<Item = &'static [u8]> {
    let folders = ["templates", "labels", "assets"].into_iter();
    folders.flat_map(|folder| files(folder).map(|(_, bytes)| bytes))
}

fn files(folder: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let folder = THEME
        .get_dir(folder)
        .expect("the theme has templates, assets and labels");
    folder.files().filter_map(|file| {
        let name = file.path().file_name()?.to_str()?;
        Some((name, file.contents()))
    })
}

/// Errors within single files. The engine stops at the first broken file, so each is parsed on its own first.
fn syntax_errors(templates: &BTreeMap<&str, &str>) -> Vec<TemplateError> {
    let mut errors = Vec::new();
    for (name, text) in templates {
        if let Err(error) = Tera::new().add_raw_template(name, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            errors.push(first(name, &error));
        }
    }
    errors
}

fn first(name: &str, error: &Error) -> TemplateError {
    let mut errors = located(error);
    let mut error = errors.swap_remove(0);
    if error.file.is_empty() {
        name.clone_into(&mut error.file);
    }
    error
}

/// The places of an error. Missing filters, components and parts arrive as one text of several reports.
fn located(error: &Error) -> Vec<TemplateError> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![TemplateError {
            file: report.filename().to_owned(),
            line: report.span().start_line,
            column: report.span().start_col + 1,
            message: of_engine(report.message()),
        }],
        kind => kind.to_string().split("\n\n").map(reported).collect(),
    }
}

/// What the engine says, in its one language.
fn of_engine(message: &str) -> Text {
    let message = message.trim_end_matches('.');
    text!("{message}", "{message}")
}

/// Reads a report that the engine has already written out: `error: message`, then `--> file:line:column`.
fn reported(report: &str) -> TemplateError {
    let mut lines = report.lines();
    let message = lines.next().unwrap_or_default();
    let place = lines.next().and_then(|line| line.split_once("--> "));
    let mut parts = place.map_or("", |(_, place)| place).rsplitn(3, ':');
    let column = parts.next().and_then(|part| part.parse().ok());
    let line = parts.next().and_then(|part| part.parse().ok());
    TemplateError {
        file: parts.next().unwrap_or_default().to_owned(),
        line: line.unwrap_or(1),
        column: column.unwrap_or(1),
        message: of_engine(message.trim_start_matches("error: ")),
    }
}

#[cfg(test)]
mod tests;
