//! Where everything of a flow goes, as data: the drawing copies it, the tests check that nothing
//! meets anything else.
//!
//! Rows first (each label and each arrival has a row beside its state), then lanes, then columns.

use std::collections::BTreeMap;

use super::lanes::{Stretch, assign, pitch};
use super::levels::{self, Band};
use super::model::{Clock, Flow, Phase, State, Transition};
use super::words;
use crate::diagnostic::Language;
use crate::site::diagrams::block::{Block, LABEL, NAME, REMARK, Sign};
use crate::site::diagrams::svg::Rect;

/// Air around the whole picture.
pub(super) const MARGIN: i32 = 4;
/// Widest text of a state, of a label on the right, and of one on the left.
const ROOM: (i32, i32, i32) = (130, 110, 90);
/// Widest word that is kept whole though it is wider than its room.
const WORD: i32 = 150;
/// Air between a state's border and its text.
pub(super) const PADDING: (i32, i32) = (11, 8);
/// How far inside a state's left edge the way on runs down.
const SPINE: i32 = 18;
/// From a state's side to its labels.
const STUB: i32 = 9;
/// From a label to the line that runs under it, and from there to the next row.
const UNDER: (i32, i32) = (2, 8);
/// Height of a row where an arrow arrives.
const ARRIVAL: i32 = 16;
/// How far below its label a way back to the same state returns.
const LOOP: i32 = 12;

/// Everything placed, in pixels from the top left corner.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Width of the picture.
    pub width: i32,
    /// Height of the picture.
    pub height: i32,
    /// One per state, in order.
    pub states: Vec<Rect>,
    /// One per transition, in order.
    pub labels: Vec<Rect>,
    /// One per transition: the corners of its line, from the state it leaves to the arrow.
    pub routes: Vec<Vec<(i32, i32)>>,
    /// Where a ticket comes in: a dot above the first state, if that is a new one's.
    pub start: Option<(i32, i32)>,
    /// The escalation levels and the notes, under the states.
    pub(super) band: Band,
    /// The states' texts.
    pub(super) state_blocks: Vec<Block>,
    /// The labels' texts.
    pub(super) label_blocks: Vec<Block>,
}

impl Layout {
    /// Every box that must lie clear of every other: states, labels, levels, delays and notes.
    pub fn boxes(&self) -> Vec<Rect> {
        let below = self.band.boxes();
        self.states
            .iter()
            .chain(&self.labels)
            .copied()
            .chain(below)
            .collect()
    }
}

/// Where a transition runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Straight down to the next state.
    Middle,
    /// Ahead, over other states.
    Right,
    /// Back to an earlier state.
    Left,
    /// Back to the same state.
    Own,
}

/// The work in progress: rows are known, columns are not.
struct Rows {
    /// Top and height of each state.
    states: Vec<(i32, i32)>,
    /// Top of each label.
    labels: Vec<i32>,
    /// Where arrows arrive at each state, from the right and from the left.
    arrivals: Vec<(i32, i32)>,
    /// Under the last state.
    bottom: i32,
}

/// Places a flow.
///
/// # Panics
///
/// If a transition names a state that is not there: the caller made it up.
pub fn layout(flow: &Flow, language: Language) -> Layout {
    let sides = sides(flow);
    let state_blocks: Vec<Block> = flow
        .states
        .iter()
        .map(|state| state_block(state, language))
        .collect();
    let label_blocks: Vec<Block> = flow
        .transitions
        .iter()
        .zip(&sides)
        .map(|(transition, side)| label_block(transition, *side))
        .collect();
    let starts = flow
        .states
        .first()
        .is_some_and(|state| state.phase == Phase::New);
    let rows = rows(flow, &sides, (&state_blocks, &label_blocks), starts);
    let mut layout = columns(flow, &sides, &rows, (state_blocks, label_blocks));
    layout.start = layout
        .states
        .first()
        .filter(|_| starts)
        .map(|first| (first.x + SPINE, MARGIN + 5));
    layout.band = levels::band(flow, language, (layout.width, rows.bottom));
    layout.width = layout.width.max(layout.band.right + MARGIN);
    layout.height = layout.band.bottom + MARGIN;
    layout
}

fn sides(flow: &Flow) -> Vec<Side> {
    let mut straight = vec![false; flow.states.len()];
    let side = |transition: &Transition| {
        assert!(
            transition.to < flow.states.len(),
            "transition to a state that exists"
        );
        let taken = &mut straight[transition.from];
        if transition.to == transition.from {
            Side::Own
        } else if transition.returns() {
            Side::Left
        } else if transition.to == transition.from + 1 && !*taken {
            *taken = true;
            Side::Middle
        } else {
            Side::Right
        }
    };
    flow.transitions.iter().map(side).collect()
}

fn state_block(state: &State, language: Language) -> Block {
    let mut block = Block::new(ROOM.0).widen(&state.name, NAME, WORD);
    block.paragraph(&state.name, NAME);
    if state.visited && !state.current {
        block.sign(Sign::Visited);
    }
    if state.current {
        block.badge(&words::here(language), "here");
    }
    if let Some(who) = &state.who {
        block.paragraph(who, REMARK);
    }
    let sign = match state.clock {
        Clock::Running => Sign::Running,
        Clock::Paused => Sign::Paused,
        Clock::Stopped => Sign::Stopped,
    };
    block.signed(sign, &words::clock(state.clock, language), REMARK);
    block
}

fn label_block(transition: &Transition, side: Side) -> Block {
    let mut block = Block::new(match side {
        Side::Middle => ROOM.0 - 8,
        Side::Right | Side::Own => ROOM.1,
        Side::Left => ROOM.2,
    })
    .widen(&transition.name, LABEL, WORD);
    block.paragraph(&transition.name, LABEL);
    if let Some(promise) = transition.promise {
        block.badge(words::badge(promise), "promise");
    }
    if transition.taken > 0 {
        block.word(&words::taken(transition.taken), super::draw::TIMES);
    }
    if let Some(who) = &transition.who {
        block.paragraph(who, REMARK);
    }
    block
}

/// The labels beside one state, top to bottom. Ways that go farther stand farther from where the
/// lanes turn, so that lines do not cross as they leave.
fn beside(flow: &Flow, sides: &[Side], state: usize, right: bool) -> Vec<usize> {
    let mut labels: Vec<usize> = (0..sides.len())
        .filter(|index| flow.transitions[*index].from == state)
        .filter(|index| match sides[*index] {
            Side::Right | Side::Own => right,
            Side::Left => !right,
            Side::Middle => false,
        })
        .collect();
    labels.sort_by_key(|index| {
        let own = sides[*index] == Side::Own;
        (own, std::cmp::Reverse(flow.transitions[*index].to))
    });
    labels
}

fn arrives(flow: &Flow, sides: &[Side], state: usize, side: Side) -> bool {
    let mut pairs = flow.transitions.iter().zip(sides);
    pairs.any(|(transition, other)| transition.to == state && *other == side)
}

fn rows(flow: &Flow, sides: &[Side], (states, labels): (&[Block], &[Block]), starts: bool) -> Rows {
    let mut rows = Rows {
        states: Vec::new(),
        labels: vec![0; labels.len()],
        arrivals: Vec::new(),
        bottom: MARGIN + if starts { 24 } else { 0 },
    };
    let row = |index: usize| {
        let own = if sides[index] == Side::Own { LOOP } else { 0 };
        labels[index].h + UNDER.0 + UNDER.1 + own
    };
    for (state, block) in states.iter().enumerate() {
        let right = beside(flow, sides, state, true);
        let left = beside(flow, sides, state, false);
        let from_right = if arrives(flow, sides, state, Side::Right) {
            ARRIVAL
        } else {
            0
        };
        let from_left = if arrives(flow, sides, state, Side::Left) {
            ARRIVAL
        } else {
            0
        };
        let right_height = from_right + right.iter().map(|index| row(*index)).sum::<i32>();
        let left_height = from_left + left.iter().map(|index| row(*index)).sum::<i32>();
        let text_height = block.h + 2 * PADDING.1;
        let height = text_height.max(right_height + 4).max(left_height + 4);
        let top = rows.bottom;

        let mut y = top + (height - right_height) / 2;
        let right_arrival = y + ARRIVAL / 2;
        y += from_right;
        for index in right {
            rows.labels[index] = y;
            y += row(index);
        }
        y = top + (height - left_height) / 2;
        for index in left {
            rows.labels[index] = y;
            y += row(index);
        }
        rows.arrivals.push((right_arrival, y + ARRIVAL / 2));
        rows.states.push((top, height));
        rows.bottom = top + height;

        let middle = (0..sides.len())
            .find(|index| sides[*index] == Side::Middle && flow.transitions[*index].from == state);
        if let Some(index) = middle {
            rows.labels[index] = rows.bottom + 6;
            rows.bottom += labels[index].h + 18;
        } else if state + 1 < states.len() {
            rows.bottom += 18;
        }
    }
    rows
}

/// Where the line of a transition leaves its state.
fn departure(rows: &Rows, labels: &[Block], index: usize) -> i32 {
    rows.labels[index] + labels[index].h + UNDER.0
}

/// The lane of each state on one side, and how many there are.
fn lanes(
    flow: &Flow,
    sides: &[Side],
    side: Side,
    (rows, labels): (&Rows, &[Block]),
) -> (BTreeMap<usize, i32>, i32) {
    let mut stretches: BTreeMap<usize, Stretch> = BTreeMap::new();
    for (index, transition) in flow.transitions.iter().enumerate() {
        if sides[index] != side {
            continue;
        }
        let (right, left) = rows.arrivals[transition.to];
        let end = if side == Side::Right { right } else { left };
        let start = departure(rows, labels, index);
        let stretch = stretches.entry(transition.to).or_insert(Stretch {
            top: end,
            bottom: end,
        });
        stretch.top = stretch.top.min(start);
        stretch.bottom = stretch.bottom.max(start);
    }
    let lanes = if side == Side::Right {
        assign(&stretches, 0..flow.states.len())
    } else {
        assign(&stretches, (0..flow.states.len()).rev())
    };
    let count = lanes.values().max().map_or(0, |lane| lane + 1);
    (lanes, count)
}

fn columns(
    flow: &Flow,
    sides: &[Side],
    rows: &Rows,
    (state_blocks, label_blocks): (Vec<Block>, Vec<Block>),
) -> Layout {
    let widest = |wanted: &[Side]| {
        let chosen = label_blocks
            .iter()
            .zip(sides)
            .filter(|(_, side)| wanted.contains(side));
        chosen.map(|(block, _)| block.w).max()
    };
    let (left_lanes, left_count) = lanes(flow, sides, Side::Left, (rows, &label_blocks));
    let (right_lanes, right_count) = lanes(flow, sides, Side::Right, (rows, &label_blocks));
    let (left_pitch, right_pitch) = (pitch(left_count), pitch(right_count));

    let text = state_blocks.iter().map(|block| block.w).max().unwrap_or(0);
    let spine = widest(&[Side::Middle]).map_or(0, |label| label + SPINE + 8);
    let state_width = (text + 2 * PADDING.0).max(spine + 6).max(112);
    let left_label = MARGIN + left_count * left_pitch + 4;
    let left = widest(&[Side::Left]).map_or(MARGIN, |label| left_label + label + STUB);
    let right = left + state_width;
    let right_label = right + STUB;
    let right_lane =
        widest(&[Side::Right, Side::Own]).map_or(right, |label| right_label + label + 11);

    let states: Vec<Rect> = rows
        .states
        .iter()
        .map(|(top, height)| Rect {
            x: left,
            y: *top,
            w: state_width,
            h: *height,
        })
        .collect();
    let mut labels = Vec::new();
    let mut routes = Vec::new();
    for (index, transition) in flow.transitions.iter().enumerate() {
        let block = &label_blocks[index];
        let leaves = departure(rows, &label_blocks, index);
        let (from_right, from_left) = rows.arrivals[transition.to];
        let (x, route) = match sides[index] {
            Side::Middle => {
                let spine = left + SPINE;
                let ends = [rows.states[transition.from], rows.states[transition.to]];
                (
                    spine + 10,
                    vec![(spine, ends[0].0 + ends[0].1), (spine, ends[1].0)],
                )
            }
            Side::Right => {
                let lane = right_lane + right_lanes[&transition.to] * right_pitch;
                (right_label, around(right, lane, leaves, from_right))
            }
            Side::Left => {
                let lane = left_label - 8 - left_lanes[&transition.to] * left_pitch;
                (left_label, around(left, lane, leaves, from_left))
            }
            Side::Own => (
                right_label,
                around(right, right_label + block.w + 4, leaves, leaves + LOOP),
            ),
        };
        labels.push(Rect {
            x,
            y: rows.labels[index],
            w: block.w,
            h: block.h,
        });
        routes.push(route);
    }
    let width = right_lane.max(right) + (right_count - 1).max(0) * right_pitch + MARGIN;
    Layout {
        width,
        height: 0,
        states,
        labels,
        routes,
        start: None,
        band: Band::default(),
        state_blocks,
        label_blocks,
    }
}

/// Out of a state's side, along a lane, and into a state's side.
fn around(side: i32, lane: i32, leaves: i32, arrives: i32) -> Vec<(i32, i32)> {
    vec![
        (side, leaves),
        (lane, leaves),
        (lane, arrives),
        (side, arrives),
    ]
}
