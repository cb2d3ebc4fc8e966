//! The number of the merge or pull request that a commit's message names, as forges write it.

/// The number in a message, from its first line and the rest; `None` where no forge wrote one.
///
/// | Forge | Where |
/// | --- | --- |
/// | GitLab | a line `See merge request group/project!12` |
/// | GitHub | `Merge pull request #12 from …`; squashed, `… (#12)` at the end of the first line |
/// | Gitea, Forgejo | `Merge pull request 'title' (#12) from …`; squashed, as GitHub |
/// | Azure DevOps | `Merged PR 12: …` |
/// | Bitbucket | `Merged in branch (pull request #12)`; Data Center, `Pull request #12: …` |
pub fn request_number(summary: &str, body: &str) -> Option<u32> {
    after(summary, "Merge pull request #")
        .or_else(|| after(summary, "Merged PR "))
        .or_else(|| after(summary, "Pull request #"))
        .or_else(|| gitea(summary))
        .or_else(|| body.lines().rev().find_map(gitlab))
        .or_else(|| closing(summary))
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

/// `title (#12)` or `title (pull request #12)`.
fn closing(summary: &str) -> Option<u32> {
    let inside = summary.trim_end().strip_suffix(')')?;
    let (_, inside) = inside.rsplit_once('(')?;
    let digits = inside.strip_prefix("pull request ").unwrap_or(inside);
    number(digits.strip_prefix('#')?)
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
    use super::request_number;

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
            assert_eq!(request_number(summary, body), Some(expected), "{summary}");
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
