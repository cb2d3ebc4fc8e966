//! `carnet schema`: the kinds as JSON Schemas, for editors that know YAML but not Carnet.

mod editors;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};

use crate::cli::{Cli, SchemaArguments};
use crate::commands::{CLEAN, init, input, new, output};
use crate::diagnostic::Text;
use crate::import::private;
use crate::project::Project;
use crate::schema::{Kind, json_schema};
use crate::text;

/// Where the schemas are kept, from the project's folder: derived, and no part of the repository.
const FOLDER: &str = ".carnet/schemas";

/// Prints the schema of a kind or of all, or writes them with the settings that name them.
pub(super) fn schema(cli: &Cli, arguments: &SchemaArguments) -> anyhow::Result<u8> {
    let project = input::project(cli, None)?;
    let only = arguments.kind.as_deref();
    let only = only
        .map(|name| new::kind(&project.schema, name))
        .transpose()?;
    let kinds = project.schema.kinds().map(AsRef::as_ref);
    let kinds = kinds.filter(|kind: &&Kind| only.is_none_or(|only| only.name == kind.name));
    let schemas: BTreeMap<&str, Value> = kinds
        .map(|kind| {
            (
                kind.name.as_str(),
                json_schema(kind, &|kinds| ids(&project, kinds)),
            )
        })
        .collect();
    if !arguments.write {
        let whole = match (only, schemas.values().next()) {
            (Some(_), Some(one)) => one.clone(),
            _ => json!(schemas),
        };
        output::result(&format!("{whole:#}\n"));
        return Ok(CLEAN);
    }
    let folder = cli.root.join(FOLDER);
    private::make(&cli.root.join(".carnet"))?;
    private::ignore(&cli.root.join(".carnet"))?;
    fs::create_dir_all(&folder).with_context(|| FOLDER.to_owned())?;
    for (name, schema) in &schemas {
        let text = format!("{schema:#}\n");
        private::put(&folder.join(format!("{name}.json")), text.as_bytes())
            .with_context(|| format!("{FOLDER}/{name}.json"))?;
    }
    let language = output::language(cli, project.config.language);
    let count = schemas.len();
    let told = text!(
        "{FOLDER}/\u{a0}: {count} schémas",
        "{FOLDER}/: {count} schemas"
    );
    output::line(told.get(language));
    for (path, text) in editors::settings(&project, FOLDER) {
        let told = keep_or_write(&cli.root, path, &text)?;
        output::line(told.get(language).trim_end());
    }
    Ok(CLEAN)
}

/// The line by which editors of YAML find the schema of a record's file, `path` from the root; nothing where the schemas
/// were not written: they are no part of the repository.
pub(super) fn modeline(root: &Path, path: &str, kind: &Kind) -> String {
    let schema = format!("{FOLDER}/{}.json", kind.name);
    if !root.join(&schema).is_file() {
        return String::new();
    }
    let up = "../".repeat(path.matches('/').count());
    format!("# yaml-language-server: $schema={up}{schema}\n")
}

/// Writes settings where there are none; somebody's own are never touched, and what they would need is said.
fn keep_or_write(root: &Path, path: &str, text: &str) -> anyhow::Result<Text> {
    let file = root.join(path);
    if init::write_new(&file, text.as_bytes())? {
        return Ok(text!("{path}\u{a0}: écrit", "{path}: written"));
    }
    if fs::read_to_string(&file).is_ok_and(|there| there == text) {
        return Ok(text!("{path}\u{a0}: à jour", "{path}: up to date"));
    }
    Ok(text!(
        "{path} existe et reste tel quel\u{a0}; à y mettre\u{a0}:\n{text}",
        "{path} exists and stays as it is; put into it:\n{text}"
    ))
}

/// The ids that there are of some kinds, sorted.
fn ids(project: &Project, kinds: &[String]) -> Vec<String> {
    let records = project.files.iter().flat_map(|file| &file.records);
    let own =
        records.filter(|record| kinds.contains(&record.kind.name) && record.language.is_none());
    let mut ids: Vec<String> = own.map(|record| record.id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}
