//! Long lists of an import, each item kept once: the machines of an estate have the same programs, and
//! five thousand lists of nine hundred programs take gigabytes when each has copies of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::history::Recorded;

/// From how many structures on a list is kept item by item.
pub(super) const LONG: usize = 16;

/// How many parts a pool has.
pub(super) const PARTS: usize = 16;

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
    /// The lists themselves: what the source says, what a record holds and what was imported last are
    /// mostly one.
    lists: [Mutex<HashSet<ByPlaces>>; PARTS],
    /// What lines of lists say, by the list's name.
    said: Mutex<BTreeMap<String, Arc<Lines>>>,
}

/// A list that is compared by where its items stand: in one pool, what is the same stands at one place.
#[derive(Debug)]
struct ByPlaces(LongList);

impl ByPlaces {
    fn places(&self) -> impl Iterator<Item = *const Recorded> {
        self.0.0.iter().map(Arc::as_ptr)
    }
}

impl PartialEq for ByPlaces {
    fn eq(&self, other: &Self) -> bool {
        self.places().eq(other.places())
    }
}

impl Eq for ByPlaces {}

impl Hash for ByPlaces {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        for place in self.places() {
            hasher.write_usize(place.addr());
        }
    }
}

/// What lines that are an item each were found to say.
#[derive(Debug, Default)]
pub(super) struct Lines([Mutex<HashMap<Arc<str>, Arc<Recorded>>>; PARTS]);

impl Lines {
    /// A line as it is kept, and its item.
    pub(super) fn get(&self, line: &str) -> Option<(Arc<str>, Arc<Recorded>)> {
        let known = part(&self.0, line);
        let (line, item) = known.get_key_value(line)?;
        Some((Arc::clone(line), Arc::clone(item)))
    }

    /// Remembers what a line says; what another thread found meanwhile is the same.
    pub(super) fn learn(&self, line: &str, item: Arc<Recorded>) -> (Arc<str>, Arc<Recorded>) {
        let line: Arc<str> = Arc::from(line);
        part(&self.0, &*line).insert(Arc::clone(&line), Arc::clone(&item));
        (line, item)
    }
}

impl LongList {
    /// A list of shared items.
    pub(super) fn of(items: impl IntoIterator<Item = Arc<Recorded>>) -> Self {
        Self(items.into_iter().collect())
    }

    /// Its items.
    pub(super) fn items(&self) -> &[Arc<Recorded>] {
        &self.0
    }
}

impl Pool {
    /// What is known of the lines of a list.
    pub(super) fn lines_of(&self, list: &str) -> Arc<Lines> {
        let mut all = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = all.get(list) {
            return Arc::clone(lines);
        }
        let lines = Arc::default();
        all.insert(list.to_owned(), Arc::clone(&lines));
        lines
    }

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
        self.list_of(items.into_iter().map(|item| self.item(item)))
    }

    /// A list of items of this pool, shared with those that are the same.
    pub(super) fn list_of(&self, items: impl IntoIterator<Item = Arc<Recorded>>) -> LongList {
        let list = ByPlaces(LongList::of(items));
        let mut known = part(&self.lists, &list);
        if let Some(shared) = known.get(&list) {
            return shared.0.clone();
        }
        let shared = list.0.clone();
        known.insert(list);
        shared
    }

    /// An item, shared with those that are the same.
    pub(super) fn item(&self, item: Recorded) -> Arc<Recorded> {
        let mut known = part(&self.items, &item);
        if let Some(shared) = known.get(&item) {
            return Arc::clone(shared);
        }
        let shared = Arc::new(item);
        known.insert(Arc::clone(&shared));
        shared
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
pub(super) fn part<'p, T, V: Hash + ?Sized>(
    parts: &'p [Mutex<T>; PARTS],
    value: &V,
) -> MutexGuard<'p, T> {
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(value);
    let at = usize::try_from(hash % PARTS as u64).unwrap_or_default();
    // Nothing panics half way of an insertion: a set that another thread left is whole.
    parts[at].lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_long(value: &Recorded) -> bool {
    matches!(value, Recorded::List(items) if items.len() >= LONG && items.iter().all(Recorded::is_structure))
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

/// Some values: those of [`whole`].
pub(super) type Values<'v> = (&'v BTreeMap<String, Recorded>, &'v LongLists);

/// Whether two say the same, by the items that both share.
pub(super) fn same(one: Values<'_>, other: Values<'_>) -> bool {
    let keys = |(fields, long): Values<'_>| -> BTreeSet<String> {
        fields.keys().chain(long.keys()).cloned().collect()
    };
    let all = keys(one);
    all == keys(other) && all.iter().all(|key| is_same(key, one, other))
}

fn is_same(key: &str, one: Values<'_>, other: Values<'_>) -> bool {
    let list = |list: &LongList, items: &[Recorded]| {
        let mut pairs = list.0.iter().zip(items);
        list.0.len() == items.len() && pairs.all(|(shared, item)| **shared == *item)
    };
    match (
        (one.0.get(key), one.1.get(key)),
        (other.0.get(key), other.1.get(key)),
    ) {
        ((Some(one), _), (Some(other), _)) => one == other,
        ((None, Some(one)), (None, Some(other))) => one == other,
        ((Some(Recorded::List(items)), _), (None, Some(long)))
        | ((None, Some(long)), (Some(Recorded::List(items)), _)) => list(long, items),
        _ => false,
    }
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
        let mut again = fields(20);
        assert!(Arc::ptr_eq(
            &pool.share(&mut again)["list"].0,
            &long["list"].0
        ));
        let turned = long["list"].items().iter().rev().map(Arc::clone);
        assert_ne!(pool.list_of(turned), long["list"]);
        assert_eq!(whole(&one, &long), fields(20));
        let none = LongLists::new();
        assert!(same((&one, &long), (&fields(20), &none)));
        assert!(same((&one, &longer), (&fields(30), &none)));
        assert!(!same((&one, &long), (&fields(19), &none)));
        assert!(!same((&one, &long), (&one, &longer)));
        assert!(!same((&one, &long), (&one, &none)));
        // Where both have a field, the plain value counts.
        assert!(same((&fields(3), &long), (&short, &none)));
    }
}
