//! `labels:` of `carnet.yaml`: which sheets or rolls of labels a house buys, and where the first label goes.

use crate::diagnostic::Text;
use crate::project::label_format::LabelFormat;
use crate::project::section::Section;
use crate::text;
use crate::yaml::Node;

pub(super) const KEYS: [&str; 2] = ["format", "start"];

/// What a site says about its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSettings {
    /// What labels are printed on.
    pub format: LabelFormat,
    /// The place of the first label on its page, counted from 1 along the rows.
    pub start: usize,
}

impl Default for LabelSettings {
    /// Sheets of 21, none of them begun.
    fn default() -> Self {
        Self {
            format: LabelFormat::named("L7160").expect("it is in the table"),
            start: 1,
        }
    }
}

impl LabelSettings {
    /// Reads the section; what is wrong keeps its default, and is told.
    pub(super) fn read(node: &Node, section: &mut Section) -> Self {
        let mut settings = Self::default();
        let example = text!(
            "écrivez par exemple `format: L7160`",
            "write for example `format: L7160`"
        );
        let mut start = None;
        for (key, value) in section.entries(node, example) {
            let written = value.text().unwrap_or_default();
            match key.text().unwrap_or_default() {
                _ if value.is_empty() => {}
                "format" => match LabelFormat::named(written) {
                    Some(format) => settings.format = format,
                    None => section.report(value, unknown(written), Some(known())),
                },
                "start" => start = Some(value),
                _ => section.unknown(key, &text!("des étiquettes", "of labels"), &KEYS),
            }
        }
        // A place is judged by the format, which may be written after it.
        if let Some(value) = start {
            let written = value.text().unwrap_or_default();
            let most = settings.format.count();
            match written.parse().ok().filter(|it| (1..=most).contains(it)) {
                Some(place) => settings.start = place,
                None => section.report(value, no_place(written, &settings.format), None),
            }
        }
        settings
    }
}

fn unknown(written: &str) -> Text {
    text!(
        "`{written}` n’est pas un format d’étiquettes",
        "`{written}` is no format of labels"
    )
}

fn no_place(written: &str, format: &LabelFormat) -> Text {
    let (name, most) = (&format.name, format.count());
    text!(
        "`{written}` n’est pas une place d’une page de {name}, de 1 à {most}",
        "`{written}` is no place of a page of {name}, from 1 to {most}"
    )
}

/// The formats that have a name, and how others are written.
fn known() -> Text {
    let all = LabelFormat::all();
    let names: Vec<String> = all.iter().map(|it| format!("`{}`", it.name)).collect();
    let names = names.join(", ");
    text!(
        "écrivez {names}, ou une taille en millimètres comme `50x25`",
        "write {names}, or a size in millimetres such as `50x25`"
    )
}
