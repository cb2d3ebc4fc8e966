//! The binder of a folder of procedures: one page to print, with anchors of its own and links that stay on it.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};

const SECTION: &str = "---\ntitle: Réseau\n---\nAvant tout, lire [[reseau/vpn#but]].\n";
const VPN: &str = "---\ntitle: Ouvrir le VPN\norder: 2\nlevel: n1\nprerequisites: [\"Suivre [[reseau/poste]]\"]\n---\n## But\n\n1. [ ] Ouvrir[^1] le client, voir [plus bas](#but) et [[reseau/poste#but]].\n\n[^1]: Ou le portail.\n";
const SCREEN: &str = "---\ntitle: Préparer un poste\norder: 1\nstatus: draft\n---\n## But\n\nVoir [[reseau/vpn]], [[autre]] et [la section](README.md).\n\n![Baie](baie.svg)\n";

fn build(settings: &str) -> Build {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("carnet.yaml", settings);
    write("procedures/reseau/README.md", SECTION);
    write("procedures/reseau/vpn.md", VPN);
    write("procedures/reseau/poste.md", SCREEN);
    write(
        "procedures/reseau/baie.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    let old = "---\ntitle: Ancien geste\nstatus: obsolete\n---\nPlus jamais.\n";
    write("procedures/reseau/ancien.md", old);
    write("procedures/autre.md", "---\ntitle: Autre\n---\nSeule.\n");
    write(
        "procedures/seul/unique.md",
        "---\ntitle: Unique\n---\nSeule.\n",
    );
    let mut loader = Loader::new(folder.path(), pipeline::rule_names());
    let project = loader.load(&BTreeSet::new()).unwrap();
    let history = Arc::new(History::absent(Absence::TurnedOff));
    pipeline::build(&project, history, jiff::civil::date(2026, 11, 20))
}

fn page(build: &Build, path: &str) -> String {
    String::from_utf8(build.render(path).expect("listed").expect("rendered")).unwrap()
}

fn main_part(html: &str) -> &str {
    let (_, rest) = html.split_once("<main").unwrap();
    rest.split_once("</main>").unwrap().0
}

fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let parts = html
        .split(&format!(" {name}=\""))
        .skip(1)
        .collect::<Vec<_>>();
    let values = parts.into_iter().filter_map(|rest| rest.split('"').next());
    values.collect()
}

#[test]
fn every_anchor_is_its_own_and_every_link_on_the_page_has_one() {
    let html = page(&build(""), "procedures/reseau/binder/index.html");
    let ids = attributes(&html, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let inner = main_part(&html);
    let links: Vec<&str> = attributes(inner, "href")
        .into_iter()
        .filter_map(|link| link.strip_prefix('#'))
        .collect();
    assert!(links.len() > 8, "{links:?}");
    for link in &links {
        assert!(unique.contains(link), "{link}: {ids:?}");
    }
    for link in ["p0", "p1", "p2", "p2-but", "p1-but", "p2-fn:1"] {
        assert!(links.contains(&link), "{link}: {links:?}");
    }
}

#[test]
fn procedures_stand_in_order_with_their_heads_one_level_lower() {
    let html = page(&build(""), "procedures/reseau/binder/index.html");
    let inner = main_part(&html);
    let titles: Vec<usize> = [
        "<h1>Classeur\u{a0}: Réseau",
        "id=\"p1\">Préparer un poste",
        "id=\"p2\">Ouvrir le VPN",
    ]
    .map(|title| {
        inner
            .find(title)
            .unwrap_or_else(|| panic!("{title}\n{inner}"))
    })
    .to_vec();
    assert!(titles.is_sorted(), "{titles:?}");
    assert!(inner.contains("<h3 id=\"p2-but\">But") && !inner.contains("<h2 id=\"p2-but\">"));
    assert_eq!(inner.matches("<article").count(), 2);
    assert!(!inner.contains("Ancien geste"), "it is obsolete");
    assert!(inner.contains("Brouillon"), "what is a draft says so");
    // What leads elsewhere, or shows a file, still does.
    assert!(inner.contains("href=\"../../autre/\"") && inner.contains("src=\"../baie.svg\""));
    assert!(inner.contains("class=\"task\""));
    assert!(
        !html.contains("/run."),
        "nothing is ticked here on a screen"
    );
}

#[test]
fn pages_lead_to_binders_and_the_search_does_not() {
    let site = build("");
    let section = page(&site, "procedures/reseau/index.html");
    assert!(section.contains("<a href=\"binder/\">Classeur à imprimer</a>"));
    let list = page(&site, "procedures/index.html");
    assert!(list.contains("<a href=\"reseau/binder/\">Réseau</a>"));
    assert!(
        site.render("procedures/seul/binder/index.html").is_none(),
        "one procedure prints itself"
    );
    let found = site.documents();
    assert!(
        found
            .iter()
            .all(|document| !document.url.contains("binder"))
    );
    assert_eq!(site.diagnostics, []);
}

#[test]
fn paper_tells_its_title_and_leads_back_where_the_address_is_known() {
    let site = build("base_url: https://parc.example/carnet\noffline: true\n");
    let own = page(&site, "procedures/reseau/vpn/index.html");
    assert!(
        own.contains("data-print=\"Ouvrir le VPN\""),
        "for the margins of each sheet"
    );
    let (_, head) = own.split_once("class=\"print-head\"").unwrap();
    let head = head.split("</div>").next().unwrap();
    assert!(head.contains("<svg class=\"qr\""), "{head}");
    let binder = page(&site, "procedures/reseau/binder/index.html");
    assert!(binder.contains("<svg class=\"qr\"") && binder.contains("href=\"#p2-but\""));
    let without = page(&build(""), "procedures/reseau/vpn/index.html");
    assert!(!without.contains("class=\"qr\""));
}
