//! Where everything of a flow goes, as data: the drawing copies it, the tests check that nothing
//! meets anything else.
//!
//! Texts are set first, then rows (each label and each arrival has one beside its state), then
//! lanes and columns.

use super::columns::columns;
use super::levels::{self, Band};
use super::model::{Clock, Flow, Phase, State, Transition};
use super::places::places;
use super::words;
use crate::diagnostic::Language;
use crate::site::diagrams::block::{Block, LABEL, NAME, REMARK, Sign, Style};
use crate::site::diagrams::svg::Rect;

/// Air around the whole picture.
pub(super) const MARGIN: i32 = 4;
/// Air between a state's border and its text: across, down.
pub(super) const PADDING: (i32, i32) = (11, 8);
/// How far inside a state's left edge the way on runs down.
pub(super) const SPINE: i32 = 18;
/// Widest text of a state, of a label on the right, and of one on the left.
const ROOM: (i32, i32, i32) = (130, 110, 90);
/// Widest word that is kept whole though it is wider than its room.
const WORD: i32 = 150;
/// How many times a transition was taken.
const TIMES: Style = Style {
    class: "times",
    size: 13,
    line: 16,
    bold: true,
};

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
        let beside = self.states.iter().chain(&self.labels).copied();
        beside.chain(below).collect()
    }
}

/// Where a transition runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Straight down to the next state.
    Middle,
    /// Ahead, past other states.
    Right,
    /// Back to an earlier state.
    Left,
    /// Back to the same state.
    Own,
}

/// A flow whose texts are set and whose ways have their sides, but nothing has its place.
pub(super) struct Set<'a> {
    /// The flow.
    pub flow: &'a Flow,
    /// One per transition.
    pub sides: Vec<Side>,
    /// One per state.
    pub states: Vec<Block>,
    /// One per transition.
    pub labels: Vec<Block>,
    /// Whether a dot above the first state says that tickets come in there.
    pub starts: bool,
}

/// Places a flow.
///
/// # Panics
///
/// If a transition names a state that is not there: the caller made it up.
pub fn layout(flow: &Flow, language: Language) -> Layout {
    let set = set(flow, language);
    let places = places(&set);
    let (width, columns) = columns(&set, &places);
    let band = levels::band(flow, language, (width, places.bottom));
    let first = columns.states.first().filter(|_| set.starts);
    Layout {
        width: width.max(band.right + MARGIN),
        height: band.bottom + MARGIN,
        start: first.map(|first| (first.x + SPINE, MARGIN + 5)),
        states: columns.states,
        labels: columns.labels,
        routes: columns.routes,
        band,
        state_blocks: set.states,
        label_blocks: set.labels,
    }
}

fn set(flow: &Flow, language: Language) -> Set<'_> {
    let sides = sides(flow);
    let states = flow.states.iter();
    let ways = flow.transitions.iter().zip(&sides);
    let first = flow.states.first();
    Set {
        flow,
        states: states.map(|state| state_block(state, language)).collect(),
        labels: ways
            .map(|(way, side)| label_block(way, (*side, flow.counts), language))
            .collect(),
        sides,
        starts: first.is_some_and(|state| state.phase == Phase::New),
    }
}

fn sides(flow: &Flow) -> Vec<Side> {
    let mut straight = vec![false; flow.states.len()];
    let side = |transition: &Transition| {
        let (from, to) = (transition.from, transition.to);
        let there = from.max(to) < flow.states.len();
        assert!(there, "transition between states that exist");
        if to == from {
            Side::Own
        } else if to < from {
            Side::Left
        } else if to == from + 1 && !straight[from] {
            straight[from] = true;
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
    for line in &state.times {
        block.paragraph(line, LABEL);
    }
    block
}

fn label_block(transition: &Transition, (side, counts): (Side, bool), language: Language) -> Block {
    let room = match side {
        Side::Middle => ROOM.0 - 8,
        Side::Right | Side::Own => ROOM.1,
        Side::Left => ROOM.2,
    };
    let mut block = Block::new(room).widen(&transition.name, LABEL, WORD);
    block.paragraph(&transition.name, LABEL);
    if let Some(promise) = transition.promise {
        block.badge(words::badge(promise), "promise");
    }
    if transition.taken > 0 {
        block.word(&words::taken(transition.taken), TIMES);
    }
    if transition.late > 0 {
        block.badge(&words::late(transition.late, counts, language), "late");
    }
    if let Some(who) = &transition.who {
        block.paragraph(who, REMARK);
    }
    block
}
