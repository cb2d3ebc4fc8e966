//! From what each commit touched to the log of each thing, across renames: of files by their paths,
//! of records by their names.
//!
//! Commits are visited from the newest. Each hands its parents the names that things have today:
//! where a rename lies between them, the parent's old name leads to today's name. Names are kept
//! per commit and not for the whole walk, so an edit made on one branch to a file that another
//! branch renamed is found too.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use super::commits::Commit;

/// For a name at some commit, those its bearer has today. One that is not listed was kept; one
/// with an empty list belongs to something that today's bearer of that name replaced.
type Today = BTreeMap<u32, Vec<u32>>;

/// What a commit did, in names.
pub(super) struct Step<N> {
    /// What it touched, with a number of the caller's.
    pub(super) touched: Vec<(N, u32)>,
    /// For each parent, old and new names of what was renamed on the way from there.
    pub(super) renames: Vec<Vec<(N, N)>>,
}

/// Numbers for names, so that each is stored once.
struct Names<N> {
    numbers: HashMap<N, u32>,
    names: Vec<N>,
}

impl<N: Clone + Eq + Hash> Names<N> {
    fn number(&mut self, name: &N) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).expect("fewer than 2^32 names fit in memory");
        self.numbers.insert(name.clone(), number);
        self.names.push(name.clone());
        number
    }
}

/// The log of each thing by its last name: the places of the commits that touched it and the
/// numbers given there, newest first.
pub(super) fn follow<N: Clone + Ord + Hash>(
    commits: &[Commit],
    step: impl Fn(usize) -> Step<N>,
) -> BTreeMap<N, Vec<(u32, u32)>> {
    let mut names = Names {
        numbers: HashMap::new(),
        names: Vec::new(),
    };
    let mut logs: Vec<Vec<(u32, u32)>> = Vec::new();
    let mut waiting: Vec<Option<Arc<Today>>> = vec![None; commits.len()];
    for (place, commit) in (0_u32..).zip(commits) {
        let today = waiting[place as usize].take().unwrap_or_default();
        let step = step(place as usize);
        for (name, number) in &step.touched {
            let name = names.number(name);
            let own = [name];
            let bearers = today.get(&name).map_or(&own[..], Vec::as_slice);
            for bearer in bearers {
                let bearer = *bearer as usize;
                if logs.len() <= bearer {
                    logs.resize_with(bearer + 1, Vec::new);
                }
                if logs[bearer].last() != Some(&(place, *number)) {
                    logs[bearer].push((place, *number));
                }
            }
        }
        hand_on(&mut names, &mut waiting, today, (commit, &step.renames));
    }
    let logs = names.names.into_iter().zip(logs);
    logs.filter(|(_, log)| !log.is_empty()).collect()
}

/// Gives each parent of a commit its names, joined with those from its other children.
fn hand_on<N: Clone + Eq + Hash>(
    names: &mut Names<N>,
    waiting: &mut [Option<Arc<Today>>],
    today: Arc<Today>,
    (commit, renames): (&Commit, &[Vec<(N, N)>]),
) {
    let mut last = Some(today);
    for (index, parent) in commit.parents.iter().enumerate() {
        let more = index + 1 < commit.parents.len();
        let Some(today) = (if more { last.clone() } else { last.take() }) else {
            return;
        };
        let renames = renames.get(index).map_or(&[][..], Vec::as_slice);
        let given = before(names, today, renames);
        let slot = &mut waiting[*parent as usize];
        *slot = Some(match slot.take() {
            None => given,
            Some(other) if Arc::ptr_eq(&other, &given) || other == given => other,
            Some(other) => Arc::new(join(&other, &given)),
        });
    }
}

/// The names as they stand before a step with these renames.
fn before<N: Clone + Eq + Hash>(
    names: &mut Names<N>,
    mut today: Arc<Today>,
    renames: &[(N, N)],
) -> Arc<Today> {
    if renames.is_empty() {
        return today;
    }
    let mut steps = Vec::with_capacity(renames.len());
    for (old, new) in renames {
        let (old, new) = (names.number(old), names.number(new));
        let bearers = today.get(&new).cloned().unwrap_or_else(|| vec![new]);
        steps.push((old, new, bearers));
    }
    let map = Arc::make_mut(&mut today);
    for (_, new, _) in &steps {
        map.insert(*new, Vec::new());
    }
    for (old, _, bearers) in steps {
        map.insert(old, bearers);
    }
    today
}

fn join(one: &Today, other: &Today) -> Today {
    let mut joined = Today::new();
    for path in one.keys().chain(other.keys()) {
        joined.entry(*path).or_insert_with(|| {
            let mut names = Vec::new();
            for side in [one, other] {
                match side.get(path) {
                    Some(listed) => names.extend(listed),
                    None => names.push(*path),
                }
            }
            names.sort_unstable();
            names.dedup();
            names
        });
    }
    joined
}
