//! `deadlines:` of `carnet.yaml`: how near is near, and how often devices are seen where they stand.

use crate::diagnostic::Text;
use crate::project::section::Section;
use crate::project::value::Duration;
use crate::text;
use crate::yaml::{Node, Shape};

pub(super) const KEYS: [&str; 2] = ["thresholds", "physical_inventory"];
/// Thresholds in days lie in a year, and are few enough to be told apart at a glance.
const LONGEST: i32 = 365;
const MOST: usize = 6;

/// What a site says about its deadlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineSettings {
    /// In how many days a deadline is near, nearer, nearest: growing, never empty.
    pub thresholds: Vec<i32>,
    /// How long after its last physical inventory a device is to be seen again; `None` for never.
    pub physical_inventory: Option<Duration>,
}

impl Default for DeadlineSettings {
    /// A week, a month, a quarter.
    fn default() -> Self {
        Self {
            thresholds: vec![7, 30, 90],
            physical_inventory: None,
        }
    }
}

impl DeadlineSettings {
    /// Reads the section; what is wrong keeps its default, and is told.
    pub(super) fn read(node: &Node, section: &mut Section) -> Self {
        let mut settings = Self::default();
        for (key, value) in section.entries(node, example()) {
            match key.text().unwrap_or_default() {
                _ if value.is_empty() => {}
                "thresholds" => match thresholds(value) {
                    Ok(read) => settings.thresholds = read,
                    Err((wrong, message)) => section.report(wrong, message, Some(example())),
                },
                "physical_inventory" => match rhythm(value) {
                    Ok(length) => settings.physical_inventory = Some(length),
                    Err(message) => {
                        let help =
                            text!("écrivez par exemple `1 an`", "write for example `1 year`");
                        section.report(value, message, Some(help));
                    }
                },
                _ => section.unknown(key, &text!("des échéances", "of deadlines"), &KEYS),
            }
        }
        settings
    }
}

fn example() -> Text {
    text!(
        "écrivez par exemple `thresholds: [7, 30, 90]`, en jours, du plus petit au plus grand",
        "write for example `thresholds: [7, 30, 90]`, in days, the smallest first"
    )
}

/// Growing numbers of days; else what is wrong, and where.
fn thresholds(node: &Node) -> Result<Vec<i32>, (&Node, Text)> {
    let items = match &node.shape {
        Shape::Sequence(items) if (1..=MOST).contains(&items.len()) => items,
        _ => {
            let message = text!(
                "une liste de 1 à {MOST} seuils est attendue ici",
                "a list of 1 to {MOST} thresholds is expected here"
            );
            return Err((node, message));
        }
    };
    let mut days: Vec<i32> = Vec::new();
    for item in items {
        let written = item.text().unwrap_or_default();
        let read: Option<i32> = written.parse().ok();
        let Some(read) = read.filter(|days| (1..=LONGEST).contains(days)) else {
            let message = text!(
                "`{written}` n’est pas un nombre de jours de 1 à {LONGEST}",
                "`{written}` is not a number of days from 1 to {LONGEST}"
            );
            return Err((item, message));
        };
        if days.last().is_some_and(|last| *last >= read) {
            let message = text!(
                "le seuil `{read}` n’est pas plus grand que celui d’avant",
                "the threshold `{read}` is not greater than the one before"
            );
            return Err((item, message));
        }
        days.push(read);
    }
    Ok(days)
}

/// A length of time in days or longer; else what is wrong.
pub(super) fn rhythm(node: &Node) -> Result<Duration, Text> {
    let written = node.text().unwrap_or_default();
    let length = Duration::parse(written)
        .filter(|length| length.minutes == 0 && *length != Duration::default());
    length.ok_or_else(|| {
        text!(
            "`{written}` n’est pas une durée en jours, mois ou années",
            "`{written}` is no length of time in days, months or years"
        )
    })
}
