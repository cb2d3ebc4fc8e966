//! The priority of a ticket by its urgency and impact: five rows of five, from `priority_matrix:`.

use crate::diagnostic::Text;
use crate::source::TextRange;
use crate::text;
use crate::yaml::{Node, Shape};

/// Five steps, as the enumerations of urgency, impact and priority name them.
pub const STEPS: [&str; 5] = ["very-low", "low", "medium", "high", "very-high"];

/// Priorities by urgency (rows) and impact (columns), as places among [`STEPS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriorityMatrix([[usize; 5]; 5]);

/// What is wrong with a matrix as written.
pub(super) struct Fault {
    pub range: TextRange,
    pub message: Text,
    pub help: Text,
}

impl Default for PriorityMatrix {
    /// GLPI's: `priority_matrix` of its initial settings (`install/empty_data.php`).
    fn default() -> Self {
        Self([
            [0, 0, 1, 1, 1],
            [0, 1, 1, 2, 2],
            [1, 1, 2, 3, 3],
            [1, 2, 3, 3, 4],
            [1, 2, 3, 4, 4],
        ])
    }
}

impl PriorityMatrix {
    /// The priority of an urgency and an impact, all three as places among [`STEPS`].
    pub fn priority(&self, urgency: usize, impact: usize) -> usize {
        self.0[urgency][impact]
    }

    /// Reads five rows of five; nothing written keeps the default. Every fault is told.
    pub(super) fn read(node: &Node) -> Result<Self, Vec<Fault>> {
        if node.is_empty() {
            return Ok(Self::default());
        }
        let mut faults = Vec::new();
        let mut matrix = Self::default();
        let rows = five(node, &mut faults);
        for (urgency, row) in rows.iter().enumerate() {
            for (impact, cell) in five(row, &mut faults).iter().enumerate() {
                match step(cell) {
                    Ok(step) => matrix.0[urgency][impact] = step,
                    Err(fault) => faults.push(fault),
                }
            }
        }
        if faults.is_empty() {
            Ok(matrix)
        } else {
            Err(faults)
        }
    }
}

/// The five items of a list; none, and a fault, when there are more or fewer.
fn five<'a>(node: &'a Node, faults: &mut Vec<Fault>) -> &'a [Node] {
    let items = match &node.shape {
        Shape::Sequence(items) => items.as_slice(),
        _ => &[],
    };
    if items.len() == STEPS.len() {
        return items;
    }
    let count = items.len();
    faults.push(Fault {
        range: node.range,
        message: text!(
            "cinq éléments sont attendus ici, et il y en a {count}",
            "five items are expected here, and there are {count}"
        ),
        help: text!(
            "écrivez cinq lignes, de l’urgence très basse à très haute, de cinq priorités, de l’impact très bas à très haut : `- [1, 1, 2, 2, 2]`",
            "write five rows, from very low to very high urgency, of five priorities, from very low to very high impact: `- [1, 1, 2, 2, 2]`"
        ),
    });
    &[]
}

/// A priority as a number from 1 to 5, or by its key.
fn step(node: &Node) -> Result<usize, Fault> {
    let written = node.text().unwrap_or_default();
    let by_number = || {
        let number: usize = written.parse().ok()?;
        number.checked_sub(1).filter(|step| *step < STEPS.len())
    };
    let by_key = || STEPS.iter().position(|step| *step == written);
    by_key().or_else(by_number).ok_or_else(|| Fault {
        range: node.range,
        message: text!(
            "`{written}` n’est pas une priorité de la matrice",
            "`{written}` is not a priority of the matrix"
        ),
        help: text!(
            "de 1 (très basse) à 5 (très haute), ou `very-low`, `low`, `medium`, `high`, `very-high` ; « Majeure » se pose à la main, sur le ticket",
            "from 1 (very low) to 5 (very high), or `very-low`, `low`, `medium`, `high`, `very-high`; “Major” is set by hand, on the ticket"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_symmetric() {
        let matrix = PriorityMatrix::default();
        for urgency in 0..5 {
            for impact in 0..5 {
                let mirrored = matrix.priority(impact, urgency);
                assert_eq!(matrix.priority(urgency, impact), mirrored);
            }
        }
        assert_eq!(matrix.priority(4, 3), 4);
        assert_eq!(matrix.priority(0, 4), 1);
    }
}
