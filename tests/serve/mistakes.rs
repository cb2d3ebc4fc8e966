//! Mistakes while editing: the last good page stays, the reason is over it.

use super::*;

#[test]
fn a_mistake_shows_over_the_last_good_page() {
    let served = Served::start(&["--no-history"]);
    let mut tab = served.listen();
    message(&mut tab);
    assert_eq!(served.findings()["text"], "");
    served.write(
        "procedures/imprimante.md",
        "---\ntitle: \"Imprimante\n---\n\nTexte deux.\n",
    );
    message(&mut tab);
    let findings = served.findings();
    assert_eq!(findings["title"], "1 erreur");
    assert!(
        findings["text"]
            .as_str()
            .unwrap()
            .contains("procedures/imprimante.md:2:8"),
        "{findings}"
    );
    let page = served.get("/procedures/imprimante/");
    assert!(
        page.contains("Texte un.") && page.contains("live.js"),
        "{page}"
    );
    // The rest of the site goes on meanwhile.
    served.write(
        "procedures/vpn.md",
        "---\ntitle: VPN\n---\n\nTunnel neuf.\n",
    );
    served.wait("/procedures/vpn/", |page| page.contains("Tunnel neuf."));
    assert!(served.get("/procedures/imprimante/").contains("Texte un."));
    // A second mistake in the same file does not lose the good page.
    served.write(
        "procedures/imprimante.md",
        "---\ntitle: [\n---\n\nTexte trois.\n",
    );
    served.wait("/_carnet/diagnostics.json", |answer| {
        answer.contains("title: [")
    });
    assert!(served.get("/procedures/imprimante/").contains("Texte un."));
    served.write(
        "procedures/imprimante.md",
        &PRINTER.replace("un.", "quatre."),
    );
    served.wait("/procedures/imprimante/", |page| {
        page.contains("Texte quatre.")
    });
    assert_eq!(served.findings()["text"], "");
    let said = served.said.lock().unwrap();
    assert!(
        said.contains("1 fichier, 1 erreur") && said.contains("construit en "),
        "{said}"
    );
}

#[test]
fn a_broken_list_keeps_all_its_records() {
    let served = Served::start(&["--no-history"]);
    served.write(
        "inventory/assets/lyon.yaml",
        "- id: pc-001\n  name: \"Poste\n",
    );
    served.wait("/_carnet/diagnostics.json", |answer| {
        answer.contains("lyon.yaml")
    });
    assert!(served.get("/assets/pc-002/").contains("Poste 2"));
    served.write(
        "inventory/assets/lyon.yaml",
        "- id: pc-001\n  name: Poste 1\n  type: laptop\n",
    );
    served.wait("/assets/pc-002/", |page| status(page) == "404");
}

#[test]
fn a_deleted_folder_and_a_deleted_project_come_back() {
    let served = Served::start(&["--no-history"]);
    fs::remove_dir_all(served.root().join("procedures")).unwrap();
    served.wait("/procedures/imprimante/", |page| status(page) == "404");
    served.write("procedures/imprimante.md", PRINTER);
    served.wait("/procedures/imprimante/", |page| page.contains("Texte un."));
    // The whole project goes: the last site stays, with the reason over it.
    let aside = served.folder.path().join("ailleurs");
    fs::rename(served.root(), &aside).unwrap();
    served.wait("/_carnet/diagnostics.json", |answer| {
        answer.contains("1 erreur")
    });
    assert!(served.get("/procedures/imprimante/").contains("Texte un."));
    fs::rename(&aside, served.root()).unwrap();
    served.wait("/_carnet/diagnostics.json", |answer| {
        answer.contains("\"text\":\"\"")
    });
    served.write("procedures/imprimante.md", &PRINTER.replace("un.", "deux."));
    served.wait("/procedures/imprimante/", |page| {
        page.contains("Texte deux.")
    });
}
