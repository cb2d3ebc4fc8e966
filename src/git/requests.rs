//! Which merge or pull request brought a commit in: its own message tells, or that of the merge
//! through which alone it was reached.

use super::commits::Commit;
use crate::history::{RequestMark, request_number};

/// Gives each commit its number. `commits` are in their order, the one that is checked out first.
pub(super) fn number(commits: &mut [Commit]) {
    for commit in commits.iter_mut() {
        commit.said.request = request_number(&commit.said.summary, &commit.said.body);
    }
    let mut line = Vec::new();
    let mut next = (!commits.is_empty()).then_some(0_u32);
    while let Some(place) = next {
        line.push(place);
        next = commits[place as usize].parents.first().copied();
    }
    // From the oldest: what an older commit of the line reaches was there before the merge.
    let mut seen = vec![false; commits.len()];
    for place in line.into_iter().rev() {
        seen[place as usize] = true;
        let number = commits[place as usize].said.request;
        let mut ahead: Vec<u32> = commits[place as usize].parents[..]
            .iter()
            .skip(1)
            .copied()
            .collect();
        while let Some(place) = ahead.pop() {
            if std::mem::replace(&mut seen[place as usize], true) {
                continue;
            }
            let commit = &mut commits[place as usize];
            let own = commit.said.request;
            // Beside a merge of GitLab's, `(#12)` is an issue.
            let is_issue = own.is_some_and(|own| own.mark == RequestMark::Closing)
                && number.is_some_and(|number| number.mark == RequestMark::Exclamation);
            commit.said.request = if is_issue { number } else { own.or(number) };
            ahead.extend(&commit.parents);
        }
    }
}
