//! How far right everything stands: lanes back, labels back, states, labels ahead, lanes ahead.

use std::collections::BTreeMap;

use super::lanes::{Lanes, Stretch, assign};
use super::layout::{MARGIN, PADDING, SPINE, Set, Side};
use super::places::{LOOP, Places};
use crate::site::diagrams::svg::Rect;

/// From a state's side to its labels, and from labels to the nearest lane.
const STUB: i32 = 9;
/// Narrowest state.
const NARROWEST: i32 = 112;

/// What is placed once heights and columns are known.
pub(super) struct Placed {
    /// One per state.
    pub states: Vec<Rect>,
    /// One per transition.
    pub labels: Vec<Rect>,
    /// One per transition.
    pub routes: Vec<Vec<(i32, i32)>>,
}

/// Left edges of the columns, and the lanes on either side of them.
struct Columns {
    left_label: i32,
    state: i32,
    state_width: i32,
    right_label: i32,
    right_lane: i32,
    back: Lanes,
    ahead: Lanes,
}

/// The width of the picture, and everything in its place.
pub(super) fn columns(set: &Set, places: &Places) -> (i32, Placed) {
    let columns = measure(set, places);
    let state = |(top, height): &(i32, i32)| Rect {
        x: columns.state,
        y: *top,
        w: columns.state_width,
        h: *height,
    };
    let mut result = Placed {
        states: places.states.iter().map(state).collect(),
        labels: Vec::new(),
        routes: Vec::new(),
    };
    for (way, block) in set.labels.iter().enumerate() {
        let (x, route) = route(set, places, &columns, way);
        let y = places.labels[way];
        let (w, h) = (block.w, block.h);
        result.labels.push(Rect { x, y, w, h });
        result.routes.push(route);
    }
    (columns.right_lane + columns.ahead.width() + MARGIN, result)
}

fn measure(set: &Set, places: &Places) -> Columns {
    let widest = |wanted: &[Side]| {
        let labels = set.labels.iter().zip(&set.sides);
        let chosen = labels.filter(|(_, side)| wanted.contains(side));
        chosen.map(|(block, _)| block.w).max()
    };
    let back = lanes(set, places, Side::Left);
    let ahead = lanes(set, places, Side::Right);
    let text = set.states.iter().map(|block| block.w).max().unwrap_or(0);
    let straight = widest(&[Side::Middle]).map_or(0, |label| SPINE + 8 + label + 6);
    let state_width = (text + 2 * PADDING.0).max(straight).max(NARROWEST);
    let left_label = MARGIN + back.width() + STUB;
    let state = widest(&[Side::Left]).map_or(MARGIN, |label| left_label + label + STUB);
    let right_label = state + state_width + STUB;
    let labelled = widest(&[Side::Right, Side::Own]);
    Columns {
        left_label,
        state,
        state_width,
        right_label,
        right_lane: labelled.map_or(state + state_width, |label| right_label + label + STUB + 2),
        back,
        ahead,
    }
}

/// The lane of each state that ways reach on one side.
fn lanes(set: &Set, places: &Places, side: Side) -> Lanes {
    let mut stretches: BTreeMap<usize, Stretch> = BTreeMap::new();
    for (way, transition) in set.flow.transitions.iter().enumerate() {
        if set.sides[way] != side {
            continue;
        }
        let (from_right, from_left) = places.arrivals[transition.to];
        let (end, rank) = if side == Side::Right {
            (from_right, transition.to)
        } else {
            (from_left, set.states.len() - transition.to)
        };
        let start = places.departure(set, way);
        let stretch = stretches.entry(rank).or_insert(Stretch {
            top: end,
            bottom: end,
        });
        stretch.top = stretch.top.min(start);
        stretch.bottom = stretch.bottom.max(start);
    }
    assign(&stretches)
}

/// Where a label starts, and the corners of its line.
fn route(set: &Set, places: &Places, columns: &Columns, way: usize) -> (i32, Vec<(i32, i32)>) {
    let transition = &set.flow.transitions[way];
    let leaves = places.departure(set, way);
    let (from_right, from_left) = places.arrivals[transition.to];
    let right = columns.state + columns.state_width;
    match set.sides[way] {
        Side::Middle => {
            let spine = columns.state + SPINE;
            let (top, height) = places.states[transition.from];
            let next = places.states[transition.to].0;
            (spine + 8, vec![(spine, top + height), (spine, next)])
        }
        Side::Right => {
            let lane = columns.right_lane + columns.ahead.offset(transition.to);
            (
                columns.right_label,
                around(right, lane, (leaves, from_right)),
            )
        }
        Side::Left => {
            let rank = set.states.len() - transition.to;
            let lane = columns.left_label - STUB - columns.back.offset(rank);
            (
                columns.left_label,
                around(columns.state, lane, (leaves, from_left)),
            )
        }
        Side::Own => {
            let turn = columns.right_label + set.labels[way].w + 4;
            (
                columns.right_label,
                around(right, turn, (leaves, leaves + LOOP)),
            )
        }
    }
}

/// Out of a state's side, along a lane, and into a state's side.
fn around(side: i32, lane: i32, (leaves, arrives): (i32, i32)) -> Vec<(i32, i32)> {
    vec![
        (side, leaves),
        (lane, leaves),
        (lane, arrives),
        (side, arrives),
    ]
}
