//! `carnet import` of JSON that interfaces answer, as people run it: exact records, no secret, nothing
//! that acts, and nothing changes when it is run again.

mod running;
#[path = "running/twice.rs"]
mod twice;

use std::fs;
use std::path::{Path, PathBuf};

use running::{carnet, files, project};
use twice::import_twice;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imported_answers")
}

/// An estate that an answer was imported into, twice, and checked.
struct Imported {
    folder: tempfile::TempDir,
    told: String,
}

impl Imported {
    fn new(source: &str, names: &[&str]) -> Self {
        let folder = project("title: Essai\nas_of: 2026-11-20\n");
        let root = folder.path();
        fs::create_dir_all(root.join("inventory/people")).expect("folders");
        let person =
            "name: Léa Garnier\nfirst_name: Léa\nlast_name: Garnier\nemail: lea@nacelle.example\n";
        fs::write(root.join("inventory/people/lea-garnier.yaml"), person).expect("written");
        fs::create_dir(root.join("inventory/problems")).expect("a folder");
        let problem = "title: File d’impression\nopened: 2026-04-01\naliases: [PRB-4]\n";
        fs::write(root.join("inventory/problems/pb-file.yaml"), problem).expect("written");
        let paths: Vec<String> = names
            .iter()
            .map(|name| fixtures().join(name).to_string_lossy().into_owned())
            .collect();
        let mut arguments = vec!["import", source];
        arguments.extend(paths.iter().map(String::as_str));
        let (told, again) = import_twice(root, &arguments);
        assert!(again.contains("0 valeur gardée"), "{again}");
        Self { folder, told }
    }

    fn text(&self, record: &str) -> String {
        let path = self.folder.path().join("inventory").join(record);
        fs::read_to_string(&path).unwrap_or_else(|_| panic!("{record}: {}", self.told))
    }

    /// A page of the site that is built of it.
    fn page(&self, path: &str) -> String {
        let root = self.folder.path();
        let (code, told) = carnet(root, &["build", "--no-history"]);
        assert_eq!(code, 0, "{told}");
        let all = files(root);
        let page = all.iter().find(|(name, _)| name.ends_with(path));
        page.unwrap_or_else(|| panic!("{path}")).1.clone()
    }
}

#[test]
fn issues_of_jira_become_tickets() {
    let imported = Imported::new("jira", &["jira-search.json"]);
    let expected = fs::read_to_string(fixtures().join("sup-12.yaml")).expect("a record");
    assert_eq!(imported.text("tickets/sup-12.yaml"), expected);
    let other = imported.text("tickets/sup-13.yaml");
    assert!(other.contains("\nopened: 2026-03-05 00:30\n"), "{other}");
    assert!(!other.contains("priority"), "{other}");
    for told in [
        "à lier\u{a0}: Ticket › Attribué à «\u{a0}Personne Inconnue\u{a0}» (1)",
        "commentaires réservés à certains (1)",
        "mots de passe (2)",
        "`priority`\u{a0}: valeurs illisibles",
    ] {
        assert!(imported.told.contains(told), "{told}: {}", imported.told);
    }
    let page = imported.page("tickets/sup-12/index.html");
    for expected in [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[x](javascript:alert(1))",
        "# pas un titre, {{name}}",
        "<strong>toujours</strong>",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(
        !page.contains("<script>alert") && !page.contains("href=\"javascript"),
        "{page}"
    );
}

#[test]
fn issues_name_their_problem_and_their_work() {
    let imported = Imported::new("jira", &["jira-links.json"]);
    let expected = fs::read_to_string(fixtures().join("sup-21.yaml")).expect("a record");
    assert_eq!(imported.text("tickets/sup-21.yaml"), expected);
    for told in [
        "à lier\u{a0}: Ticket › Changement «\u{a0}CHG-9\u{a0}» (1)",
        "liens entre tickets (4)",
        "pièces jointes (2)",
        "mots de passe (1)",
        "entrées du journal de travail (1)",
    ] {
        assert!(imported.told.contains(told), "{told}: {}", imported.told);
    }
}

#[test]
fn followups_of_glpi_tell_the_story_of_a_ticket() {
    let imported = Imported::new("glpi", &["glpi-followups.json"]);
    let expected = fs::read_to_string(fixtures().join("glpi-52301.yaml")).expect("a record");
    assert_eq!(imported.text("tickets/glpi-52301.yaml"), expected);
    for told in [
        "commentaires réservés à certains (2)",
        "mots de passe (1)",
        "dont le ticket n’est pas dans ce fichier\u{a0}: 1",
        "à lier\u{a0}: Ticket › Attribué à «\u{a0}Perrin Hugo\u{a0}» (1)",
    ] {
        assert!(imported.told.contains(told), "{told}: {}", imported.told);
    }
}

#[test]
fn devices_of_glpi_become_assets() {
    let imported = Imported::new("glpi", &["glpi-computers.json", "glpi-tickets.json"]);
    let expected = fs::read_to_string(fixtures().join("pc-compta-71.yaml")).expect("a record");
    assert_eq!(imported.text("assets/pc-compta-71.yaml"), expected);
    let server = imported.text("assets/srv-74.yaml");
    assert_eq!(server, "name: srv-74\ntype: desktop\nstatus: in-service\n");
    for told in [
        "gabarits (1)",
        "éléments supprimés à la source (1)",
        "ce sont des numéros\u{a0}: 2",
        "numéros et dates de commande, de livraison ou de facture (3)",
    ] {
        assert!(imported.told.contains(told), "{told}: {}", imported.told);
    }
}

#[test]
fn tickets_and_stock_of_glpi_become_records() {
    let imported = Imported::new("glpi", &["glpi-tickets.json"]);
    let expected = fs::read_to_string(fixtures().join("glpi-52267.yaml")).expect("a record");
    assert_eq!(imported.text("tickets/glpi-52267.yaml"), expected);
    assert_eq!(
        imported.text("licences/suite-2026.yaml"),
        "name: Suite 2026\nsoftware: suite\nreference: L-1\nseats: 25\nexpires: 2027-01-31\n"
    );
    assert_eq!(
        imported.text("contracts/maintenance-postes.yaml"),
        "name: Maintenance postes\nnumber: C-2026-1\ntype: maintenance\nstarts: 2026-01-01\nends: 2026-12-31\nnotice: 2 mois\nrenewal: tacit\n"
    );
    assert_eq!(
        imported.text("suppliers/durand-sa.yaml"),
        "name: Durand SA\naddress: 1 rue des Essais, 69000 LYON\nphone: +33 4 99 00 00 01\nemail: contact@durand.example\nwebsite: https://durand.example\n"
    );
    assert_eq!(
        imported.text("accounts/hperrin.yaml"),
        "login: hperrin\ndisplay_name: Hugo Perrin\ntype: user\nenabled: true\ncreated: 2024-02-01\nlast_logon: 2026-03-01\n"
    );
    for told in [
        "clés de licence (1)",
        "mots de passe (1)",
        "images et fichiers dans des textes (1)",
    ] {
        assert!(imported.told.contains(told), "{told}: {}", imported.told);
    }
    let page = imported.page("tickets/glpi-52267/index.html");
    assert!(
        page.contains("<strong>plus rien</strong> &lt;script&gt;"),
        "{page}"
    );
    assert!(
        !page.contains("<script>alert") && !page.contains("href=\"javascript"),
        "{page}"
    );
}

#[test]
fn rows_of_snipe_it_become_assets_and_licences() {
    let imported = Imported::new(
        "snipeit",
        &["snipeit-hardware.json", "snipeit-licences.json"],
    );
    let expected = fs::read_to_string(fixtures().join("a-00071.yaml")).expect("a record");
    assert_eq!(imported.text("assets/a-00071.yaml"), expected);
    let other = imported.text("assets/videoprojecteur.yaml");
    assert!(other.contains("status: retired\n"), "{other}");
    assert_eq!(
        imported.text("licences/dessin-pro.yaml"),
        "name: Dessin Pro\nsoftware: dessin-pro\nreference: BC-7\nseats: 5\npurchased: 2026-01-05\nexpires: 2027-01-04\ncost: 120.00\n"
    );
    for told in [
        "clés de licence (1)",
        "mots de passe (1)",
        "éléments supprimés à la source (1)",
        "une page d’une liste plus longue",
        "à lier\u{a0}: Équipement › Lieu «\u{a0}Grenoble\u{a0}»",
    ] {
        assert!(imported.told.contains(told), "{told}: {}", imported.told);
    }
    let page = imported.page("assets/a-00071/index.html");
    assert!(
        !page.contains("<script>alert") && !page.contains("href=\"javascript"),
        "{page}"
    );
}

#[test]
fn what_cannot_be_read_is_refused() {
    let folder = project("title: Essai\n");
    let path = folder.path().join("x.json");
    let deep = "[".repeat(200_000);
    let many = format!("[{}]", vec!["{}"; 1_000_001].join(","));
    let cases = [
        ("jira", deep.as_str(), "128 niveaux"),
        ("glpi", deep.as_str(), "128 niveaux"),
        ("snipeit", many.as_str(), "un million d’objets"),
        (
            "glpi",
            "{\"totalcount\":1,\"data\":[{\"1\":\"a\"}]}",
            "expand_dropdowns=true",
        ),
        ("jira", "{\"issues\":[{\"id\":\"1\"}]}", "fields=*all"),
        (
            "snipeit",
            "{\"rows\":[{\"username\":\"a\"}]}",
            "/api/v1/hardware",
        ),
    ];
    for (source, text, why) in cases {
        fs::write(&path, text).expect("written");
        let (code, told) = carnet(folder.path(), &["import", source, &path.to_string_lossy()]);
        assert_eq!(code, 1, "{told}");
        assert!(told.contains(why), "{why}: {told}");
    }
    assert!(!folder.path().join("inventory").exists());
}
