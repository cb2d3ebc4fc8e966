//! How high everything stands: each label, and each side where arrows arrive, has a row of its own
//! beside its state, so no line out of a state can run through a name.

use super::layout::{MARGIN, PADDING, Set, Side};

/// From a label to the line that runs under it, and from there to the next row.
const UNDER: (i32, i32) = (2, 8);
/// Height of a row where arrows arrive.
const ARRIVAL: i32 = 16;
/// How far below its own line a way back to the same state returns.
pub(super) const LOOP: i32 = 12;
/// Between states that no straight way joins.
const GAP: i32 = 18;

/// Heights, in pixels from the top.
pub(super) struct Places {
    /// Top and height of each state.
    pub states: Vec<(i32, i32)>,
    /// Top of each label.
    pub labels: Vec<i32>,
    /// Where arrows arrive at each state: from the right, from the left.
    pub arrivals: Vec<(i32, i32)>,
    /// Under the last state.
    pub bottom: i32,
}

impl Places {
    /// Where the line of a transition leaves its state.
    pub fn departure(&self, set: &Set, way: usize) -> i32 {
        self.labels[way] + set.labels[way].h + UNDER.0
    }
}

/// What stands on one side of a state.
struct Rows {
    ways: Vec<usize>,
    arrival: i32,
    height: i32,
}

/// Stacks the states and their rows.
pub(super) fn places(set: &Set) -> Places {
    let mut places = Places {
        states: Vec::new(),
        labels: vec![0; set.labels.len()],
        arrivals: Vec::new(),
        bottom: MARGIN + if set.starts { 24 } else { 0 },
    };
    for (state, block) in set.states.iter().enumerate() {
        let right = rows(set, state, Side::Right);
        let left = rows(set, state, Side::Left);
        let beside = right.height.max(left.height) + 4;
        let height = beside.max(block.h + 2 * PADDING.1);
        let top = places.bottom;
        // Arrivals from above come in over what leaves, arrivals from below under it.
        let first = top + (height - right.height) / 2;
        stack(set, &right.ways, first + right.arrival, &mut places.labels);
        let from_right = first + ARRIVAL / 2;
        let first = top + (height - left.height) / 2;
        let last = stack(set, &left.ways, first, &mut places.labels);
        places.arrivals.push((from_right, last + ARRIVAL / 2));
        places.states.push((top, height));
        places.bottom = top + height;
        let mut ways = 0..set.sides.len();
        let straight = ways.find(|way| leaves(set, *way, state, Side::Middle));
        if let Some(way) = straight {
            places.labels[way] = places.bottom + 6;
            places.bottom += set.labels[way].h + GAP;
        } else if state + 1 < set.states.len() {
            places.bottom += GAP;
        }
    }
    places
}

fn leaves(set: &Set, way: usize, state: usize, side: Side) -> bool {
    set.sides[way] == side && set.flow.transitions[way].from == state
}

/// What stands on a side. Ways to states farther down stand higher, so that lines do not cross as
/// they leave; ways back to the same state stand last on the right.
fn rows(set: &Set, state: usize, side: Side) -> Rows {
    let own = |way: usize| side == Side::Right && leaves(set, way, state, Side::Own);
    let all = 0..set.sides.len();
    let mut ways: Vec<usize> = all
        .filter(|way| leaves(set, *way, state, side) || own(*way))
        .collect();
    ways.sort_by_key(|way| (own(*way), std::cmp::Reverse(set.flow.transitions[*way].to)));
    let mut arriving = set.flow.transitions.iter().zip(&set.sides);
    let arrives = arriving.any(|(way, other)| way.to == state && *other == side);
    let arrival = if arrives { ARRIVAL } else { 0 };
    let labels: i32 = ways.iter().map(|way| row(set, *way)).sum();
    Rows {
        ways,
        arrival,
        height: arrival + labels,
    }
}

/// The height of a label's row.
fn row(set: &Set, way: usize) -> i32 {
    let own = set.sides[way] == Side::Own;
    set.labels[way].h + UNDER.0 + UNDER.1 + if own { LOOP } else { 0 }
}

/// Puts labels one under the other; where the next one would stand.
fn stack(set: &Set, ways: &[usize], mut top: i32, labels: &mut [i32]) -> i32 {
    for way in ways {
        labels[*way] = top;
        top += row(set, *way);
    }
    top
}
