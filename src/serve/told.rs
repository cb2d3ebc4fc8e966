//! What the terminal is told of each build: once all rules were asked, or when a newer build takes its place.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::diagnostic::{Diagnostic, Text};
use crate::serve::{Event, Surroundings};

/// What was told, and what is still to be.
#[derive(Debug, Default)]
pub(super) struct Told {
    findings: Vec<Diagnostic>,
    next: Option<Next>,
}

/// A build that is shown.
#[derive(Debug)]
struct Next {
    elapsed: Duration,
    /// How many files had changed; `None` when all were read.
    files: Option<usize>,
    /// Whether its rules are being asked.
    asked: bool,
}

impl Told {
    /// A build that began then is shown.
    pub(super) fn begin(&mut self, started: Instant, files: Option<usize>) {
        self.next = Some(Next {
            elapsed: started.elapsed(),
            files,
            asked: false,
        });
    }

    /// Whether the rules about the whole are still to be asked.
    pub(super) fn is_unasked(&self) -> bool {
        self.next.as_ref().is_some_and(|next| !next.asked)
    }

    /// The rules are being asked.
    pub(super) fn ask(&mut self) {
        if let Some(next) = &mut self.next {
            next.asked = true;
        }
    }

    /// Tells of the build, unless it was told of, and which of its findings are new. One that only moved to another
    /// line is not.
    pub(super) fn tell(&mut self, diagnostics: &[Diagnostic], surroundings: &dyn Surroundings) {
        let Some(Next { elapsed, files, .. }) = self.next.take() else {
            return;
        };
        let known: BTreeSet<_> = self.findings.iter().map(name).collect();
        let all = diagnostics.iter();
        let fresh: Vec<Diagnostic> = all
            .filter(|diagnostic| !known.contains(&name(diagnostic)))
            .cloned()
            .collect();
        surroundings.report(Event::Built {
            elapsed,
            files,
            diagnostics,
            fresh: &fresh,
        });
        self.findings = diagnostics.to_vec();
    }
}

/// What a finding says, wherever in its file.
fn name(diagnostic: &Diagnostic) -> (&str, &str, &Text) {
    let rule = diagnostic.rule.name;
    (&diagnostic.path, rule, &diagnostic.message)
}
