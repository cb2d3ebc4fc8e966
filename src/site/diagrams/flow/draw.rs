//! Writes the layout as SVG. Lines come first and lie under everything; then each state with the
//! names of what leaves it, so that a screen reader hears the flow in order.

use std::fmt::Write as _;

use super::layout::{Layout, MARGIN, PADDING, layout};
use super::levels::{Placed, Sample};
use super::model::{Flow, Phase, State};
use super::words;
use crate::diagnostic::Language;
use crate::site::diagrams::block::Block;
use crate::site::diagrams::measure::tidy;
use crate::site::diagrams::svg::{Rect, escape};

/// Radius of a line's corners.
const CORNER: i32 = 7;

/// The flow as one `<svg class="diagram flow">`: no style, no script, ids opened by the prefix.
/// Its `width` is the natural one; the theme's CSS lets it shrink.
///
/// # Panics
///
/// If a transition names a state that is not there.
pub fn flow(flow: &Flow, language: Language) -> String {
    let layout = layout(flow, language);
    let mut out = String::with_capacity(2_000 + 700 * (flow.states.len() + flow.transitions.len()));
    open(flow, &layout, &mut out);
    lines(flow, &layout, &mut out);
    if let Some((x, y)) = layout.start {
        let _ = write!(out, r#"<circle class="start" cx="{x}" cy="{y}" r="5"/>"#);
    }
    for (index, state) in flow.states.iter().enumerate() {
        draw_state(
            state,
            layout.states[index],
            &layout.state_blocks[index],
            &mut out,
        );
        for (number, transition) in flow.transitions.iter().enumerate() {
            if transition.from == index {
                let class = if transition.taken > 0 {
                    "way taken"
                } else {
                    "way"
                };
                let rect = layout.labels[number];
                let _ = write!(out, r#"<g class="{class}">"#);
                layout.label_blocks[number].draw(rect.x, rect.y, &mut out);
                out.push_str("</g>");
            }
        }
        out.push('\n');
    }
    band(&layout, &mut out);
    out.push_str("</svg>\n");
    out
}

fn open(flow: &Flow, layout: &Layout, out: &mut String) {
    let prefix = escape(&flow.id_prefix);
    let (width, height) = (layout.width, layout.height);
    let description = tidy(&flow.description);
    let also = if description.is_empty() {
        String::new()
    } else {
        format!(" {prefix}-desc")
    };
    let _ = writeln!(
        out,
        r#"<svg class="diagram flow" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-labelledby="{prefix}-title{also}">"#,
    );
    let _ = write!(
        out,
        r#"<title id="{prefix}-title">{}</title>"#,
        escape(&tidy(&flow.title))
    );
    if !description.is_empty() {
        let _ = write!(
            out,
            r#"<desc id="{prefix}-desc">{}</desc>"#,
            escape(&description)
        );
    }
    out.push('\n');
}

/// The lines, those the ticket followed last and so on top.
fn lines(flow: &Flow, layout: &Layout, out: &mut String) {
    out.push_str(r#"<g class="lines" aria-hidden="true">"#);
    if let Some((x, y)) = layout.start {
        line(&[(x, y + 5), (x, layout.states[0].y)], "line", out);
    }
    let all = flow.transitions.iter().map(|transition| transition.taken);
    let most = all.max().unwrap_or(0);
    for taken in [false, true] {
        for (transition, route) in flow.transitions.iter().zip(&layout.routes) {
            if (transition.taken > 0) == taken {
                let class = match (transition.returns(), taken) {
                    (false, false) => "line",
                    (false, true) => "line taken",
                    (true, false) => "line return",
                    (true, true) => "line return taken",
                };
                let width = if flow.counts {
                    width(transition.taken, most)
                } else {
                    ""
                };
                line(route, &format!("{class}{width}"), out);
            }
        }
    }
    out.push_str("</g>\n");
}

/// How thick a line is, by thirds of the one taken most.
fn width(taken: u32, most: u32) -> &'static str {
    match u64::from(taken) * 3 / u64::from(most.max(1)) {
        _ if taken == 0 => "",
        0 => " seldom",
        1 => " often",
        _ => " mostly",
    }
}

/// A line with round corners and an arrow at its end. It is drawn from the arrow backwards, so
/// that the dashes of two lines that share a lane fall on one another.
fn line(points: &[(i32, i32)], class: &str, out: &mut String) {
    let [.., before, tip] = points else {
        return;
    };
    let (across, down) = ((tip.0 - before.0).signum(), (tip.1 - before.1).signum());
    let base = (tip.0 - 8 * across, tip.1 - 8 * down);
    let _ = write!(out, r#"<g class="{class}"><path d="M{} {}"#, base.0, base.1);
    for corner in points.windows(3).rev() {
        bend(corner[2], corner[1], corner[0], out);
    }
    let _ = write!(
        out,
        r#"L{} {}"/><path class="arrow" d="M{} {}L{} {}L{} {}z"/></g>"#,
        points[0].0,
        points[0].1,
        tip.0,
        tip.1,
        base.0 - 4 * down,
        base.1 - 4 * across,
        base.0 + 4 * down,
        base.1 + 4 * across,
    );
}

/// A round corner, as round as the shorter side allows.
fn bend(from: (i32, i32), corner: (i32, i32), to: (i32, i32), out: &mut String) {
    let reach = |other: (i32, i32)| {
        let (across, down) = (other.0 - corner.0, other.1 - corner.1);
        let radius = CORNER.min(across.abs().max(down.abs()) / 2);
        (
            corner.0 + radius * across.signum(),
            corner.1 + radius * down.signum(),
        )
    };
    let (start, end) = (reach(from), reach(to));
    let _ = write!(
        out,
        "L{} {}Q{} {} {} {}",
        start.0, start.1, corner.0, corner.1, end.0, end.1
    );
}

fn draw_state(state: &State, rect: Rect, block: &Block, out: &mut String) {
    let (phase, radius) = match state.phase {
        Phase::New => ("new", 16),
        Phase::Assigned => ("assigned", 8),
        Phase::Pending => ("pending", 8),
        Phase::Resolved => ("resolved", 8),
        Phase::Closed => ("closed", 0),
    };
    let place = match (state.current, state.visited) {
        (true, _) => " current",
        (false, true) => " visited",
        (false, false) => "",
    };
    if let Some(href) = &state.href {
        let _ = write!(out, r#"<a href="{}">"#, escape(href));
    }
    let _ = write!(out, r#"<g class="state {phase}{place}">"#);
    frame(rect, radius, "box", out);
    if state.current {
        let inner = Rect {
            x: rect.x + 4,
            y: rect.y + 4,
            w: rect.w - 8,
            h: rect.h - 8,
        };
        frame(inner, (radius - 4).max(0), "inner", out);
    }
    let top = rect.y + (rect.h - block.h) / 2;
    block.draw(rect.x + PADDING.0, top, out);
    out.push_str("</g>");
    if state.href.is_some() {
        out.push_str("</a>");
    }
}

fn frame(rect: Rect, radius: i32, class: &str, out: &mut String) {
    let Rect { x, y, w, h } = rect;
    let _ = write!(
        out,
        r#"<rect class="{class}" x="{x}" y="{y}" width="{w}" height="{h}" rx="{radius}"/>"#,
    );
}

fn band(layout: &Layout, out: &mut String) {
    let band = &layout.band;
    let text = |placed: &Placed, out: &mut String| {
        let (x, y) = (placed.rect.x + placed.inset, placed.rect.y + placed.inset);
        placed.block.draw(x, y, out);
    };
    if let Some(heading) = &band.heading {
        let y = heading.rect.y - 8;
        let _ = write!(
            out,
            r#"<path class="rule" d="M{MARGIN} {y}H{}"/>"#,
            layout.width - MARGIN
        );
        text(heading, out);
        out.push_str(r#"<g class="lines" aria-hidden="true">"#);
        for arrow in &band.arrows {
            line(arrow, "line", out);
        }
        out.push_str("</g>");
    }
    for (index, (level, current)) in band.levels.iter().enumerate() {
        let class = if *current { "level current" } else { "level" };
        let _ = write!(out, r#"<g class="{class}">"#);
        frame(level.rect, 4, "box", out);
        if *current {
            let Rect { x, y, w, h } = level.rect;
            frame(
                Rect {
                    x: x + 3,
                    y: y + 3,
                    w: w - 6,
                    h: h - 6,
                },
                2,
                "inner",
                out,
            );
        }
        text(level, out);
        out.push_str("</g>");
        if let Some(delay) = band.delays.get(index) {
            text(delay, out);
        }
    }
    for (note, sample) in &band.notes {
        let y = note.rect.y + 8;
        match sample {
            Sample::Badge(promise) => {
                let mut badge = Block::new(40);
                badge.badge(words::badge(*promise), "promise");
                badge.draw(MARGIN, y - 8, out);
            }
            Sample::Return => line(&[(MARGIN, y), (MARGIN + 36, y)], "line return", out),
            Sample::Path => line(&[(MARGIN, y), (MARGIN + 36, y)], "line taken", out),
        }
        text(note, out);
    }
    out.push('\n');
}
