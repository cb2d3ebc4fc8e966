//! Which assets a sheet of labels is printed for: those that somebody names, and those of a place, room or type.
//! What is retired, lost or virtual has no label unless it is named: there is nothing left to stick it on.

use std::collections::BTreeSet;

use crate::diagnostic::Text;
use crate::diagnostic::nearest::did_you_mean;
use crate::estate::asset_tags::{as_tag, tag};
use crate::estate::physical_inventory::{PhysicalInventory, scan::is_called, site_of};
use crate::estate::places::places;
use crate::estate::{Estate, Found, Record, RecordId};
use crate::fold::fold;
use crate::schema::Choice;
use crate::text;

/// The page that leads to the sheets of all places.
pub const PAGE: &str = "assets/labels/";

impl Estate {
    /// The assets that have a label, by site and room.
    pub fn labelled(&self) -> &PhysicalInventory {
        self.labelled
            .get_or_init(|| PhysicalInventory::new(self, has_label))
    }
}

/// What labels are asked for, as people type it.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Ids, names or codes of assets; one that stands twice is printed twice.
    pub names: Vec<String>,
    /// The id or name of a place; what stands in a place below it counts too.
    pub site: Option<String>,
    /// The room as assets name it, or the name or id of its record.
    pub room: Option<String>,
    /// The key or label of a type.
    pub kind: Option<String>,
}

/// The assets asked for: those named, in their order, then those of the place, room and type that are not among them,
/// by site, room and code; all assets when nothing is asked for. The error says what is not known, and what is nearest.
pub fn select(estate: &Estate, asked: &Selection) -> Result<Vec<RecordId>, Text> {
    let by_name = asked.names.iter().map(|name| named(estate, name));
    let mut selected: Vec<RecordId> = by_name.collect::<Result<_, _>>()?;
    let is_filtered = asked.site.is_some() || asked.room.is_some() || asked.kind.is_some();
    if is_filtered || asked.names.is_empty() {
        let first: BTreeSet<RecordId> = selected.iter().copied().collect();
        let all = filtered(estate, asked)?;
        selected.extend(all.into_iter().filter(|id| !first.contains(id)));
    }
    if selected.is_empty() {
        return Err(text!(
            "aucun équipement à étiqueter : ce qui est réformé, perdu ou virtuel ne l’est que si vous le nommez",
            "no asset to label: what is retired, lost or virtual has a label only when you name it"
        ));
    }
    Ok(selected)
}

/// The asset of an id or name, else of a code.
fn named(estate: &Estate, name: &str) -> Result<RecordId, Text> {
    let found = match estate.named(name, &["asset".to_owned()]) {
        Found::One(id) => return Ok(id),
        Found::Several(_) => 2,
        Found::Nothing => match estate.asset_tags().assets(&as_tag(name)) {
            [id] => return Ok(*id),
            assets => assets.len(),
        },
    };
    if found > 1 {
        return Err(text!(
            "`{name}` désigne plusieurs équipements : donnez un identifiant",
            "`{name}` means several assets: give an id"
        ));
    }
    let ids = estate.listed("asset").map(|asset| asset.source.id.as_str());
    let tags = estate.asset_tags().iter().map(|(tag, _)| tag);
    Err(unknown(
        &text!(
            "`{name}` n’est l’identifiant ni le code d’aucun équipement",
            "`{name}` is neither the id nor the code of an asset"
        ),
        did_you_mean(name, ids.chain(tags)),
    ))
}

/// The assets of the place, room and type asked for, in the order of a walk.
fn filtered(estate: &Estate, asked: &Selection) -> Result<Vec<RecordId>, Text> {
    let site = asked.site.as_deref().map(|name| place(estate, name));
    let site = site.transpose()?;
    let kind = asked.kind.as_deref().map(|name| choice(estate, name));
    let kind = kind.transpose()?.map(|choice| choice.key.as_str());
    let mut assets: Vec<&Record> = estate
        .listed("asset")
        .filter(|asset| {
            let mut places = places(estate, asset).into_iter();
            site.is_none_or(|site| places.any(|place| place.id == site))
        })
        .collect();
    if let Some(room) = &asked.room {
        assets = of_room(estate, &assets, room)?;
    }
    assets.retain(|asset| {
        let own = asset.view().choice("type").map(|choice| &choice.key);
        kind.is_none_or(|kind| own.is_some_and(|own| own == kind)) && has_label(asset)
    });
    assets.sort_by_cached_key(|asset| {
        let place = estate.first(asset, "site");
        let titles = place.map(|place| (fold(&site_of(estate, place).title), fold(&place.title)));
        let room = asset.view().text("room").map(fold);
        (titles.is_none(), titles, room.is_none(), room, tag(asset))
    });
    Ok(assets.into_iter().map(|asset| asset.id).collect())
}

/// Whether there is a thing to stick a label on, now or soon.
fn has_label(asset: &Record) -> bool {
    let of = |key: &str| asset.view().choice(key).map(Choice::meaning);
    of("type") != Some("virtual-machine") && !matches!(of("status"), Some("retired" | "lost"))
}

fn place(estate: &Estate, name: &str) -> Result<RecordId, Text> {
    match estate.named(name, &["site".to_owned()]) {
        Found::One(id) => Ok(id),
        Found::Several(_) => Err(text!(
            "`{name}` désigne plusieurs lieux : donnez son identifiant",
            "`{name}` means several places: give its id"
        )),
        Found::Nothing => {
            let places = estate.listed("site");
            // A title that differs from the id in case alone says nothing more.
            let names = places.flat_map(|place| {
                let (id, title) = (place.source.id.as_str(), place.title.as_str());
                let is_other = fold(title) != fold(id);
                std::iter::once(id).chain(Some(title).filter(|_| is_other))
            });
            Err(unknown(
                &text!("aucun lieu n’est `{name}`", "no place is `{name}`"),
                did_you_mean(name, names),
            ))
        }
    }
}

/// The type that a key or label means.
fn choice<'a>(estate: &'a Estate, name: &str) -> Result<&'a Choice, Text> {
    let field = estate.schema.kind("asset");
    let field = field.and_then(|kind| kind.field("type"));
    let choices = field.map_or(&[][..], |(_, field)| field.choices());
    let names = |choice: &'a Choice| [&choice.key, &choice.labels.fr, &choice.labels.en];
    let folded = fold(name);
    let found = choices
        .iter()
        .find(|choice| names(choice).iter().any(|own| fold(own) == folded));
    found.ok_or_else(|| {
        let all = choices.iter().flat_map(names).map(String::as_str);
        unknown(
            &text!(
                "aucun type d’équipement n’est `{name}`",
                "no type of asset is `{name}`"
            ),
            did_you_mean(name, all),
        )
    })
}

/// The assets of a room among some.
fn of_room<'a>(
    estate: &'a Estate,
    assets: &[&'a Record],
    name: &str,
) -> Result<Vec<&'a Record>, Text> {
    let folded = fold(name);
    let inner = |asset: &'a Record| -> Option<&'a Record> {
        let place = estate.first(asset, "site");
        place.filter(|place| site_of(estate, place).id != place.id)
    };
    let is_there = |asset: &&'a Record| {
        let place = inner(asset).map(|place| place.id);
        is_called(estate, place, asset.view().text("room"), &folded)
    };
    let there: Vec<&Record> = assets.iter().copied().filter(is_there).collect();
    if !there.is_empty() {
        return Ok(there);
    }
    let titles = assets.iter().filter_map(|asset| inner(asset));
    let titles = titles.map(|place| place.title.as_str());
    let rooms = assets.iter().filter_map(|asset| asset.view().text("room"));
    Err(unknown(
        &text!(
            "aucun équipement n’est dans la pièce `{name}`",
            "no asset is in the room `{name}`"
        ),
        did_you_mean(name, rooms.chain(titles)),
    ))
}

/// What is not known, and what is nearest.
fn unknown(what: &Text, help: Option<Text>) -> Text {
    let Some(help) = help else {
        return what.clone();
    };
    Text {
        fr: format!("{}\u{a0}: {}", what.fr, help.fr),
        en: format!("{}: {}", what.en, help.en),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::samples;

    fn estate() -> Estate {
        samples::estate(&[
            (
                "inventory/sites/all.yaml",
                "- {id: lyon, name: Lyon, type: site}\n- {id: l-1, name: Salle serveurs, type: room, parent: lyon}\n\
                 - {id: annecy, name: Annecy, type: site}\n",
            ),
            (
                "inventory/assets/all.yaml",
                "- {id: pc-1, name: A, type: laptop, inventory_number: NAC-9, site: lyon, room: B12, status: in-service}\n\
                 - {id: pc-2, name: B, type: laptop, inventory_number: NAC-2, site: lyon, room: B12, status: retired}\n\
                 - {id: srv-1, name: C, type: server, inventory_number: NAC-3, site: l-1, status: in-service}\n\
                 - {id: vm-1, name: D, type: virtual-machine, site: lyon, status: in-service}\n\
                 - {id: pc-4, name: E, type: desktop, inventory_number: NAC-4, site: annecy, status: planned}\n\
                 - {id: pc-5, name: F, type: desktop, inventory_number: NAC-5}\n",
            ),
        ])
    }

    fn ids(asked: &Selection) -> Result<String, String> {
        let estate = estate();
        let found = select(&estate, asked).map_err(|text| text.en)?;
        let ids = found.iter().map(|id| estate.record(*id).source.id.as_str());
        Ok(ids.collect::<Vec<_>>().join(" "))
    }

    fn of(names: &[&str], site: &str, room: &str, kind: &str) -> Result<String, String> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        ids(&Selection {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            site: given(site),
            room: given(room),
            kind: given(kind),
        })
    }

    #[test]
    fn what_is_there_is_labelled_in_the_order_of_a_walk() {
        assert_eq!(of(&[], "", "", ""), Ok("pc-4 pc-1 srv-1 pc-5".to_owned()));
        assert_eq!(of(&[], "Lyon", "", ""), Ok("pc-1 srv-1".to_owned()));
        assert_eq!(of(&[], "", "b12", ""), Ok("pc-1".to_owned()));
        let room = of(&[], "lyon", "salle serveurs", "");
        assert_eq!(room, Ok("srv-1".to_owned()));
        let portable = of(&[], "lyon", "", "ordinateur PORTABLE");
        assert_eq!(portable, Ok("pc-1".to_owned()));
        assert!(of(&[], "annecy", "", "laptop").is_err(), "nothing is left");
    }

    #[test]
    fn what_is_named_comes_first_and_as_often_as_it_is_named() {
        assert_eq!(
            of(&["pc-2", "nac 4", "pc-2"], "lyon", "", ""),
            Ok("pc-2 pc-4 pc-2 pc-1 srv-1".to_owned())
        );
        assert_eq!(of(&["srv-1"], "lyon", "", ""), Ok("srv-1 pc-1".to_owned()));
    }

    #[test]
    fn what_is_not_known_is_told_with_the_nearest() {
        for (asked, told) in [
            (of(&["srv-2"], "", "", ""), "did you mean `srv-1`"),
            (of(&["NAC-99"], "", "", ""), "`NAC-9`"),
            (
                of(&[], "lyons", "", ""),
                "no place is `lyons`: did you mean `lyon`",
            ),
            (
                of(&[], "lyon", "B13", ""),
                "no asset is in the room `B13`: did you mean `B12`?",
            ),
            (of(&[], "", "", "laptopp"), "`laptop`"),
            (of(&[], "zzzzzz", "", ""), "no place is `zzzzzz`"),
        ] {
            let error = asked.expect_err("it is not known");
            assert!(error.contains(told), "{error}");
        }
    }
}
