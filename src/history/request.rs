//! The number of the merge or pull request that a commit's message names, as forges write it.
//!
//! A forge's page is only for a number that the same forge wrote: `(#12)` is a pull request on
//! GitHub, and an issue on GitLab.

use super::{Commit, Flavour, Forge};

/// The number of a request, and how it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestNumber {
    /// Above 0.
    pub number: u32,
    /// Who writes it so.
    pub mark: RequestMark,
}

/// How the number of a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestMark {
    /// `!12`: GitLab.
    Exclamation,
    /// `Merge pull request #12`: GitHub, Gitea.
    PullRequest,
    /// `(#12)` at the end of a subject: a request on GitHub and Gitea, an issue on GitLab.
    Closing,
    /// In words, with no page known: Azure DevOps, Bitbucket.
    Words,
}

/// A request as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ShownRequest {
    /// Its number.
    pub number: u32,
    /// As its forge writes it: `!42`, `#42`.
    pub name: String,
    /// Its page, where that is known.
    pub url: Option<String>,
}

impl Commit {
    /// The request that brought it in, where the forge of the project would have written it so.
    pub fn request_on(&self, forge: Option<&Forge>) -> Option<ShownRequest> {
        let RequestNumber { number, mark } = self.request?;
        let flavour = forge.and_then(|forge| forge.flavour);
        let fits = match flavour {
            Some(Flavour::GitLab) => {
                matches!(mark, RequestMark::Exclamation | RequestMark::Words)
            }
            Some(Flavour::GitHub | Flavour::Gitea) => mark != RequestMark::Exclamation,
            None => mark != RequestMark::Closing,
        };
        let sign = match mark {
            RequestMark::Exclamation => '!',
            RequestMark::PullRequest | RequestMark::Closing | RequestMark::Words => '#',
        };
        let forge = forge.filter(|_| mark != RequestMark::Words);
        fits.then(|| ShownRequest {
            number,
            name: format!("{sign}{number}"),
            url: forge.and_then(|forge| forge.request_url(number)),
        })
    }
}

/// The number in a message, from its first line and the rest; `None` where no forge wrote one.
///
/// | Forge | Where |
/// | --- | --- |
/// | GitLab | a line `See merge request group/project!12`; `(!12)` in the first line |
/// | GitHub | `Merge pull request #12 from …`; squashed, `… (#12)` at the end of the first line |
/// | Gitea, Forgejo | `Merge pull request 'title' (#12) from …`; squashed, as GitHub |
/// | Azure DevOps | `Merged PR 12: …` |
/// | Bitbucket | `Merged in branch (pull request #12)`; Data Center, `Pull request #12: …` |
pub fn request_number(summary: &str, body: &str) -> Option<RequestNumber> {
    let marked = |mark| move |number| RequestNumber { number, mark };
    let pull = after(summary, "Merge pull request #").or_else(|| gitea(summary));
    let gitlab = || body.lines().rev().find_map(gitlab);
    let words = || after(summary, "Merged PR ").or_else(|| after(summary, "Pull request #"));
    pull.map(marked(RequestMark::PullRequest))
        .or_else(|| words().map(marked(RequestMark::Words)))
        .or_else(|| gitlab().map(marked(RequestMark::Exclamation)))
        .or_else(|| in_brackets(summary).map(marked(RequestMark::Exclamation)))
        .or_else(|| closing(summary, "(pull request #").map(marked(RequestMark::Words)))
        .or_else(|| closing(summary, "(#").map(marked(RequestMark::Closing)))
}

/// The number right after an opening.
fn after(summary: &str, opening: &str) -> Option<u32> {
    number(summary.strip_prefix(opening)?).map(|(number, _)| number)
}

/// `Merge pull request 'title' (#12) from branch into main`; a title may hold anything.
fn gitea(summary: &str) -> Option<u32> {
    let rest = summary.strip_prefix("Merge pull request '")?;
    rest.match_indices("' (#").last().and_then(|(at, opening)| {
        let (number, rest) = number(&rest[at + opening.len()..])?;
        rest.starts_with(") from ").then_some(number)
    })
}

fn gitlab(line: &str) -> Option<u32> {
    let name = line.trim().strip_prefix("See merge request ")?;
    let (_, digits) = name.rsplit_once('!')?;
    number(digits)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(number, _)| number)
}

/// `title (!12)`, also before other words; the last one counts.
fn in_brackets(summary: &str) -> Option<u32> {
    let all = summary.match_indices("(!");
    let numbers = all.filter_map(|(at, opening)| {
        let (number, rest) = number(&summary[at + opening.len()..])?;
        rest.starts_with(')').then_some(number)
    });
    numbers.last()
}

/// `title (#12)` or `title (pull request #12)`.
fn closing(summary: &str, opening: &str) -> Option<u32> {
    let inside = summary.trim_end().strip_suffix(')')?;
    let (_, digits) = inside.rsplit_once(opening)?;
    number(digits)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(number, _)| number)
}

/// The number that a text begins with, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    let number = digits.parse().ok().filter(|number| *number > 0)?;
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Changes;

    /// Whether a message's request is shown, and how, for each flavour and for none.
    fn shown(summary: &str, body: &str) -> String {
        let commit = Commit {
            id: "0".repeat(40),
            author: String::new(),
            when: jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC),
            summary: summary.to_owned(),
            body: body.to_owned(),
            files: 1,
            changes: Changes::default(),
            request: request_number(summary, body),
        };
        let flavours = [Flavour::GitLab, Flavour::GitHub, Flavour::Gitea];
        let flavours = flavours.map(Some).into_iter().chain([None]);
        let told = flavours.map(|flavour| {
            let base = String::new();
            let told = commit.request_on(Some(&Forge { base, flavour }));
            told.map_or_else(
                || "-".to_owned(),
                |told| told.name + &told.url.unwrap_or_default(),
            )
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_number_is_for_the_forge_that_writes_it_so() {
        for (summary, body, expected) in [
            ("Ajoute (#15)", "", "- #15/pull/15 #15/pulls/15 -"),
            ("Ajoute (!42)", "", "!42/-/merge_requests/42 - - !42"),
            (
                "Ajoute (!42) et finit",
                "",
                "!42/-/merge_requests/42 - - !42",
            ),
            (
                "Ajoute (#15)",
                "See merge request it/parc!42",
                "!42/-/merge_requests/42 - - !42",
            ),
            (
                "Merge pull request #12 from zoe/vlan",
                "",
                "- #12/pull/12 #12/pulls/12 #12",
            ),
            ("Merged PR 17: VLAN", "", "#17 #17 #17 #17"),
        ] {
            assert_eq!(shown(summary, body), expected, "{summary}");
        }
    }

    #[test]
    fn every_forge_is_understood() {
        for (summary, body, expected) in [
            ("Merge pull request #12 from zoe/vlan", "VLAN", 12),
            ("Ajoute le VLAN 40 (#13)", "", 13),
            (
                "Merge pull request 'Le « (#9) »' (#14) from vlan into main",
                "",
                14,
            ),
            (
                "Merge branch 'vlan' into 'main'",
                "VLAN 40\n\nCloses #3\n\nSee merge request it/parc!15",
                15,
            ),
            (
                "Merge branch 'vlan' into 'main'",
                "See merge request !16",
                16,
            ),
            ("Merged PR 17: VLAN 40", "", 17),
            ("Merged in vlan (pull request #18)", "", 18),
            ("Pull request #19: VLAN 40", "", 19),
        ] {
            let found = request_number(summary, body).map(|request| request.number);
            assert_eq!(found, Some(expected), "{summary}");
        }
    }

    #[test]
    fn other_numbers_are_no_request() {
        for (summary, body) in [
            ("Corrige #12", ""),
            ("Corrige (#12) et (#13) plus tard", ""),
            (
                "Merge branch 'vlan'",
                "voir merge request it/parc!15 demain",
            ),
            ("Merge pull request #", ""),
            ("Ajoute (#0)", ""),
            ("Ajoute (#99999999999)", ""),
            ("Merged PR : VLAN", ""),
        ] {
            assert_eq!(request_number(summary, body), None, "{summary}");
        }
    }
}
