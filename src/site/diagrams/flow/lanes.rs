//! Which vertical lane each way takes beside the states, so that ways to different states never
//! lie on one another and none that reaches its state crosses one that goes on.
//!
//! All ways to one state from one side share a lane and end in one arrow.

use std::collections::BTreeMap;

/// A stretch of lane that leads to a state: from the first row it serves to the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// Where it starts, topmost.
    pub top: i32,
    /// Where it ends.
    pub bottom: i32,
}

/// Air between two stretches that share a lane, in pixels.
const AIR: i32 = 12;

/// The lanes on one side.
pub(super) struct Lanes {
    /// The lane of each stretch, 0 being nearest to the states.
    lanes: BTreeMap<usize, i32>,
    /// How far apart lanes lie.
    pitch: i32,
}

impl Lanes {
    /// From the nearest lane to that of a stretch.
    pub fn offset(&self, rank: usize) -> i32 {
        self.lanes[&rank] * self.pitch
    }

    /// From the nearest lane to the farthest.
    pub fn width(&self) -> i32 {
        self.lanes
            .values()
            .max()
            .map_or(0, |lane| lane * self.pitch)
    }
}

/// Gives each stretch a lane. Stretches are ranked so that of two ways that lie side by side the
/// one that reaches its state first ranks first: it gets the inner lane, and its end crosses none.
pub(super) fn assign(stretches: &BTreeMap<usize, Stretch>) -> Lanes {
    let mut lanes: BTreeMap<usize, i32> = BTreeMap::new();
    for (rank, stretch) in stretches {
        let beside = lanes.iter().filter(|(other, _)| {
            let other = stretches[other];
            other.top < stretch.bottom + AIR && stretch.top < other.bottom + AIR
        });
        let lane = beside.map(|(_, lane)| lane + 1).max().unwrap_or(0);
        lanes.insert(*rank, lane);
    }
    // The more lanes there are, the closer they lie.
    let pitch = match lanes.values().max() {
        None | Some(0..=3) => 12,
        Some(4..=9) => 9,
        Some(_) => 6,
    };
    Lanes { lanes, pitch }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(list: &[(usize, i32, i32)]) -> BTreeMap<usize, Stretch> {
        let stretch = |(rank, top, bottom): &(usize, i32, i32)| {
            let (top, bottom) = (*top, *bottom);
            (*rank, Stretch { top, bottom })
        };
        list.iter().map(stretch).collect()
    }

    #[test]
    fn lanes_are_shared_only_when_apart() {
        let crowded = assign(&stretches(&[(2, 0, 100), (3, 50, 200), (5, 130, 300)]));
        assert_eq!(crowded.lanes, BTreeMap::from([(2, 0), (3, 1), (5, 2)]));
        assert_eq!(crowded.width(), 24);
        let apart = assign(&stretches(&[(2, 0, 100), (5, 130, 300)]));
        assert_eq!(apart.lanes, BTreeMap::from([(2, 0), (5, 0)]));
    }

    #[test]
    fn many_lanes_lie_closer() {
        let many: Vec<_> = (0..20).map(|rank| (rank, 0, 100)).collect();
        assert_eq!(assign(&stretches(&many)).width(), 19 * 6);
        assert_eq!(assign(&BTreeMap::new()).width(), 0);
    }
}
