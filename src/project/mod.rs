//! What authors wrote, file by file: each file parsed alone, nothing resolved.
//!
//! A [`ParsedFile`] depends on its bytes, its path and the schema only, so it may be kept as long as
//! those stay. Entry: [`parse_file`]. References are texts here; `estate` gives them meaning.

pub mod allowance;
mod audience_includes;
mod audiences;
mod colour;
mod config;
mod conflict;
mod deadline_settings;
mod decode;
pub mod drawing;
mod forge_setting;
pub mod free_text;
mod front_matter;
mod handover_settings;
mod label_format;
mod label_settings;
mod languages;
mod levels;
mod location;
mod names;
mod parse;
mod past;
mod path_from;
mod priority_matrix;
mod publication;
mod quality_settings;
mod reader;
mod record;
pub mod rules;
mod scalar;
pub mod secrets;
mod section;
mod settings;
mod shared_secrets;
mod shown_record;
pub mod skeleton;
mod stray_head;
mod synonyms;
mod table_mapping;
mod theme_settings;
mod title;
mod value;
mod zone;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use allowance::Allowance;
pub use audiences::{ALL, Audiences, UNKNOWN_AUDIENCE, place};
pub use colour::Colour;
pub use config::{Config, INVALID_CONFIG, config, written_language};
pub use deadline_settings::DeadlineSettings;
pub use decode::{LARGEST_MARKDOWN, LARGEST_YAML, decode};
pub use forge_setting::ForgeSetting;
pub use label_format::{LabelFormat, decimal};
pub use label_settings::LabelSettings;
pub use location::{Area, Location, UnknownFolder, locate};
pub use names::{Names, address};
pub use parse::{Tree, parse_file, parse_past};
pub use past::{Label, Past};
pub use path_from::path_from;
pub use priority_matrix::{PriorityMatrix, STEPS};
pub use publication::Publication;
pub use quality_settings::QualitySettings;
pub use record::{FieldReference, Record, View};
pub use scalar::{date, is_email, is_url};
pub use settings::{SETTINGS, Setting};
pub use shared_secrets::unpublished;
pub use table_mapping::TableMapping;
pub use theme_settings::{Accent, ThemeSettings};
pub use value::{Duration, Entry, Placed, Value};
pub use zone::time_zone;

use crate::diagnostic::Diagnostic;
use crate::schema::Schema;
use crate::secrets::Fingerprint;
use crate::source::SourceFile;

/// Everything that authors wrote.
#[derive(Debug)]
pub struct Project {
    /// `carnet.yaml`.
    pub config: Config,
    /// The kinds, the site's own included.
    pub schema: Arc<Schema>,
    /// Files with records, sorted by path.
    pub files: Vec<Arc<ParsedFile>>,
    /// Other files of the content folders, by path: pictures, documents to download.
    pub attachments: BTreeMap<String, Arc<[u8]>>,
    /// Files of the site's own theme, by path under `themes/<theme>/`.
    pub theme: BTreeMap<String, Arc<[u8]>>,
    /// The commit it was read from, when it is not the present state.
    pub past: Option<Past>,
    /// What some of its readers may not see was taken out of it.
    pub is_part: bool,
    /// There is an audience that those it is for do not include.
    pub is_partial_view: bool,
    /// What is wrong with the tree, the configuration and the schema files.
    pub diagnostics: Vec<Diagnostic>,
}

impl Project {
    /// Whether another reading of the project gives the same estate: the very same parsed files, configuration and
    /// kinds. The theme and what is wrong with the tree may differ.
    pub fn means_the_same(&self, other: &Self) -> bool {
        let mut files = self.files.iter().zip(&other.files);
        self.surrounds_the_same(other)
            && self.files.len() == other.files.len()
            && files.all(|(own, other)| Arc::ptr_eq(own, other))
    }

    /// Whether everything is the same as in another one that the same loader read, files with records and theme apart.
    pub fn surrounds_the_same(&self, other: &Self) -> bool {
        let attachments = self.attachments.iter().zip(&other.attachments);
        self.attachments.len() == other.attachments.len()
            && self.is_part == other.is_part
            && self.is_partial_view == other.is_partial_view
            && Arc::ptr_eq(&self.schema, &other.schema)
            && self.config == other.config
            && self.past == other.past
            && attachments
                .into_iter()
                .all(|(own, other)| own.0 == other.0 && Arc::ptr_eq(own.1, other.1))
    }
}

/// One file, parsed.
#[derive(Debug)]
pub struct ParsedFile {
    /// Its text.
    pub source: Arc<SourceFile>,
    /// Its records, in the order written.
    pub records: Vec<Arc<Record>>,
    /// What is wrong in it.
    pub diagnostics: Vec<Diagnostic>,
    /// What its author allows in it.
    pub allowances: Vec<Allowance>,
    /// What in it looks like a secret and may be published.
    pub allowed_secrets: Vec<Fingerprint>,
}
