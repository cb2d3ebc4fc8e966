//! Diagrams in fences: drawn while the text is read, so that `check` tells what is wrong with them at their own lines.

use super::Builder;
use crate::markdown::Part;
use crate::markdown::code::Block;
use crate::markdown::diagram::Diagram;
use crate::markdown::tokens::Token;

impl Builder<'_> {
    /// A diagram, with the tokens of its text.
    #[cfg(not(feature = "mermaid"))]
    pub(super) fn diagram(&mut self, block: Block, _: &[Token<'_>]) -> Part {
        self.diagrams += 1;
        Part::Diagram(Box::new(Diagram::undrawn(block)))
    }

    /// A diagram, with the tokens of its text. What nobody is told of is not drawn: it is only compared.
    #[cfg(feature = "mermaid")]
    pub(super) fn diagram(&mut self, block: Block, tokens: &[Token<'_>]) -> Part {
        self.diagrams += 1;
        if self.file.is_none() {
            return Part::Diagram(Box::new(Diagram::undrawn(block)));
        }
        let (diagram, findings) = Diagram::drawn(block, self.diagrams);
        let lines = self.lines_of(tokens);
        for finding in findings {
            let place = in_body(&finding.place, &lines);
            self.report(finding.rule, &place, finding.message, finding.help);
        }
        Part::Diagram(Box::new(diagram))
    }

    /// Where each line of a fence's text starts, in the text without `\r` and in the body.
    #[cfg(feature = "mermaid")]
    fn lines_of(&self, tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
        let (mut lines, mut length, mut is_start) = (Vec::new(), 0, true);
        for (event, place) in tokens {
            let pulldown_cmark::Event::Text(text) = event else {
                continue;
            };
            let verbatim = self.is_verbatim(text, place);
            let mut at = place.start;
            for piece in text.split_inclusive('\n') {
                if is_start {
                    lines.push((length, at));
                }
                length += piece.bytes().filter(|byte| *byte != b'\r').count();
                at += if verbatim { piece.len() } else { 0 };
                is_start = piece.ends_with('\n');
            }
        }
        lines
    }
}

/// The place in the body of a place in the text of a fence.
#[cfg(feature = "mermaid")]
fn in_body(place: &std::ops::Range<usize>, lines: &[(usize, usize)]) -> std::ops::Range<usize> {
    let offset = |at: usize| {
        let line = lines.iter().rev().find(|(start, _)| *start <= at);
        line.map_or(0, |(start, body)| body + at - start)
    };
    offset(place.start)..offset(place.end)
}
