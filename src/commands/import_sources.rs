//! Which reader `carnet import` hands a file to, by the source named and by the file's first letter.

use anyhow::bail;
use jiff::civil::Date;

use crate::cli::{ImportArguments, ImportSource, SourceArguments};
use crate::commands::input;
use crate::diagnostic::{Language, Text};
use crate::import::backups::{self, Tool};
use crate::import::glpi::ocs;
use crate::import::profile::{self, Culture, Mapping, Settings};
use crate::import::{
    Inventory, MembershipWeight, Refusal, Site, device_type, entra, first_letter, glpi, is_json,
    jira, ldif, ninjaone, snipeit, table, whose,
};
use crate::project::Project;
use crate::text;

/// Reads the files of one source.
pub(super) struct Sources<'a> {
    source: ImportSource,
    project: &'a Project,
    culture: Option<Culture>,
    mapping: Option<Mapping>,
    sheet: Option<String>,
    weight: MembershipWeight,
    /// The day of the site.
    today: Date,
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
        let reads_workbooks = matches!(
            arguments.source,
            ImportSource::Glpi
                | ImportSource::Ad
                | ImportSource::Snipeit
                | ImportSource::Jira
                | ImportSource::Csv
        );
        if arguments.sheet.is_some() && !reads_workbooks {
            bail!(text!(
                "`--sheet` ne vaut que pour les sources dont des classeurs sont lus : glpi, ad, snipeit, jira, csv",
                "`--sheet` is for the sources of which workbooks are read alone: glpi, ad, snipeit, jira, csv"
            ));
        }
        let mapping = project.config.import.as_ref().map(|own| {
            let columns = own.columns.iter();
            let columns = columns.map(|(header, field)| (header.as_str(), field.as_str()));
            Mapping::new(&own.kind, columns)
        });
        let day = SourceArguments {
            as_of: arguments.as_of.clone(),
            no_history: true,
        };
        Ok(Self {
            today: input::as_of(&day, &project.config, None)?,
            source: arguments.source,
            project,
            culture,
            mapping,
            sheet: arguments.sheet.clone(),
            weight: MembershipWeight::default(),
        })
    }

    /// The day that the estate is true of.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The source's name, of its folder under `inventory/_imports/`.
    pub fn name(&self) -> &'static str {
        match self.source {
            ImportSource::Glpi => glpi::SOURCE,
            ImportSource::Ldif => ldif::SOURCE,
            ImportSource::Ad => "ad",
            ImportSource::Snipeit => snipeit::SOURCE,
            ImportSource::Jira => jira::SOURCE,
            ImportSource::Csv => "csv",
            ImportSource::Restic => Tool::Restic.source(),
            ImportSource::Borg => Tool::Borg.source(),
            ImportSource::Veeam => Tool::Veeam.source(),
            ImportSource::Ninjaone => ninjaone::SOURCE,
            ImportSource::Entra => entra::SOURCE,
            ImportSource::Devicetype => device_type::SOURCE,
            ImportSource::Ocs => ocs::SOURCE,
        }
    }

    /// Whether a file of a folder is read, by the end of its name in lower case.
    pub fn takes(&self, end: &str) -> bool {
        match self.source {
            ImportSource::Glpi => {
                // Those of a directory and of OCS are refused by their names, with the command that reads them.
                matches!(
                    end,
                    "json" | "xml" | "csv" | "xlsx" | "ods" | "ldif" | "ldf" | "ocs"
                )
            }
            ImportSource::Ldif => matches!(end, "ldif" | "ldf"),
            ImportSource::Restic
            | ImportSource::Borg
            | ImportSource::Ninjaone
            | ImportSource::Entra => end == "json",
            ImportSource::Devicetype => matches!(end, "yaml" | "yml"),
            ImportSource::Ocs => matches!(end, "ocs" | "xml"),
            ImportSource::Jira | ImportSource::Snipeit => {
                matches!(end, "json" | "csv" | "tsv" | "txt" | "xlsx" | "ods")
            }
            _ => matches!(end, "csv" | "tsv" | "txt" | "xlsx" | "ods"),
        }
    }

    /// Whether the source says one thing in several files, so that all are read at once.
    pub fn joins_files(&self) -> bool {
        let joins = matches!(self.source, ImportSource::Ninjaone | ImportSource::Entra);
        joins || self.backup_tool().is_some()
    }

    /// Whether the files are those of a directory, which speak of one another.
    pub fn is_directory(&self) -> bool {
        self.source == ImportSource::Ldif
    }

    /// A reader of all files of a directory.
    pub fn directory(&self) -> ldif::Reader<'_> {
        ldif::Reader::new(&self.project.config.time_zone)
    }

    /// Reads one more file of a directory, as [`Self::read`] does.
    pub fn take(&self, reader: &mut ldif::Reader<'_>, bytes: &[u8]) -> Result<Vec<Text>, Refusal> {
        if first_letter(bytes).is_none() {
            return Err(empty());
        }
        let other = || {
            let known = whose::source_of(bytes);
            let known = known.or_else(|| profile::source_of(bytes, &self.settings()));
            known.filter(|other| *other != self.name())
        };
        let taken = reader.take(bytes);
        taken.map_err(|refusal| other().map_or(refusal, whose::other))
    }

    /// Why all files that were read are refused: who stands in which group would take too much memory.
    pub fn too_heavy(&self) -> Option<Refusal> {
        self.weight.refusal()
    }

    /// Whether people have named the field of each column: then a day on which something was last seen
    /// is written as any other value.
    pub fn names_fields(&self) -> bool {
        self.source == ImportSource::Csv
    }

    fn backup_tool(&self) -> Option<Tool> {
        match self.source {
            ImportSource::Restic => Some(Tool::Restic),
            ImportSource::Borg => Some(Tool::Borg),
            ImportSource::Veeam => Some(Tool::Veeam),
            _ => None,
        }
    }

    /// Reads all files of a source that joins them: the inventory, and the files that could not be
    /// read, by position. `language` is the site's.
    pub fn read_together(
        &self,
        files: &[Vec<u8>],
        language: Language,
    ) -> (Inventory, Vec<(usize, Refusal)>) {
        let zone = &self.project.config.time_zone;
        let Some(tool) = self.backup_tool() else {
            return match self.source {
                ImportSource::Entra => entra::read(files, zone),
                _ => ninjaone::read(files, zone, language),
            };
        };
        let settings = backups::Settings {
            zone,
            culture: self.culture,
            today: self.today,
        };
        backups::read(files, tool, settings)
    }

    /// Reads one file. `language` is the site's. What another source wrote is refused with its name.
    pub fn read(&self, bytes: &[u8], language: Language) -> Result<Inventory, Refusal> {
        if first_letter(bytes).is_none() {
            return Err(empty());
        }
        if self.sheet.is_some() && !is_table(bytes) {
            return Err(table::no_sheets());
        }
        let other = || whose::source_of(bytes).filter(|other| *other != self.name());
        // The form of OCS is that of GLPI, and its secrets stand elsewhere.
        if self.source == ImportSource::Glpi && other() == Some(ocs::SOURCE) {
            return Err(whose::other(ocs::SOURCE));
        }
        self.read_own(bytes, language)
            .map_err(|refusal| other().map_or(refusal, whose::other))
    }

    fn read_own(&self, bytes: &[u8], language: Language) -> Result<Inventory, Refusal> {
        let site = Site {
            schema: &self.project.schema,
            zone: &self.project.config.time_zone,
            language,
        };
        match self.source {
            ImportSource::Glpi if glpi::is_answer(bytes) => glpi::read_answer(bytes, &site),
            ImportSource::Glpi if !is_table(bytes) => glpi::read(bytes, language),
            ImportSource::Devicetype => device_type::read(bytes, language),
            ImportSource::Ocs => ocs::read(bytes, language),
            ImportSource::Jira if is_json(bytes) => jira::read(bytes, &site),
            ImportSource::Snipeit if is_json(bytes) => snipeit::read(bytes, &site),
            ImportSource::Ldif => ldif::read(bytes, &self.project.config.time_zone),
            _ => profile::read(bytes, self.name(), &self.settings()),
        }
    }

    /// How tables are read.
    fn settings(&self) -> Settings<'_> {
        let mapping = self.mapping.as_ref();
        Settings {
            schema: &self.project.schema,
            culture: self.culture,
            mapping: mapping.filter(|_| self.source == ImportSource::Csv),
            sheet: self.sheet.as_deref(),
            weight: self.weight.clone(),
        }
    }
}

fn empty() -> Refusal {
    Refusal::new(text!(
        "ce fichier est vide\u{a0}: l’export n’a rien écrit, ou s’est arrêté",
        "this file is empty: the export wrote nothing, or stopped"
    ))
}

/// Whether a file begins like no JSON and no XML.
fn is_table(bytes: &[u8]) -> bool {
    first_letter(bytes).is_some_and(|first| !matches!(first, b'{' | b'[' | b'<'))
}
