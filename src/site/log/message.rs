//! The rest of a commit's message: what its author explains beyond the subject, without the lines
//! that are for programs.

use super::alteration::shorten;

/// Letters of it that a page shows; the commit itself is a click away.
const MOST: usize = 800;

/// A message's body as a page shows it, folded; empty where nothing is left. Lines such as
/// `Signed-off-by` are left out, as is the reference to a merge request, which is shown as a link.
pub(super) fn rest(body: &str) -> String {
    let paragraphs = body.split("\n\n").filter_map(|paragraph| {
        let lines: Vec<&str> = paragraph.lines().map(str::trim_end).collect();
        let all = lines.iter().all(|line| is_trailer(line));
        let kept = lines
            .into_iter()
            .filter(|line| !(all || is_signature(line) || is_request(line)));
        let kept = kept.collect::<Vec<_>>().join("\n");
        let kept = kept.trim_matches('\n');
        (!kept.trim().is_empty()).then(|| kept.to_owned())
    });
    shorten(&paragraphs.collect::<Vec<_>>().join("\n\n"), MOST)
}

/// The key of `Key-of-words: value`.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(": ")?;
    let is_key = key.contains('-')
        && key
            .chars()
            .all(|letter| letter.is_ascii_alphabetic() || letter == '-');
    is_key.then_some(key)
}

/// A line that may stand in a paragraph of trailers: `Change-Id: …`.
fn is_trailer(line: &str) -> bool {
    key(line).is_some() || line.starts_with("(cherry picked from commit ")
}

/// Who signed, wrote with the author, reviewed: `Co-authored-by: …`, wherever it stands.
fn is_signature(line: &str) -> bool {
    key(line).is_some_and(|key| key.to_ascii_lowercase().ends_with("-by"))
}

/// What GitLab adds to the message of a merge.
fn is_request(line: &str) -> bool {
    line.starts_with("See merge request ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explanations_stay_and_trailers_go() {
        let body = "Le bail finit en mars.\nAttention: deux prises.\n\n\n- une\n- deux\n\n\
                    Signed-off-by: Zoé Martin\nCo-authored-by: Karim Benali\n\n\
                    See merge request it/parc!42";
        assert_eq!(
            rest(body),
            "Le bail finit en mars.\nAttention: deux prises.\n\n- une\n- deux"
        );
        let mixed = "Fin.\nReviewed-by: Zoé\nSous-titre: gardé";
        assert_eq!(rest(mixed), "Fin.\nSous-titre: gardé");
        assert_eq!(rest("Change-Id: I123\n(cherry picked from commit abc)"), "");
        assert_eq!(rest("See merge request it/parc!42"), "");
    }

    #[test]
    fn a_long_body_is_cut() {
        let shown = rest(&"mot ".repeat(400));
        assert!(shown.ends_with("mot…"), "{shown}");
        assert!(shown.chars().count() <= MOST + 1);
    }
}
