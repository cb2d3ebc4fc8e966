//! Items that many lists share, held against the schema once: the programs of thousands of machines.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use crate::history::Recorded;
use crate::import::long::{LongList, PARTS, part};
use crate::import::plan::fit::{fitted, most, size};
use crate::import::plan::passwords::{Starred, star_value};
use crate::schema::Field;

/// The place of an item and of its field, which is of the one schema of a plan.
type Place = (usize, usize);

/// The shared items that were looked at.
#[derive(Default)]
pub(super) struct SharedItems([Mutex<HashMap<Place, Arc<Item>>>; PARTS]);

/// What was found of an item.
struct Item {
    /// The item itself, which by this stays at its place.
    own: Arc<Recorded>,
    /// What fits.
    kept: Option<Arc<Recorded>>,
    /// In bytes of its texts, with what does not fit.
    size: usize,
    /// Values that do not fit.
    unfit: BTreeMap<String, usize>,
    /// Secrets that were starred.
    starred: Starred,
}

impl SharedItems {
    /// The items of a list that fit its field, without secrets, and how many are too many. No list where none fits.
    pub(super) fn fitted(
        &self,
        list: &LongList,
        field: Option<&Field>,
        (name, unfit): (&str, &mut BTreeMap<String, usize>),
        starred: &mut Starred,
    ) -> (Option<LongList>, usize) {
        let Some(field) = field.filter(|field| field.list && !field.secret) else {
            *unfit.entry(name.to_owned()).or_default() += 1;
            let kept = most(list.items().iter().map(|item| size(item)));
            return (None, list.items().len() - kept);
        };
        let items = list.items().iter();
        let items: Vec<Arc<Item>> = items.map(|item| self.item(item, field, name)).collect();
        let kept = most(items.iter().map(|item| item.size));
        for (what, count) in items[..kept].iter().flat_map(|item| &item.unfit) {
            *unfit.entry(what.clone()).or_default() += count;
        }
        for (what, count) in items[..kept].iter().flat_map(|item| &item.starred) {
            *starred.entry(what).or_default() += count;
        }
        let is_whole = |item: &Arc<Item>| {
            let kept = item.kept.as_ref();
            kept.is_some_and(|kept| Arc::ptr_eq(kept, &item.own))
        };
        let more = items.len() - kept;
        if more == 0 && items.iter().all(is_whole) {
            return (Some(list.clone()), 0);
        }
        let fit = items[..kept].iter().filter_map(|item| item.kept.clone());
        let fit = LongList::of(fit);
        ((!fit.items().is_empty()).then_some(fit), more)
    }

    fn item(&self, item: &Arc<Recorded>, field: &Field, name: &str) -> Arc<Item> {
        let place = (Arc::as_ptr(item).addr(), std::ptr::from_ref(field).addr());
        let mut known = part(&self.0, &place);
        if let Some(found) = known.get(&place) {
            return Arc::clone(found);
        }
        let mut unfit = BTreeMap::new();
        let mut starred = Starred::new();
        let mut shown = (**item).clone();
        star_value(&mut shown, &mut starred);
        let kept = fitted(field, &shown, (name, &mut unfit));
        let found = Arc::new(Item {
            own: Arc::clone(item),
            kept: kept.map(|kept| {
                if kept == **item {
                    Arc::clone(item)
                } else {
                    Arc::new(kept)
                }
            }),
            size: size(item),
            unfit,
            starred,
        });
        known.insert(place, Arc::clone(&found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Pool;
    use crate::schema::built_in;

    fn list(names: &[&str]) -> LongList {
        let items = names.iter().map(|name| {
            // Without its name, a component fits nothing.
            let key = name.strip_prefix('?').map_or("name", |_| "model");
            let text = Recorded::Text((*name).to_owned());
            Recorded::Structure([(key.to_owned(), text)].into())
        });
        let mut fields = BTreeMap::from([("list".to_owned(), Recorded::List(items.collect()))]);
        let long = Pool::default().share(&mut fields);
        long["list"].clone()
    }

    #[test]
    fn what_fits_is_shared_and_the_rest_is_counted_in_every_list() {
        let schema = built_in();
        let kind = schema.kind("asset").expect("a kind");
        let (_, field) = kind.field("components").expect("a field");
        let items = SharedItems::default();
        let fitted = |list: &LongList, field, unfit: &mut BTreeMap<String, usize>| {
            items.fitted(
                list,
                field,
                ("asset.components", unfit),
                &mut Starred::new(),
            )
        };
        let plain = list(&["A"; 20]);
        let mut unfit = BTreeMap::new();
        let (kept, more) = fitted(&plain, Some(field), &mut unfit);
        assert_eq!((kept.as_ref(), more, unfit.len()), (Some(&plain), 0, 0));
        let strange = list(&[["A"; 10], ["?1"; 10]].concat());
        for times in [10, 20] {
            let (kept, more) = fitted(&strange, Some(field), &mut unfit);
            let kept = kept.expect("some fit");
            assert_eq!((kept.items().len(), more), (10, 0));
            assert!(Arc::ptr_eq(&kept.items()[9], &strange.items()[9]));
            assert_eq!(unfit["asset.components"], times);
        }
        let (kept, _) = fitted(&list(&["?1"; 20]), Some(field), &mut unfit);
        assert_eq!(kept, None);
        unfit.clear();
        let (kept, _) = fitted(&plain, None, &mut unfit);
        assert_eq!((kept, unfit["asset.components"]), (None, 1));
        let mut starred = Starred::new();
        let (kept, _) = items.fitted(
            &list(&["A (mdp : CANARI)"; 20]),
            Some(field),
            ("asset.components", &mut unfit),
            &mut starred,
        );
        assert_eq!(starred, [("passwords", 20)].into());
        let said = Recorded::Structure(
            [(
                "name".to_owned(),
                Recorded::Text("A (mdp : ***)".to_owned()),
            )]
            .into(),
        );
        assert_eq!(*kept.expect("kept").items()[0], said);
        let long = list(&vec!["A"; 6_000]);
        let (kept, more) = fitted(&long, Some(field), &mut unfit);
        assert_eq!((kept.expect("kept").items().len(), more), (5_000, 1_000));
    }
}
