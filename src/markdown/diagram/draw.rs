//! From Mermaid's text to Mermaid's picture: the only home of merman. Its answer is not trusted: `clean` makes the
//! page's picture from it.
//!
//! What an author sets beside the diagram itself (themes, styles of the whole, HTML in labels) never reaches the
//! library: it has no place on a page. Sizes are bounded before it starts, and its own work is counted.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use merman::svg::{RenderResourcePolicy, RenderResourceProfile, SvgEnvironment, SvgRenderOptions};
use merman::{
    MermaidEngine, OperationControl, ParseOptions, RenderError, RenderOutput, RenderRequest,
    Renderer, SourcePresentationConfig, SvgRequest,
};

use super::settings;

/// The longest text that is drawn, in bytes.
const LONGEST: usize = 32 << 10;
/// The longest line, in bytes: the library takes the square of a label's length.
const LONGEST_LINE: usize = 2000;
/// The most lines: a diagram of more can be read by nobody.
const MOST_LINES: usize = 1000;
/// The most blocks within blocks.
const DEEPEST: usize = 20;

/// Why nothing is drawn, and where in the text.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is too much to draw.
    TooLarge,
    /// No diagram of this kind is known.
    UnknownKind,
    /// It breaks the rules of its kind, at this place where the library names one.
    Syntax(Option<Range<usize>>),
}

/// Draws a text. The same text gives the same picture.
pub(super) fn draw(source: &str) -> Result<String, Fault> {
    let is_too_long = || source.lines().any(|line| line.len() > LONGEST_LINE);
    let is_too_large = source.len() > LONGEST
        || source.lines().count() > MOST_LINES
        || is_too_long()
        || depth(source) > DEEPEST;
    if is_too_large {
        return Err(Fault::TooLarge);
    }
    let source = settings::without(source);
    // The library is young. Whatever it holds is dropped with the panic, so that nothing half made is seen.
    let drawn = catch_unwind(AssertUnwindSafe(|| render(&source)));
    drawn.unwrap_or(Err(Fault::TooLarge))
}

fn render(source: &str) -> Result<String, Fault> {
    let settings = SourcePresentationConfig::from_value(serde_json::json!({
        "theme": "neutral",
        "look": "classic",
        "layout": "dagre",
        "securityLevel": "strict",
        "htmlLabels": false,
        "flowchart": {"htmlLabels": false},
        "class": {"htmlLabels": false},
        "state": {"htmlLabels": false},
        "fontFamily": "system-ui, sans-serif",
    }));
    let renderer = Renderer::new()
        .with_presentation_engine(MermaidEngine::new().with_site_config(settings))
        .with_parse_options(ParseOptions::strict());
    let bounds = RenderResourcePolicy::for_profile(RenderResourceProfile::Constrained);
    let request = SvgRequest {
        environment: SvgEnvironment::deterministic().with_resource_policy(bounds),
        ..SvgRequest::default()
    };
    let request = RenderRequest::svg(source, OperationControl::new(), request);
    match renderer.render(request) {
        Ok(RenderOutput::Svg(Some(svg))) => Ok(svg.svg().to_owned()),
        Ok(_) | Err(RenderError::NoDiagram) => Err(Fault::UnknownKind),
        Err(RenderError::Parse(told)) => {
            let about = told.terminal_diagnostic_details();
            if about.code != "merman.parse.diagram_parse" {
                return Err(Fault::UnknownKind);
            }
            let message = told.terminal_safe_message();
            // Mermaid itself draws no more than 500 lines between boxes.
            if message.contains("limit") {
                return Err(Fault::TooLarge);
            }
            let place = about.span.map(|span| span.start..span.end);
            let quoted = || quoted(source, &message);
            Err(Fault::Syntax(place.or_else(quoted)))
        }
        Err(RenderError::ResourceLimitExceeded(_)) => Err(Fault::TooLarge),
        Err(_) => Err(Fault::Syntax(None)),
    }
}

/// The place of what a message quotes at its end, where the library gives no place of its own.
fn quoted(source: &str, message: &str) -> Option<Range<usize>> {
    let ends = message
        .match_indices(':')
        .map(|(at, _)| message[at + 1..].trim());
    let found = ends.filter(|quoted| !quoted.is_empty());
    found
        .filter_map(|quoted| source.find(quoted).map(|at| at..at + quoted.len()))
        .next()
}

/// How deep blocks stand in blocks, by words that open and close them and by brackets.
fn depth(source: &str) -> usize {
    let (mut deepest, mut blocks) = (0, 0_usize);
    for (_, line) in settings::lines(source) {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("end" | "}") => blocks = blocks.saturating_sub(1),
            Some(
                "subgraph" | "alt" | "loop" | "opt" | "par" | "critical" | "break" | "rect" | "box",
            ) => {
                blocks += 1;
            }
            _ if line.trim_end().ends_with('{') => blocks += 1,
            _ => {}
        }
        let mut brackets = 0_usize;
        for letter in line.chars() {
            match letter {
                '(' | '[' | '{' => brackets += 1,
                ')' | ']' | '}' => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(blocks + brackets);
        }
    }
    deepest
}
