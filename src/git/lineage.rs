//! From what each commit touched to the log of each file, across renames.
//!
//! Commits are visited from the newest. Each hands its parents the names that files have today:
//! where a rename lies between them, the parent's old name leads to today's name. Names are kept
//! per commit and not for the whole walk, so an edit made on one branch to a file that another
//! branch renamed is found too.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::commits::Commit;
use super::renames::Rename;
use super::touched::Touched;

/// For a path at some commit, the names its file has today. A path that is not listed has kept
/// its name; one with an empty list belongs to a file that today's one of that name replaced.
type Today = BTreeMap<u32, Vec<u32>>;

/// Numbers for paths, so that each is stored once.
#[derive(Default)]
struct Paths<'p> {
    numbers: HashMap<&'p str, u32>,
    names: Vec<&'p str>,
}

impl<'p> Paths<'p> {
    fn number(&mut self, path: &'p str) -> u32 {
        *self.numbers.entry(path).or_insert_with(|| {
            self.names.push(path);
            u32::try_from(self.names.len() - 1).expect("fewer than 2^32 paths fit in memory")
        })
    }
}

/// For each path, by its last name, the places of the commits that touched it, newest first.
pub(super) fn by_path(commits: &[Commit], touched: &[Touched]) -> BTreeMap<String, Vec<u32>> {
    let mut paths = Paths::default();
    let mut logs: Vec<Vec<u32>> = Vec::new();
    let mut waiting: Vec<Option<Arc<Today>>> = vec![None; commits.len()];
    for (place, (commit, touched)) in (0_u32..).zip(commits.iter().zip(touched)) {
        let today = waiting[place as usize].take().unwrap_or_default();
        for path in &touched.paths {
            let path = paths.number(path);
            let own = [path];
            let names = today.get(&path).map_or(&own[..], Vec::as_slice);
            for name in names {
                let name = *name as usize;
                if logs.len() <= name {
                    logs.resize_with(name + 1, Vec::new);
                }
                if logs[name].last() != Some(&place) {
                    logs[name].push(place);
                }
            }
        }
        hand_on(&mut paths, &mut waiting, today, (commit, touched));
    }
    let logs = paths.names.iter().zip(logs);
    logs.filter(|(_, log)| !log.is_empty())
        .map(|(name, log)| ((*name).to_owned(), log))
        .collect()
}

/// Gives each parent of a commit its names, joined with those from its other children.
fn hand_on<'p>(
    paths: &mut Paths<'p>,
    waiting: &mut [Option<Arc<Today>>],
    today: Arc<Today>,
    (commit, touched): (&Commit, &'p Touched),
) {
    let mut last = Some(today);
    for (index, parent) in commit.parents.iter().enumerate() {
        let more = index + 1 < commit.parents.len();
        let Some(today) = (if more { last.clone() } else { last.take() }) else {
            return;
        };
        let renames = touched.renames.get(index).map_or(&[][..], Vec::as_slice);
        let given = before(paths, today, renames);
        let slot = &mut waiting[*parent as usize];
        *slot = Some(match slot.take() {
            None => given,
            Some(other) if Arc::ptr_eq(&other, &given) || other == given => other,
            Some(other) => Arc::new(join(&other, &given)),
        });
    }
}

/// The names as they stand before a step with these renames.
fn before<'p>(paths: &mut Paths<'p>, mut today: Arc<Today>, renames: &'p [Rename]) -> Arc<Today> {
    if renames.is_empty() {
        return today;
    }
    let mut steps = Vec::with_capacity(renames.len());
    for rename in renames {
        let (old, new) = (paths.number(&rename.old), paths.number(&rename.new));
        let names = today.get(&new).cloned().unwrap_or_else(|| vec![new]);
        steps.push((old, new, names));
    }
    let map = Arc::make_mut(&mut today);
    for (_, new, _) in &steps {
        map.insert(*new, Vec::new());
    }
    for (old, _, names) in steps {
        map.insert(old, names);
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
