//! Which reader `carnet import` hands a file to, by the source named and by the file's first letter.

use anyhow::bail;

use crate::cli::{ImportArguments, ImportSource};
use crate::diagnostic::Language;
use crate::import::profile::{self, Culture, Mapping, Settings};
use crate::import::{Inventory, Refusal, glpi, ldif};
use crate::project::Project;
use crate::text;

/// Reads the files of one source.
pub(super) struct Sources<'a> {
    source: ImportSource,
    project: &'a Project,
    culture: Option<Culture>,
    mapping: Option<Mapping>,
}

impl<'a> Sources<'a> {
    /// What the arguments and `carnet.yaml` say of a source. An unknown culture is refused.
    pub fn new(arguments: &ImportArguments, project: &'a Project) -> anyhow::Result<Self> {
        let culture = match &arguments.culture {
            None => None,
            Some(name) => match Culture::named(name) {
                Some(culture) => Some(culture),
                None => bail!(text!(
                    "culture inconnue `{name}` : écrivez par exemple `fr`, `en-GB` ou `en-US`",
                    "unknown culture `{name}`: write for example `fr`, `en-GB` or `en-US`"
                )),
            },
        };
        let mapping = project.config.import.as_ref().map(|own| {
            let columns = own.columns.iter();
            let columns = columns.map(|(header, field)| (header.as_str(), field.as_str()));
            Mapping::new(&own.kind, columns)
        });
        Ok(Self {
            source: arguments.source,
            project,
            culture,
            mapping,
        })
    }

    /// The source's name, of its folder under `inventory/_imports/`.
    pub fn name(&self) -> &'static str {
        match self.source {
            ImportSource::Glpi => glpi::SOURCE,
            ImportSource::Ldif => ldif::SOURCE,
            ImportSource::Ad => "ad",
            ImportSource::Snipeit => "snipeit",
            ImportSource::Jira => "jira",
            ImportSource::Csv => "csv",
        }
    }

    /// Whether a file of a folder is read, by the end of its name in lower case.
    pub fn takes(&self, end: &str) -> bool {
        match self.source {
            ImportSource::Glpi => {
                matches!(end, "json" | "xml" | "csv" | "xlsx" | "ods")
            }
            ImportSource::Ldif => matches!(end, "ldif" | "ldf"),
            _ => matches!(end, "csv" | "tsv" | "txt" | "xlsx" | "ods"),
        }
    }

    /// Reads one file. `language` is the site's.
    pub fn read(&self, bytes: &[u8], language: Language) -> Result<Inventory, Refusal> {
        match self.source {
            ImportSource::Glpi if !is_table(bytes) => glpi::read(bytes, language),
            ImportSource::Ldif => ldif::read(bytes, &self.project.config.time_zone),
            source => {
                let mapping = self.mapping.as_ref();
                let settings = Settings {
                    schema: &self.project.schema,
                    culture: self.culture,
                    mapping: mapping.filter(|_| source == ImportSource::Csv),
                };
                profile::read(bytes, self.name(), &settings)
            }
        }
    }
}

/// Whether a file begins like no JSON and no XML.
fn is_table(bytes: &[u8]) -> bool {
    let marks = [0xef, 0xbb, 0xbf, 0xff, 0xfe, 0];
    let letter = |byte: &&u8| !marks.contains(*byte) && !byte.is_ascii_whitespace();
    let first = bytes.iter().find(letter);
    first.is_some_and(|first| !matches!(first, b'{' | b'[' | b'<'))
}
