//! What tells editors which files each schema is for: three editors, each in its own form.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::project::Project;

/// The files of settings from the project's folder, with their texts.
pub(super) fn settings(project: &Project, folder: &str) -> [(&'static str, String); 3] {
    let kinds = project.schema.kinds();
    let kinds = kinds.filter(|kind| !matches!(kind.name.as_str(), "procedure" | "page"));
    let kinds: Vec<(&str, String, String)> = kinds
        .map(|kind| {
            let schema = format!("{folder}/{}.json", kind.name);
            (
                kind.name.as_str(),
                schema,
                format!("inventory/{}", kind.folder),
            )
        })
        .collect();
    [
        // Other editors read these too.
        (
            ".vscode/settings.json",
            format!("{:#}\n", json!({"yaml.schemas": schemas(&kinds)})),
        ),
        (".idea/jsonSchemas.xml", jetbrains(&kinds)),
        (".nvim.lua", neovim(&kinds)),
    ]
}

/// As the YAML server has it: the files by the schema that they are held to.
fn schemas(kinds: &[(&str, String, String)]) -> Value {
    let schemas = kinds.iter().map(|(_, schema, place)| {
        let files = json!([format!("{place}/**/*.yaml"), format!("{place}/**/*.yml")]);
        (format!("./{schema}"), files)
    });
    schemas.collect::<Map<String, Value>>().into()
}

/// The mapping of JSON schemas of an editor whose folder is `.idea`: a schema, and the folder it is for.
fn jetbrains(kinds: &[(&str, String, String)]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<project version=\"4\">\n  <component name=\"JsonSchemaMappingsProjectConfiguration\">\n    <state>\n      <map>\n",
    );
    for (name, schema, place) in kinds {
        let _ = write!(
            out,
            r#"        <entry key="Carnet {name}">
          <value>
            <SchemaInfo>
              <option name="name" value="Carnet {name}" />
              <option name="relativePathToSchema" value="{schema}" />
              <option name="patterns">
                <list>
                  <Item>
                    <option name="path" value="{place}" />
                    <option name="mappingKind" value="Directory" />
                  </Item>
                </list>
              </option>
            </SchemaInfo>
          </value>
        </entry>
"#
        );
    }
    out + "      </map>\n    </state>\n  </component>\n</project>\n"
}

/// The settings of the YAML server, for the project's own file of Neovim (`exrc`).
fn neovim(kinds: &[(&str, String, String)]) -> String {
    let mut out = String::from(
        "vim.lsp.config('yamlls', {\n  settings = {\n    yaml = {\n      schemas = {\n",
    );
    for (_, schema, place) in kinds {
        let _ = writeln!(
            out,
            "        ['./{schema}'] = {{ '{place}/**/*.yaml', '{place}/**/*.yml' }},"
        );
    }
    out + "      },\n    },\n  },\n})\n"
}
