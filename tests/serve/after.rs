//! What comes after the page: the findings about the whole, and the search index, which says that it is behind.

use super::*;

const INDEX: &str = "/_carnet/search/fr.json";

#[test]
fn the_search_says_that_it_is_behind_and_then_knows_the_new_words() {
    let served = Served::start(&["--no-history"]);
    let is_current = |answer: &str| answer.contains("\"search\":\"\"");
    served.wait("/_carnet/diagnostics.json", is_current);
    let body = |answer: String| answer.split_once("\r\n\r\n").unwrap().1.to_owned();
    let before = body(served.get(INDEX));
    let mut tab = served.listen();
    message(&mut tab);
    served.write(
        "procedures/imprimante.md",
        &PRINTER.replace("un.", "zirconium."),
    );
    // The page is there, and the search is the one of before: it answers, and says so.
    message(&mut tab);
    let page = served.get("/procedures/imprimante/");
    assert!(page.contains("zirconium"), "{page}");
    let findings = served.findings();
    let said = findings["search"].as_str().unwrap();
    assert!(said.contains("se refait"), "{findings}");
    assert_eq!(body(served.get(INDEX)), before);
    served.wait("/_carnet/diagnostics.json", is_current);
    assert_ne!(body(served.get(INDEX)), before);
}

#[test]
fn a_finding_about_the_whole_comes_after_the_page_that_has_it() {
    let served = Served::start(&["--no-history"]);
    served.write(
        "procedures/imprimante.md",
        &PRINTER.replace("un.", "deux, voir [[nulle-part]]."),
    );
    served.wait("/_carnet/diagnostics.json", |answer| {
        answer.contains("nulle-part") && answer.contains("1 erreur")
    });
    // The file is sound in itself: its page is the new one.
    let page = served.get("/procedures/imprimante/");
    assert!(page.contains("Texte deux"), "{page}");
    // What was found last stands until the rules were asked again, and a save elsewhere takes nothing of it away.
    let mut tab = served.listen();
    message(&mut tab);
    let vpn = "---\ntitle: VPN\n---\n\nTunnel neuf.\n";
    served.write("procedures/vpn.md", vpn);
    message(&mut tab);
    assert!(
        served.findings()["text"]
            .as_str()
            .unwrap()
            .contains("nulle-part")
    );
    served.write("procedures/imprimante.md", PRINTER);
    served.wait("/_carnet/diagnostics.json", |answer| {
        answer.contains("\"text\":\"\"")
    });
    let told = |served: &Served| served.said.lock().unwrap().clone();
    let started = Instant::now();
    while !told(&served).contains("nulle-part") {
        assert!(started.elapsed() < Duration::from_secs(8));
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_theme_that_breaks_keeps_the_templates_that_worked() {
    const FOOTER: &str = "themes/nous/templates/footer.html";
    let served = Served::start(&["--no-history"]);
    served.write(FOOTER, "<p>Pied un</p>\n");
    served.write(
        "carnet.yaml",
        "title: Essai\nas_of: 2026-11-20\ntheme: nous\n",
    );
    let shows = |text: &str| served.wait("/procedures/imprimante/", |page| page.contains(text));
    shows("Pied un");
    served.write(FOOTER, "<p>{% if %}</p>\n");
    served.wait("/_carnet/diagnostics.json", |answer| {
        answer.contains("footer.html:1")
    });
    assert!(served.get("/procedures/imprimante/").contains("Pied un"));
    // Texts go on being followed, in the theme that worked.
    served.write("procedures/imprimante.md", &PRINTER.replace("un.", "deux."));
    shows("Texte deux.");
    assert!(served.get("/procedures/imprimante/").contains("Pied un"));
    assert_ne!(served.findings()["text"], "");
    served.write(FOOTER, "<p>Pied deux</p>\n");
    shows("Pied deux");
    assert_eq!(served.findings()["text"], "");
}

#[test]
fn files_come_and_go_in_new_folders() {
    let served = Served::start(&["--no-history"]);
    let neuve = "---\ntitle: Neuve\n---\n\nTout neuf.\n";
    served.write("procedures/reseau/wifi/neuve.md", neuve);
    served.wait("/procedures/reseau/wifi/neuve/", |page| {
        page.contains("Tout neuf.")
    });
    served.write(
        "procedures/reseau/wifi/neuve.md",
        &neuve.replace("neuf", "frais"),
    );
    served.wait("/procedures/reseau/wifi/neuve/", |page| {
        page.contains("Tout frais.")
    });
    fs::remove_dir_all(served.root().join("procedures/reseau")).unwrap();
    served.wait("/procedures/reseau/wifi/neuve/", |page| {
        status(page) == "404"
    });
}
