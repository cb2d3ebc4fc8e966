//! What a page says to somebody who opens it alone: which site a room is in, whose guarantee a virtual machine has, when
//! a change took place, and from which day days are counted.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};

const PLACES: &str = "- {id: lyon, name: Siège de Lyon, type: site}\n- {id: annecy, name: Cabinet d’Annecy, type: site}\n- {id: lyon-1, name: Salle serveurs, type: room, parent: lyon}\n- {id: annecy-1, name: Salle serveurs, type: room, parent: annecy}\n";
const ASSETS: &str = "- {id: srv-hyp-01, name: Hyperviseur 1, type: server, site: lyon-1, warranty_end: 2027-03-12, user: p-1, supplier: s-2, contracts: [c-1]}\n- {id: srv-hyp-02, name: Hyperviseur 2, type: server, site: annecy-1, warranty_end: 2020-03-12, supplier: s-2}\n- {id: vm-01, name: Annuaire, type: virtual-machine, depends_on: [srv-hyp-01, vm-02]}\n- {id: vm-02, name: Fichiers, type: virtual-machine, depends_on: [srv-hyp-01, srv-hyp-02]}\n";
const CHANGES: &str = "- {id: chg-1, title: Ancien, status: closed, opened: 2026-01-05, done: 2026-02-03, relations: [srv-hyp-01]}\n- {id: chg-2, title: Nouveau, status: new, opened: 2026-10-20, relations: [srv-hyp-01]}\n- {id: chg-0, title: Sans date, relations: [srv-hyp-01]}\n";
const LICENCES: &str = "- {id: l-1, name: Lot A, software: s, seats: 10, assignments: [{to: p-1, seats: 12}]}\n- {id: l-2, name: Lot B, software: s, seats: 5, assignments: [{to: p-1, seats: 3}]}\n";
const SUPPLIERS: &str = "- {id: s-1, name: Matériels du Lac, support_phone: 04 65 71 10 50}\n- {id: s-2, name: Boutique du Port, phone: 04 65 71 10 60}\n";
const CONTRACTS: &str = "- {id: c-1, name: Entretien, supplier: s-1, ends: 2027-01-31}\n";
const PEOPLE: &str = "- {id: p-1, name: Léa Roux, phone: 04 65 71 30 01, mobile: 06 39 98 10 01, email: lea@exemple.example, site: lyon-1, job_title: Comptable}\n";

fn build(settings: &str) -> Build {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("carnet.yaml", settings);
    write("inventory/sites/all.yaml", PLACES);
    write("inventory/assets/all.yaml", ASSETS);
    write("inventory/changes/all.yaml", CHANGES);
    write("inventory/software/all.yaml", "- {id: s, name: Tableur}\n");
    write("inventory/licences/all.yaml", LICENCES);
    write("inventory/people/all.yaml", PEOPLE);
    write("inventory/suppliers/all.yaml", SUPPLIERS);
    write("inventory/contracts/all.yaml", CONTRACTS);
    write("procedures/a.md", "---\ntitle: Geste\n---\nTexte.\n");
    let mut loader = Loader::new(folder.path(), pipeline::rule_names());
    let project = loader.load(&BTreeSet::new()).unwrap();
    let history = Arc::new(History::absent(Absence::TurnedOff));
    pipeline::build(&project, history, jiff::civil::date(2026, 11, 20))
}

fn page(build: &Build, path: &str) -> String {
    let path = format!("{path}index.html");
    String::from_utf8(build.render(&path).expect("listed").expect("rendered")).unwrap()
}

fn main_part(html: &str) -> &str {
    let (_, rest) = html.split_once("<main").unwrap();
    rest.split_once("</main>").unwrap().0
}

#[test]
fn a_room_is_named_with_its_site_wherever_it_is_not_on_its_page() {
    let build = build("title: T\n");
    for path in ["assets/", "assets/srv-hyp-01/", "people/p-1/", "sites/"] {
        let page = page(&build, path);
        assert!(
            main_part(&page).contains("sites/lyon-1/\">Siège de Lyon › Salle serveurs</a>")
                || main_part(&page).contains("lyon-1/\">Siège de Lyon › Salle serveurs</a>"),
            "{path}"
        );
    }
    let room = page(&build, "sites/lyon-1/");
    assert!(main_part(&room).contains("<h1>Salle serveurs</h1>"));
    let site = page(&build, "sites/lyon/");
    assert!(
        main_part(&site).contains("lyon-1/\">Salle serveurs</a>"),
        "on the page of its site it is not"
    );
    assert!(!main_part(&site).contains("Lyon ›"));
}

#[test]
fn what_stands_in_a_room_is_found_by_the_name_of_its_site() {
    let build = build("title: T\n");
    let found = |query: &str| -> Vec<String> {
        let answer = carnet::search::query(build.index(), "fr", query, 20);
        let mut urls: Vec<String> = answer.hits.iter().map(|hit| hit.url.clone()).collect();
        urls.retain(|url| url.starts_with("assets/"));
        urls
    };
    assert_eq!(found("hyperviseur siège lyon"), ["assets/srv-hyp-01/"]);
    assert_eq!(found("hyperviseur lieu:lyon"), ["assets/srv-hyp-01/"]);
    assert_eq!(found("hyperviseur lieu:annecy"), ["assets/srv-hyp-02/"]);
    assert_eq!(found("hyperviseur lieu:\"salle serveurs\"").len(), 2);
}

#[test]
fn a_virtual_machine_leads_to_the_guarantee_of_its_hosts() {
    let build = build("title: T\n");
    let one = page(&build, "assets/vm-01/");
    let (_, told) = one.split_once("<dt>Garantie de l’hôte</dt>").expect("told");
    let (told, _) = told.split_once("</dd>").unwrap();
    assert!(
        told.contains(
            "srv-hyp-01/\">Hyperviseur 1</a> <span class=\"hint\">jusqu’au 12/03/2027</span>"
        ),
        "{told}"
    );
    assert!(
        !told.contains("vm-02"),
        "another virtual machine is no host"
    );
    let both = page(&build, "assets/vm-02/");
    assert!(both.contains("<dt>Garantie des hôtes</dt>"));
    assert!(both.contains("<span class=\"hint\">finie le 12/03/2020</span>"));
    assert!(!page(&build, "assets/srv-hyp-01/").contains("Garantie de l’hôte"));
}

#[test]
fn changes_that_cite_a_record_are_told_with_day_and_state_the_newest_first() {
    let build = build("title: T\n");
    let page = page(&build, "assets/srv-hyp-01/");
    let (_, cited) = page.split_once("id=\"back-links\"").expect("cited");
    let (_, changes) = cited.split_once("<h3>Changements").expect("changes");
    let (changes, _) = changes.split_once("</ul>").unwrap();
    let places = [
        "Nouveau</a> <span class=\"hint\">20/10/2026 · Nouveau</span>",
        "Ancien</a> <span class=\"hint\">03/02/2026 · Clos</span>",
        "Sans date</a></li>",
    ];
    let places = places.map(|text| {
        changes
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {changes}"))
    });
    assert!(places.is_sorted(), "{changes}");
}

#[test]
fn licences_that_are_even_together_are_no_overrun() {
    let page = page(&build("title: T\n"), "licences/positions/");
    assert!(!page.contains("pour 15"), "15 for 15 is none");
    assert!(page.contains("<span class=\"badge danger\">12 affectées pour 10</span>"));
}

#[test]
fn an_asset_tells_the_number_of_its_user_and_of_whoever_answers_for_it() {
    let build = build("title: T\n");
    let asset = page(&build, "assets/srv-hyp-01/");
    let (_, strip) = asset.split_once("<dl class=\"strip\"").expect("a strip");
    let (strip, _) = strip.split_once("</dl>").expect("its end");
    let contract =
        "tel:+33465711050\">04 65 71 10 50</a> <span class=\"hint\">Matériels du Lac, Entretien<";
    assert!(strip.contains(contract), "{strip}");
    let guarantee =
        "tel:+33465711060\">04 65 71 10 60</a> <span class=\"hint\">Boutique du Port, garantie<";
    assert!(strip.contains(guarantee), "{strip}");
    assert!(strip.contains("tel:+33465713001"), "its user: {strip}");
    let over = page(&build, "assets/srv-hyp-02/");
    assert!(!over.contains("garantie</span>"), "its guarantee is over");
}

#[test]
fn who_somebody_is_stands_beside_how_to_reach_them() {
    let page = page(&build("title: T\n"), "people/p-1/");
    let (_, strip) = page.split_once("<dl class=\"strip\"").expect("a strip");
    let places = ["06 39", "Comptable", "lea@exemple.example"].map(|text| strip.find(text));
    assert!(places.is_sorted() && places[0].is_some(), "{places:?}");
}

#[test]
fn a_fixed_day_is_told_once_at_the_top_of_what_counts_from_it() {
    let told = "comptés au 20 novembre 2026";
    let fixed = build("title: T\nas_of: 2026-11-20\n");
    for path in ["", "assets/", "assets/vm-01/", "deadlines/"] {
        assert_eq!(page(&fixed, path).matches(told).count(), 1, "/{path}");
    }
    assert!(
        !page(&fixed, "procedures/a/").contains(told),
        "a text counts no days"
    );
    assert!(!page(&build("title: T\n"), "assets/").contains(told));
}
