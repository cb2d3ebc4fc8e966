//! What a merge request brings, as Markdown for the forge's page of it: findings new and mended, pages, and records
//! field by field. Long parts are folded and cut, and nothing of the content acts (see [`super::inert`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::changelog::Differences;
use crate::changelog::inert::{cell, span};
use crate::changelog::words::{colon, others, say};
use crate::diagnostic::{Compared, Diagnostic, level_name};
use crate::estate::Estate;
use crate::fold::case_fold;
use crate::history::What;

/// Bytes of the whole, as [`Differences::markdown`] has them: what a comment on GitHub may have.
const LONGEST: usize = 60_000;
/// Bytes of findings and pages; what is left is for records.
const LONGEST_OWN: usize = 36_000;
/// Rows of one list.
const ROWS: usize = 50;
/// Characters of one value.
const LONGEST_VALUE: usize = 200;

/// A merge request in a few lists.
#[derive(Debug, Clone)]
pub struct RequestSummary<'r> {
    findings: &'r Compared,
    differences: &'r Differences,
    pages: Pages,
}

/// Pages of the site by their addresses, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pages {
    added: Vec<String>,
    changed: Vec<String>,
    removed: Vec<String>,
}

impl<'r> RequestSummary<'r> {
    /// Puts together what is known; `pages` are the paths of the site's files, before and after.
    pub fn new(
        estate: &Estate,
        findings: &'r Compared,
        differences: &'r Differences,
        (before, after): (BTreeSet<String>, BTreeSet<String>),
    ) -> Self {
        let only = |some: &BTreeSet<String>, others: &BTreeSet<String>| {
            let found = some.difference(others);
            found.filter_map(|path| address(path)).collect()
        };
        let urls: BTreeMap<_, &str> = estate
            .records()
            .iter()
            .map(|record| {
                let (kind, source) = (record.kind().name.as_str(), &record.source);
                let key = (kind, case_fold(&source.id), source.language);
                (key, record.url.as_str())
            })
            .collect();
        // A page shows what others say, too; what it says itself is what a reviewer looks at.
        let changed: BTreeSet<String> = differences
            .that_were(What::Changed)
            .filter_map(|told| urls.get(&(told.kind.as_str(), case_fold(&told.id), told.language)))
            .map(|url| format!("/{}", url.trim_matches('/')))
            .collect();
        let added: Vec<String> = only(&after, &before);
        let changed = changed.into_iter().filter(|page| {
            let page = page.trim_end_matches('/');
            !added
                .iter()
                .any(|other| other.trim_end_matches('/') == page)
        });
        let pages = Pages {
            changed: changed.collect(),
            removed: only(&before, &after),
            added,
        };
        Self {
            findings,
            differences,
            pages,
        }
    }

    /// The summary, at most 60,000 bytes.
    pub fn markdown(&self) -> String {
        let language = self.differences.language;
        let (new, mended) = (&self.findings.new, &self.findings.mended);
        let heading = say(language, "Vérification", "Check");
        let counts = [
            (say(language, "nouveaux", "new"), new.len()),
            (say(language, "corrigés", "mended"), mended.len()),
            (say(language, "anciens", "old"), self.findings.old),
        ];
        let counts = counts.map(|(word, count)| format!("{word}{}{count}", colon(language)));
        let problems = say(language, "Problèmes", "Findings");
        let mut out = format!("## {heading}\n\n{problems} · {}\n", counts.join(" · "));
        let title = say(language, "Problèmes nouveaux", "New findings");
        self.findings(&mut out, (title, true), new);
        let title = say(language, "Problèmes corrigés", "Mended findings");
        self.findings(&mut out, (title, false), mended);
        let Pages {
            added,
            changed,
            removed,
        } = &self.pages;
        for (title, pages) in [
            (say(language, "Pages modifiées", "Changed pages"), changed),
            (say(language, "Pages ajoutées", "Added pages"), added),
            (say(language, "Pages retirées", "Removed pages"), removed),
        ] {
            let rows = pages
                .iter()
                .map(|page| format!("- {}\n", span(page, LONGEST_VALUE)));
            self.folded(&mut out, (title, false), "", &rows.collect::<Vec<_>>());
        }
        out.push('\n');
        let rest = LONGEST - out.len();
        out.push_str(&self.differences.markdown_within(rest, ROWS));
        out
    }

    fn findings(&self, out: &mut String, title: (&str, bool), findings: &[Diagnostic]) {
        let language = self.differences.language;
        let rows = findings.iter().map(|found| {
            let level = level_name(found.severity, language);
            let line = found.span.as_ref().map(|span| span.place().line);
            let line = line.map_or_else(String::new, |line| format!(":{line}"));
            let place = span(&format!("{}{line}", found.path), LONGEST_VALUE).replace('|', "\\|");
            let message = cell(found.message.get(language), LONGEST_VALUE);
            format!(
                "| {level} | `{}` | {place} | {message} |\n",
                found.rule.name
            )
        });
        let head = say(
            language,
            "| Niveau | Règle | Où | Problème |\n| --- | --- | --- | --- |\n",
            "| Level | Rule | Where | Finding |\n| --- | --- | --- | --- |\n",
        );
        self.folded(out, title, head, &rows.collect::<Vec<_>>());
    }

    /// A list that is folded, or open from the start, with as many rows as may be.
    fn folded(&self, out: &mut String, (title, open): (&str, bool), head: &str, rows: &[String]) {
        if rows.is_empty() {
            return;
        }
        let open = if open { " open" } else { "" };
        let count = rows.len();
        let _ = write!(
            out,
            "\n<details{open}>\n<summary>{title} ({count})</summary>\n\n{head}"
        );
        let mut shown = 0;
        for row in rows.iter().take(ROWS) {
            if out.len() + row.len() > LONGEST_OWN {
                break;
            }
            out.push_str(row);
            shown += 1;
        }
        if shown < count {
            let _ = writeln!(
                out,
                "\n{}",
                others(count - shown, self.differences.language)
            );
        }
        out.push_str("\n</details>\n");
    }
}

/// The address of a page by its file; `None` for what is no page.
fn address(path: &str) -> Option<String> {
    let page = path.strip_suffix("index.html");
    let page = page.or_else(|| path.strip_suffix(".html").map(|_| path));
    page.map(|page| format!("/{}", page.trim_end_matches('/')))
}
