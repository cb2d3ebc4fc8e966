//! Which list an asset stands on, in which order, and how far a site is.

use super::*;
use crate::estate::samples::estate;

const SITES: &str = "- {id: lyon, name: Lyon, type: site}\n\
    - {id: plateau, name: Plateau, type: floor, parent: lyon}\n\
    - {id: salle, name: Salle serveurs, type: technical-room, parent: plateau}\n\
    - {id: bat-b, name: Bâtiment B, type: building, parent: lyon}\n\
    - {id: seul, name: Bureau seul, type: room}\n";

fn sample() -> Estate {
    estate(&[
        ("inventory/sites/all.yaml", SITES),
        (
            "inventory/assets/all.yaml",
            "- {id: a, name: A, site: lyon}\n\
             - {id: b, name: B, site: salle, inventory_number: N-2, last_physical_inventory: 2026-10-01}\n\
             - {id: c, name: C, site: salle, inventory_number: N-1, last_physical_inventory: 2025-11-20}\n\
             - {id: d, name: D, site: lyon, room: Accueil}\n\
             - {id: e, name: E, site: lyon, room: ACCUEIL, status: in-repair}\n\
             - {id: f, name: F, site: lyon, status: retired}\n\
             - {id: g, name: G, site: lyon, type: virtual-machine}\n\
             - {id: h, name: H, site: bat-b}\n- {id: i, name: I, site: seul}\n- {id: j, name: J}\n",
        ),
    ])
}

/// Rooms of a site, each as its place or name and the ids in it.
fn told(estate: &Estate, site: &str) -> Vec<(String, Vec<String>)> {
    let site = estate.find("site", site).expect("a site");
    let rooms = estate.physical_inventory().rooms(site.id).iter();
    rooms
        .map(|room| {
            let place = room.place.map(|id| estate.record(id).title.clone());
            let name = place.or(room.name.clone()).unwrap_or_default();
            let ids = room.assets.iter();
            let ids = ids.map(|id| estate.record(*id).source.id.clone());
            (name, ids.collect())
        })
        .collect()
}

#[test]
fn an_asset_stands_on_the_list_of_its_site_by_room() {
    let estate = sample();
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        told(&estate, "lyon"),
        [
            ("Accueil".to_owned(), ids(&["d", "e"])),
            ("Salle serveurs".to_owned(), ids(&["c", "b"])),
            (String::new(), ids(&["a"])),
        ]
    );
    assert_eq!(told(&estate, "bat-b"), [(String::new(), ids(&["h"]))]);
    assert_eq!(told(&estate, "seul"), [(String::new(), ids(&["i"]))]);
    assert!(told(&estate, "salle").is_empty(), "its site has the list");
    assert_eq!(estate.physical_inventory().unplaced().len(), 1);
    assert_eq!(estate.physical_inventory().sites().count(), 3);
}

#[test]
fn a_year_is_what_counts_as_recent() {
    let estate = sample();
    let lyon = estate.find("site", "lyon").expect("a site");
    let counted = progress(&estate, estate.physical_inventory().rooms(lyon.id));
    assert_eq!((counted.expected, counted.recent, counted.never), (5, 1, 3));
    assert_eq!(counted.last, Some(Date::constant(2026, 10, 1)));
}
