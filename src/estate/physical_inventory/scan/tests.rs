//! What a scanned list tells of a small estate.

use super::*;
use crate::estate::samples::estate;

fn sample() -> Estate {
    estate(&[
        (
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon, type: site}\n- {id: salle, name: Salle serveurs, type: room, parent: lyon}\n\
             - {id: annecy, name: Annecy, type: site}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: pc-1, name: Un, inventory_number: NAC-1, serial: S-1, site: lyon, room: Accueil}\n\
             - {id: pc-2, name: Deux, inventory_number: NAC-2, serial: S-2, site: lyon}\n\
             - {id: srv-1, name: Serveur, inventory_number: NAC-3, serial: S-3, site: salle}\n\
             - {id: pc-4, name: Quatre, inventory_number: NAC-4, serial: s-1, site: annecy}\n\
             - {id: vieux, name: Vieux, inventory_number: NAC-5, site: lyon, status: retired}\n\
             - {id: écran-6, name: Écran, site: annecy}\n",
        ),
    ])
}

fn read(text: &str) -> List {
    super::read(text, Date::constant(2026, 11, 20))
}

fn ids(estate: &Estate, ids: &[RecordId]) -> Vec<String> {
    let ids = ids.iter().map(|id| estate.record(*id).source.id.clone());
    ids.collect()
}

fn at(estate: &Estate, place: &str, room: Option<&str>) -> Spot {
    Spot {
        place: super::place(estate, place),
        room: room.map(str::to_owned),
    }
}

#[test]
fn every_form_of_a_code_is_known() {
    let estate = sample();
    let codes = [
        ("HTTPS://PARC.EXAMPLE/carnet/q/NAC/#-1", "pc-1"),
        ("HTTPS://PARC.EXAMPLE/carnet/q/NAC-1/", "pc-1"),
        ("https://parc.example/q/nac-1", "pc-1"),
        ("https://parc.example/assets/srv-1/", "srv-1"),
        ("https://parc.example/q/%C3%A9cran-6/", "écran-6"),
        ("nac 2", "pc-2"),
        ("S-2", "pc-2"),
        ("srv-1", "srv-1"),
    ];
    for (code, id) in codes {
        let found = compare(&estate, read(code), &Spot::default());
        let seen: Vec<RecordId> = found.seen.iter().map(|seen| seen.asset).collect();
        assert_eq!(ids(&estate, &seen), [id], "{code}");
    }
}

#[test]
fn a_list_of_one_place_tells_found_elsewhere_unknown_and_missing() {
    let estate = sample();
    let list = read("NAC-1\nNAC-4\nNAC-5\nS-1\nrien\nNAC-1\n");
    let found = compare(&estate, list, &at(&estate, "Lyon", None));
    let told: Vec<(String, bool, bool, usize)> = found
        .seen
        .iter()
        .map(|seen| {
            let id = estate.record(seen.asset).source.id.clone();
            (id, seen.elsewhere.is_some(), seen.is_expected, seen.line)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("pc-1".to_owned(), false, true, 6),
            ("pc-4".to_owned(), true, true, 2),
            ("vieux".to_owned(), false, false, 3),
        ]
    );
    assert_eq!(found.unknown.len(), 1);
    assert_eq!(
        found.ambiguous.len(),
        1,
        "two machines share a serial number"
    );
    assert_eq!(ids(&estate, &found.missing), ["srv-1", "pc-2"]);
}

#[test]
fn lines_say_their_own_room_and_only_rooms_walked_miss_anything() {
    let estate = sample();
    let list = read("code;lieu;pièce\nNAC-2;lyon;Accueil\nNAC-3;lyon;salle serveurs\n");
    let found = compare(&estate, list, &Spot::default());
    assert!(found.has_places);
    assert_eq!(
        found.seen[0]
            .elsewhere
            .as_ref()
            .and_then(|it| it.room.as_deref()),
        Some("Accueil")
    );
    assert_eq!(
        found.seen[1].elsewhere, None,
        "a room may be a place of its own"
    );
    assert_eq!(ids(&estate, &found.missing), ["pc-1"]);

    let nowhere = compare(&estate, read("NAC-2\n"), &Spot::default());
    assert!(!nowhere.has_places && nowhere.missing.is_empty());
    let astray = compare(&estate, read("code;lieu\nNAC-2;Oslo\n"), &Spot::default());
    assert_eq!(astray.unknown_places.len(), 1);
    assert!(
        astray.seen.is_empty(),
        "nothing says that it is in its place"
    );
    let both = read("code;lieu;date\nNAC-2;Oslo;\nNAC-1;lyon;hier\nNAC-3;lyon;\n");
    let both = compare(&estate, both, &Spot::default());
    assert_eq!((both.seen.len(), both.refused.len()), (1, 1));
    assert!(
        both.missing.is_empty(),
        "what is told otherwise is not missing"
    );
}
