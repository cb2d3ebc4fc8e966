//! Long lists of an import, each item kept once: the machines of an estate have the same programs, and
//! five thousand lists of nine hundred programs take gigabytes when each has copies of its own.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::history::Recorded;

/// From how many structures on a list is kept item by item.
const LONG: usize = 16;

/// How many parts a pool has.
const PARTS: usize = 16;

/// A list whose items are shared with other lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongList(Arc<[Arc<Recorded>]>);

/// The long lists of a record or sighting, by field.
pub type LongLists = BTreeMap<String, LongList>;

/// The items of all long lists and the lines of their files, each once. In parts, so that threads
/// seldom wait for each other.
#[derive(Debug, Default)]
pub struct Pool {
    items: [Mutex<HashSet<Arc<Recorded>>>; PARTS],
    lines: [Mutex<HashSet<Arc<str>>>; PARTS],
}

impl Pool {
    /// Takes the long lists of structures out of some values.
    pub fn share(&self, fields: &mut BTreeMap<String, Recorded>) -> LongLists {
        let taken = fields.extract_if(.., |_, value| is_long(value));
        taken
            .filter_map(|(key, value)| match value {
                Recorded::List(items) => Some((key, self.list(items))),
                _ => None,
            })
            .collect()
    }

    fn list(&self, items: Vec<Recorded>) -> LongList {
        let shared = items.into_iter().map(|item| {
            let mut known = part(&self.items, &item);
            if let Some(shared) = known.get(&item) {
                return Arc::clone(shared);
            }
            let shared = Arc::new(item);
            known.insert(Arc::clone(&shared));
            shared
        });
        LongList(shared.collect())
    }

    /// A line, shared with those that are the same.
    pub(super) fn line(&self, line: &str) -> Arc<str> {
        let mut known = part(&self.lines, line);
        if let Some(shared) = known.get(line) {
            return Arc::clone(shared);
        }
        let shared: Arc<str> = Arc::from(line);
        known.insert(Arc::clone(&shared));
        shared
    }
}

/// The part in which a value stands, if it does.
fn part<'p, T, V: Hash + ?Sized>(
    parts: &'p [Mutex<HashSet<T>>; PARTS],
    value: &V,
) -> MutexGuard<'p, HashSet<T>> {
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(value);
    let at = usize::try_from(hash % PARTS as u64).unwrap_or_default();
    // Nothing panics half way of an insertion: a set that another thread left is whole.
    parts[at].lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_long(value: &Recorded) -> bool {
    let is_structure = |item: &Recorded| matches!(item, Recorded::Structure(_));
    matches!(value, Recorded::List(items) if items.len() >= LONG && items.iter().all(is_structure))
}

/// All values, the long lists among them as plain ones. Where both have a field, the plain value counts.
pub(super) fn whole(
    fields: &BTreeMap<String, Recorded>,
    long: &LongLists,
) -> BTreeMap<String, Recorded> {
    let lists = long.iter().map(|(key, list)| {
        let items = list.0.iter().map(|item| Recorded::clone(item));
        (key.clone(), Recorded::List(items.collect()))
    });
    let mut all: BTreeMap<String, Recorded> = lists.collect();
    all.extend(
        fields
            .iter()
            .map(|(key, value)| (key.clone(), value.clone())),
    );
    all
}

/// Takes lists out of some values that were long before these were looked through, with the items
/// that they still have.
pub(super) fn again(long: &LongLists, fields: &mut BTreeMap<String, Recorded>) -> LongLists {
    let mut lists = LongLists::new();
    for (key, list) in long {
        let Some(Recorded::List(items)) = fields.get(key) else {
            continue;
        };
        let same = items.len() == list.0.len()
            && items
                .iter()
                .zip(&*list.0)
                .all(|(one, other)| *one == **other);
        let list = if same {
            list.clone()
        } else {
            let known: HashMap<&Recorded, &Arc<Recorded>> =
                list.0.iter().map(|item| (&**item, item)).collect();
            let shared = items.iter().map(|item| match known.get(item) {
                Some(shared) => Arc::clone(shared),
                None => Arc::new(item.clone()),
            });
            LongList(shared.collect())
        };
        fields.remove(key);
        lists.insert(key.clone(), list);
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(count: usize) -> BTreeMap<String, Recorded> {
        let item = |number: usize| {
            let name = Recorded::Text(format!("Programme {number}"));
            Recorded::Structure([("name".to_owned(), name)].into())
        };
        let text = Recorded::Text("PC-1".to_owned());
        let list = Recorded::List((0..count).map(item).collect());
        [("name".to_owned(), text), ("list".to_owned(), list)].into()
    }

    #[test]
    fn long_lists_share_their_items() {
        let pool = Pool::default();
        let (mut one, mut other, mut short) = (fields(20), fields(30), fields(3));
        let (long, longer) = (pool.share(&mut one), pool.share(&mut other));
        assert!(pool.share(&mut short).is_empty() && short.len() == 2);
        assert!(one.len() == 1 && Arc::ptr_eq(&long["list"].0[7], &longer["list"].0[7]));
        let known = pool
            .items
            .iter()
            .map(|part| part.lock().expect("a set").len());
        assert_eq!(known.sum::<usize>(), 30);
        assert!(Arc::ptr_eq(&pool.line("a\n"), &pool.line("a\n")));
        assert_eq!(whole(&one, &long), fields(20));
        // What was looked through and lost an item keeps the others as they are.
        let mut less = fields(19);
        let lists = again(&long, &mut less);
        assert!(less.len() == 1 && Arc::ptr_eq(&lists["list"].0[18], &long["list"].0[18]));
        assert_eq!(whole(&less, &lists), fields(19));
        let mut same = fields(20);
        assert!(Arc::ptr_eq(
            &again(&long, &mut same)["list"].0,
            &long["list"].0
        ));
    }
}
