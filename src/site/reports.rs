//! The pages that no author wrote (reviews, plans, coverages), as the search knows them: an address, a title, and
//! the words of their headings.
//!
//! Their words are labels of the theme, so that what is found is what a reader reads there.

use crate::database;
use crate::estate::topology::{FILTERING, PAGE as TOPOLOGY, PATCHING, RACKS, WIRELESS};
use crate::estate::{
    accounts, backups, deadlines, desk, finance as estate_finance, fleet as estate_fleet, impact,
    network, physical_inventory, quality, rights,
};
use crate::site::Site;
use crate::site::address::page_path;
use crate::site::labels::Labels;
use crate::site::pages::{change_calendar, finance, questions};

/// A page about many records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// From the site's root.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The name of a question; empty for other pages.
    pub id: String,
    /// Other words by which people look for it.
    pub words: Vec<String>,
    /// What it answers, and its headings, a line each.
    pub text: String,
}

/// The pages beside those about money and the life-cycle: address, label of the title, labels of headings and notes.
const REPORTS: [(&str, &str, &[&str]); 18] = [
    (
        accounts::PAGE,
        "accounts-review",
        &[
            "accounts-by-type",
            "accounts-by-directory",
            "accounts-to-do",
            "accounts-mfa",
            "accounts-mfa-weak",
            "accounts-mfa-groups",
        ],
    ),
    (
        backups::PAGE,
        "backup-coverage",
        &[
            "backup-unprotected",
            "backup-late",
            "backup-unjudged",
            "backup-untested",
            "backup-by-target",
            "backup-by-job",
        ],
    ),
    (change_calendar::URL, "change-calendar", &[]),
    (deadlines::PAGE, "deadlines-all", &[]),
    ("deadlines/calendar/", "deadlines-calendar", &[]),
    (desk::PAGE, "desk-statistics", &[]),
    (FILTERING, "filtering", &[]),
    ("history/", "history", &[]),
    (impact::PAGE, "impact-services-page", &[]),
    (
        "licences/positions/",
        "licence-positions",
        &["licence-over", "licence-expired", "licence-soon"],
    ),
    (network::PAGE, "addressing-plan", &[]),
    (PATCHING, "patching", &[]),
    (
        physical_inventory::PAGE,
        "inventory-title",
        &["inventory-by-site"],
    ),
    (quality::PAGE, "quality", &[]),
    (
        questions::URL,
        "data",
        &["questions-own", "questions-ready"],
    ),
    (RACKS, "racks", &[]),
    (rights::PAGE, "rights-matrix", &[]),
    (WIRELESS, "wireless", &[]),
];

/// What people type for a page whose title has other words: address, label.
const WORDS: [(&str, &str); 5] = [
    (deadlines::PAGE, "deadlines-words"),
    (desk::PAGE, "desk-words"),
    (estate_fleet::PAGE, "fleet-words"),
    ("licences/positions/", "licence-positions-words"),
    (estate_finance::RENEWALS, "ledger-renewals-words"),
];

impl Site {
    /// The reports that the site has, in its own language, by address.
    pub fn reports(&self) -> Vec<Report> {
        let labels = self.templates(self.estate.config.language).labels();
        let report = |url: &str, title: &str, words: &[&str]| {
            let texts: Vec<String> = words.iter().map(|key| word(labels, key)).collect();
            let others = WORDS.iter().filter(|(page, _)| *page == url);
            Report {
                url: url.to_owned(),
                title: word(labels, title),
                id: String::new(),
                words: others.map(|(_, key)| word(labels, key)).collect(),
                text: texts.join("\n"),
            }
        };
        let others = REPORTS.iter();
        let others = others.map(|(url, title, words)| report(url, title, words));
        let ledgers = finance::Ledger::ALL.into_iter().map(|ledger| {
            let headings = ledger.tables().iter().map(|(_, label)| *label);
            let words: Vec<&str> = std::iter::once(ledger.lead()).chain(headings).collect();
            report(ledger.url(), ledger.title(), &words)
        });
        let map = report(TOPOLOGY, "topology", &[]);
        let mut all: Vec<Report> = others.chain(ledgers).chain([map]).collect();
        all.extend(self.questions());
        all.retain(|report| self.outputs.contains_key(&page_path(&report.url)));
        all.sort_by(|one, other| one.url.cmp(&other.url));
        all
    }

    /// The questions that have a page, in the site's own language.
    fn questions(&self) -> impl Iterator<Item = Report> {
        let language = self.estate.config.language;
        let all = database::questions(&self.estate).into_iter();
        all.map(move |question| Report {
            url: questions::url(question.name),
            title: question.title(language).to_owned(),
            id: question.name.to_owned(),
            words: question
                .words(language)
                .map(str::to_owned)
                .into_iter()
                .collect(),
            text: question.note(language).unwrap_or_default().to_owned(),
        })
    }
}

/// A label's words; its key, where a theme has none.
fn word(labels: &Labels, key: &str) -> String {
    plain(labels.get(key).unwrap_or(key))
}

/// A label without the places that a page fills in, in the singular.
fn plain(label: &str) -> String {
    let label = label.split('|').next().unwrap_or(label);
    let mut out = String::new();
    let mut rest = label;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn places_that_a_page_fills_in_are_no_words() {
        assert_eq!(plain("Au {day} : {n} compte|{n} comptes"), "Au  :  compte");
        assert_eq!(plain("Revue des comptes"), "Revue des comptes");
        assert_eq!(plain("ouvert {"), "ouvert ");
    }
}
