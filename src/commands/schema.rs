//! `carnet schema`: the kinds as JSON Schemas, for editors that know YAML but not Carnet.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Context;
use serde_json::{Value, json};

use crate::cli::{Cli, SchemaArguments};
use crate::commands::{CLEAN, init, input, new, output};
use crate::import::private;
use crate::project::Project;
use crate::schema::{Kind, json_schema};
use crate::text;

/// Where the schemas are kept, from the project's folder: derived, and no part of the repository.
const FOLDER: &str = ".carnet/schemas";
/// The settings of VS Code, which other editors read too.
const SETTINGS: &str = ".vscode/settings.json";

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
    let settings = format!("{:#}\n", settings(&project));
    let told = if init::write_new(&cli.root.join(SETTINGS), settings.as_bytes())? {
        text!("{SETTINGS}\u{a0}: écrit", "{SETTINGS}: written")
    } else {
        text!(
            "{SETTINGS} existe et reste tel quel\u{a0}; à y mettre\u{a0}:\n{settings}",
            "{SETTINGS} exists and stays as it is; put into it:\n{settings}"
        )
    };
    output::line(told.get(language).trim_end());
    Ok(CLEAN)
}

/// Which files each schema is for.
fn settings(project: &Project) -> Value {
    let kinds = project.schema.kinds();
    let kinds = kinds.filter(|kind| !matches!(kind.name.as_str(), "procedure" | "page"));
    let schemas = kinds.map(|kind| {
        let schema = format!("./{FOLDER}/{}.json", kind.name);
        let folder = &kind.folder;
        (
            schema,
            json!([
                format!("inventory/{folder}/**/*.yaml"),
                format!("inventory/{folder}/**/*.yml")
            ]),
        )
    });
    let schemas: serde_json::Map<String, Value> = schemas.collect();
    json!({"yaml.schemas": schemas})
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
