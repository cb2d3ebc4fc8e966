//! Which vertical lane each way takes beside the states, so that ways to different states never
//! lie on one another and none that reaches its state crosses one that goes on.
//!
//! All ways to one state from one side share a lane and end in one arrow.

use std::collections::BTreeMap;

/// A stretch of lane that leads to a state: from the first row it serves to the last.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// Where it starts, topmost.
    pub top: i32,
    /// Where it ends.
    pub bottom: i32,
}

/// Air between two stretches that share a lane, in pixels.
const AIR: i32 = 12;

/// The lane of each state, 0 being nearest to the states. `nearest_first` lists the states so that
/// of two that lie on the same way the one reached first comes first; it gets the inner lane.
pub fn assign(
    stretches: &BTreeMap<usize, Stretch>,
    nearest_first: impl Iterator<Item = usize>,
) -> BTreeMap<usize, i32> {
    let mut lanes: BTreeMap<usize, i32> = BTreeMap::new();
    for state in nearest_first {
        let Some(stretch) = stretches.get(&state) else {
            continue;
        };
        let beside = lanes.iter().filter(|(other, _)| {
            let other = stretches[other];
            other.top < stretch.bottom + AIR && stretch.top < other.bottom + AIR
        });
        let lane = beside.map(|(_, lane)| lane + 1).max().unwrap_or(0);
        lanes.insert(state, lane);
    }
    lanes
}

/// How far apart lanes lie when there are so many of them, in pixels.
pub fn pitch(count: i32) -> i32 {
    match count {
        0..=4 => 12,
        5..=10 => 9,
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_shared_only_when_apart() {
        let stretch = |top, bottom| Stretch { top, bottom };
        let stretches = BTreeMap::from([
            (2, stretch(0, 100)),
            (3, stretch(50, 200)),
            (5, stretch(130, 300)),
        ]);
        let lanes = assign(&stretches, 0..6);
        assert_eq!(lanes, BTreeMap::from([(2, 0), (3, 1), (5, 2)]));
        let apart = BTreeMap::from([(2, stretch(0, 100)), (5, stretch(130, 300))]);
        assert_eq!(assign(&apart, 0..6), BTreeMap::from([(2, 0), (5, 0)]));
    }
}
