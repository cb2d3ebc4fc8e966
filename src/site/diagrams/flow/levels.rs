//! What stands under the states: the levels of escalation with the time before each next one, and
//! the notes that explain badges and lines.

use super::layout::MARGIN;
use super::model::{Flow, Level, Promise};
use super::words;
use crate::diagnostic::Language;
use crate::site::diagrams::block::{Block, NAME, REMARK};
use crate::site::diagrams::svg::Rect;

/// Narrowest room the band takes, however narrow the states above are.
const NARROWEST: i32 = 320;
/// Air between a level's border and its text.
const PADDING: i32 = 8;
/// Where the text of a note starts, after its sample.
const SAMPLE: i32 = 46;

/// A text in its place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Where.
    pub rect: Rect,
    /// What, drawn `inset` pixels inside.
    pub block: Block,
    /// Distance from the border to the text.
    pub inset: i32,
}

/// What a note explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// The badge of a promise.
    Badge(Promise),
    /// A dashed line.
    Return,
    /// A thick line.
    Path,
}

/// The levels and notes, placed.
#[derive(Debug, Clone, Default)]
pub struct Band {
    /// The word over the levels.
    pub heading: Option<Placed>,
    /// The levels, lowest first; true where the ticket is.
    pub levels: Vec<(Placed, bool)>,
    /// The times before the next level.
    pub delays: Vec<Placed>,
    /// From one level to the next: tail and tip.
    pub arrows: Vec<[(i32, i32); 2]>,
    /// The notes.
    pub notes: Vec<(Placed, Sample)>,
    /// Right edge of the widest part.
    pub right: i32,
    /// Bottom edge of the last part.
    pub bottom: i32,
}

impl Band {
    /// Every box of the band.
    pub fn boxes(&self) -> Vec<Rect> {
        let levels = self.levels.iter().map(|(placed, _)| placed);
        let notes = self.notes.iter().map(|(placed, _)| placed);
        let all = self
            .heading
            .iter()
            .chain(levels)
            .chain(&self.delays)
            .chain(notes);
        all.map(|placed| placed.rect).collect()
    }

    fn push(&mut self, block: Block, (x, y): (i32, i32)) -> Placed {
        let rect = Rect {
            x,
            y,
            w: block.w,
            h: block.h,
        };
        self.right = self.right.max(rect.right());
        self.bottom = self.bottom.max(rect.bottom());
        Placed {
            rect,
            block,
            inset: 0,
        }
    }
}

/// Places the levels and notes under `bottom`, in the width of the states above.
pub fn band(flow: &Flow, language: Language, (width, bottom): (i32, i32)) -> Band {
    let room = width.max(NARROWEST) - 2 * MARGIN;
    let mut band = Band {
        bottom,
        ..Band::default()
    };
    if !flow.levels.is_empty() {
        let mut heading = Block::new(room);
        heading.paragraph(&words::escalation(language), REMARK);
        let placed = band.push(heading, (MARGIN, bottom + 22));
        band.heading = Some(placed);
        if !abreast(&mut band, &flow.levels, language, room) {
            stacked(&mut band, &flow.levels, language, room);
        }
    }
    notes(&mut band, flow, language, room);
    band
}

fn level_block(level: &Level, room: i32, language: Language) -> Block {
    let mut block = Block::new(room);
    block.paragraph(&level.name, NAME);
    if level.current {
        block.badge(&words::here(language), "here");
    }
    if let Some(who) = &level.who {
        block.paragraph(who, REMARK);
    }
    block
}

/// The times between levels; the last level has no next one, so its own is not shown.
fn delay_blocks(levels: &[Level], room: i32, language: Language) -> Vec<Block> {
    let before_last = &levels[..levels.len() - 1];
    let block = |level: &Level| {
        let mut block = Block::new(room);
        if let Some(delay) = &level.delay {
            block.paragraph(&words::after(delay, language), REMARK);
        }
        block
    };
    before_last.iter().map(block).collect()
}

/// Room for the text of a level and of a delay when levels stand side by side, best first.
const ABREAST: [(i32, i32); 3] = [(112, 84), (96, 60), (82, 50)];

/// The widths of a level and of the gap to the next one, and whether a row of them fits.
fn row_fits(blocks: &[Block], delays: &[Block], room: i32) -> Option<(i32, i32)> {
    let widest = |blocks: &[Block]| blocks.iter().map(|block| block.w).max().unwrap_or(0);
    let w = widest(blocks) + 2 * PADDING;
    let gap = widest(delays).max(20) + 14;
    let count = i32::try_from(blocks.len()).unwrap_or(i32::MAX);
    (count.saturating_mul(w + gap) - gap <= room).then_some((w, gap))
}

/// Puts the levels side by side if they fit; false, and nothing placed, if not.
fn abreast(band: &mut Band, levels: &[Level], language: Language, room: i32) -> bool {
    let fitting = ABREAST.into_iter().find_map(|(level_room, delay_room)| {
        let block = |level| level_block(level, level_room, language);
        let blocks: Vec<Block> = levels.iter().map(block).collect();
        let delays = delay_blocks(levels, delay_room, language);
        row_fits(&blocks, &delays, room).map(|(w, gap)| (blocks, delays, w, gap))
    });
    let Some((blocks, delays, w, gap)) = fitting else {
        return false;
    };
    let tallest = delays.iter().map(|block| block.h).max().unwrap_or(0);
    let text = blocks.iter().map(|block| block.h).max().unwrap_or(0) + 2 * PADDING;
    let h = text.max(tallest + 14);
    let top = band.bottom + 6;
    let line = top + (h / 2).max(tallest + 6);
    let mut x = MARGIN;
    for (index, block) in blocks.into_iter().enumerate() {
        let mut placed = band.push(block, (x, top));
        placed.rect = Rect { x, y: top, w, h };
        placed.inset = PADDING;
        band.levels.push((placed, levels[index].current));
        if let Some(delay) = delays.get(index) {
            band.arrows.push([(x + w, line), (x + w + gap, line)]);
            let at = (x + w + (gap - 4 - delay.w) / 2, line - 4 - delay.h);
            let placed = band.push(delay.clone(), at);
            band.delays.push(placed);
        }
        x += w + gap;
    }
    band.right = band.right.max(x - gap);
    band.bottom = band.bottom.max(top + h);
    true
}

/// Puts the levels one under the other.
fn stacked(band: &mut Band, levels: &[Level], language: Language, room: i32) {
    let delays = delay_blocks(levels, room - 60, language);
    let blocks = levels
        .iter()
        .map(|level| level_block(level, room - 2 * PADDING, language));
    let blocks: Vec<Block> = blocks.collect();
    let w = blocks.iter().map(|block| block.w).max().unwrap_or(0) + 2 * PADDING;
    let mut y = band.bottom + 6;
    for (index, block) in blocks.into_iter().enumerate() {
        let h = block.h + 2 * PADDING;
        let mut placed = band.push(block, (MARGIN, y));
        placed.rect = Rect { x: MARGIN, y, w, h };
        placed.inset = PADDING;
        band.levels.push((placed, levels[index].current));
        y += h;
        if let Some(delay) = delays.get(index) {
            let next = y + delay.h.max(8) + 14;
            band.arrows.push([(MARGIN + 26, y), (MARGIN + 26, next)]);
            let placed = band.push(delay.clone(), (MARGIN + 36, y + 6));
            band.delays.push(placed);
            y = next;
        }
    }
    band.right = band.right.max(MARGIN + w);
    band.bottom = band.bottom.max(y);
}

fn notes(band: &mut Band, flow: &Flow, language: Language, room: i32) {
    let mut wanted = Vec::new();
    let promises = [
        (Promise::Gti, &flow.promises.gti),
        (Promise::Gtr, &flow.promises.gtr),
    ];
    for (promise, time) in promises {
        let kept = flow
            .transitions
            .iter()
            .any(|transition| transition.promise == Some(promise));
        if kept || time.is_some() {
            let text = words::promise(promise, time.as_deref(), language);
            wanted.push((Sample::Badge(promise), text));
        }
    }
    if flow.transitions.iter().any(super::Transition::returns) {
        wanted.push((Sample::Return, words::returns(language)));
    }
    if flow
        .transitions
        .iter()
        .any(|transition| transition.taken > 0)
    {
        let text = if flow.counts {
            words::counts(language)
        } else {
            words::path(language)
        };
        wanted.push((Sample::Path, text));
    }
    let mut y = band.bottom + 20;
    for (sample, text) in wanted {
        let mut block = Block::new(room - SAMPLE);
        block.paragraph(&text, REMARK);
        let placed = band.push(block, (MARGIN + SAMPLE, y));
        y = placed.rect.bottom() + 6;
        band.notes.push((placed, sample));
    }
}
