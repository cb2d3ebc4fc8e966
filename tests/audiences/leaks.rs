//! What is looked for in a site before it is published: every text that is hidden and stands nowhere else, in whatever
//! letters a file writes it.

use carnet::audience::{Audience, Leaks, visible_to};
use carnet::history::{Absence, History};
use carnet::project::Project;
use carnet::site;

use super::load;
use super::sight::put;

const CONFIG: &str =
    "title: Parc Exemple\nas_of: 2026-11-20\naudiences:\n  a: {}\n  b: {includes: [a]}\n";
const ASSET: &str = "\
extends: asset
fields:
  - {key: safe, type: text, labels: {fr: Casier de fer, en: Iron locker}, audience: b}
  - {key: serial, audience: b}
  - key: paper
    type: structure
    labels: {fr: Papiers, en: Papers}
    fields:
      - {key: deed, type: text}
      - {key: seal, type: text, labels: {fr: Cachet de cire, en: Wax signet}, audience: b}
  - key: grade
    type: enumeration
    audience: b
    values: [{key: g1, labels: {fr: Premier de cordée, en: First on the rope}}]
";
const VAULT: &str = "\
kind: vault
folder: vaults
title: name
audience: b
labels: {fr: Chambre forte, en: Strongroom}
plural: {fr: Chambres fortes, en: Strongrooms}
sections:
  - {key: doors, labels: {fr: Portes blindées, en: Armoured doors}}
fields:
  - {key: name, type: text}
  - {key: bolts, type: text, section: doors, labels: {fr: Verrous tournants, en: Turning bolts}}
";

/// What is looked for in the site of `a`.
fn leaks(files: &[(&str, &str)], history: &History) -> Leaks {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "carnet.yaml", CONFIG);
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    let project = load(folder.path());
    of(&project, history)
}

fn of(project: &Project, history: &History) -> Leaks {
    let audience = Audience::named(&project.config.audiences, "a").expect("declared");
    let (seen, told) = visible_to(&audience, project, history).expect("a part");
    Leaks::of(&audience, project, (&seen, &told), site::own_files())
}

fn without_past(files: &[(&str, &str)]) -> Leaks {
    leaks(files, &History::absent(Absence::TurnedOff))
}

/// Which addresses are free stands there, whether somebody hidden has one or not.
#[test]
fn an_address_of_a_network_that_is_read_proves_nothing() {
    let hidden = "name: Coffre Tilleul\naudience: b\nip: [192.0.2.1, 198.51.100.1]\n";
    let leaks = without_past(&[
        (
            "inventory/prefixes/lan.yaml",
            "prefix: 192.0.2.0/24\nname: LAN\n",
        ),
        ("inventory/assets/x.yaml", hidden),
    ]);
    assert_eq!(
        found(&leaks, &["192.0.2.1", "198.51.100.1"]),
        ["198.51.100.1"]
    );
}

/// Those of some texts that are found, one file each.
fn found<'t>(leaks: &Leaks, texts: &[&'t str]) -> Vec<&'t str> {
    let is_found = |text: &&&str| leaks.find("page.html", text.as_bytes()) == [text.to_lowercase()];
    texts.iter().filter(is_found).copied().collect()
}

#[test]
fn every_kind_of_value_of_a_hidden_record_is_looked_for() {
    let hidden = "\
id: coffre-01
name: Coffre Tilleul
audience: b
notes: Une phrase que nul autre ne dit.
serial: SN-TILLEUL-9
mac: 00:00:5E:00:53:7A
ip: 192.0.2.77
admin_url: https://tilleul.example/page
user: personne-absente
in_service: tilleul neuf
";
    let person = "name: Zoé Tilleul\naudience: b\nemail: zoe.tilleul@parc.example\n";
    let leaks = without_past(&[
        ("inventory/assets/coffre-01.yaml", hidden),
        ("inventory/people/zoe-tilleul.yaml", person),
        ("inventory/assets/pc-01.yaml", "name: Poste un\n"),
    ]);
    let texts = [
        "coffre-01",
        "Coffre Tilleul",
        "Une phrase que nul autre ne dit.",
        "SN-TILLEUL-9",
        "https://tilleul.example/page",
        "tilleul neuf",
        "00:00:5E:00:53:7A",
        "192.0.2.77",
        "personne-absente",
        "Zoé Tilleul",
        "zoe.tilleul@parc.example",
    ];
    assert_eq!(found(&leaks, &texts), texts);
    assert_eq!(
        found(&leaks, &["pc-01", "Poste un", "Parc Exemple"]),
        [""; 0]
    );
}

#[test]
fn fields_and_parts_that_are_hidden_are_looked_for_in_records_that_are_read() {
    let pc = "\
name: Poste un
safe: Casier sept
serial: SN-MERISIER-4
paper: {deed: Acte de juin, seal: Cire de juin}
";
    let leaks = without_past(&[
        ("inventory/_kinds/asset.yaml", ASSET),
        ("inventory/assets/pc-01.yaml", pc),
    ]);
    let texts = [
        "Casier sept",
        "SN-MERISIER-4",
        "Cire de juin",
        "Acte de juin",
        "Poste un",
    ];
    assert_eq!(found(&leaks, &texts), texts[..3]);
    // The words of the site for its hidden fields; Carnet's own are in every manual.
    let labels = [
        "Casier de fer",
        "Iron locker",
        "Cachet de cire",
        "Wax signet",
        "Premier de cordée",
        "First on the rope",
        "Numéro de série",
        "Serial number",
        "Papiers",
        "Papers",
    ];
    assert_eq!(found(&leaks, &labels), labels[..6]);
}

#[test]
fn a_hidden_kind_is_looked_for_by_its_words() {
    let vault = "name: Coffre nord\nbolts: Huit verrous\n";
    let leaks = without_past(&[
        ("inventory/_kinds/vault.yaml", VAULT),
        ("inventory/vaults/nord.yaml", vault),
    ]);
    let texts = [
        "Chambre forte",
        "Chambres fortes",
        "Strongroom",
        "Strongrooms",
        "Portes blindées",
        "Armoured doors",
        "Verrous tournants",
        "Turning bolts",
        "Coffre nord",
        "Huit verrous",
    ];
    assert_eq!(found(&leaks, &texts), texts);
}

/// A kind of Carnet's that is closed: its own words are in every manual, the site's are not.
#[test]
fn words_of_carnet_give_nothing_away() {
    let kind = "\
extends: contract
audience: b
fields:
  - {key: clause, type: text, labels: {fr: Clause de dédit, en: Forfeit clause}}
";
    let leaks = without_past(&[
        ("inventory/_kinds/contract.yaml", kind),
        ("inventory/contracts/c-01.yaml", "name: Bail du nord\n"),
    ]);
    let texts = [
        "Clause de dédit",
        "Forfeit clause",
        "Bail du nord",
        "Contrats",
        "Contracts",
        "Fournisseur",
    ];
    assert_eq!(found(&leaks, &texts), texts[..3]);
}

#[test]
fn texts_are_looked_for_line_by_line_and_by_their_headings() {
    let procedure = "\
---
title: Remise des clefs
audience: b
---
# Remise des clefs

## Boîte verte

Court ici.

La boîte verte est sous la troisième marche.
";
    let leaks = without_past(&[
        ("procedures/clefs.md", procedure),
        ("procedures/autre.md", "# Autre\n\nRien à dire ici.\n"),
    ]);
    let texts = [
        "Remise des clefs",
        "Boîte verte",
        "La boîte verte est sous la troisième marche.",
        // Too short a line to prove a thing.
        "Court ici.",
        "Rien à dire ici.",
    ];
    let line = leaks.find("page.html", texts[2].as_bytes());
    assert_eq!(
        line,
        [
            "boîte verte",
            "la boîte verte est sous la troisième marche."
        ]
    );
    assert_eq!(
        found(&leaks, &[texts[0], texts[1], texts[3], texts[4]]),
        texts[..2]
    );
}

#[test]
fn words_that_stand_by_chance_are_not_looked_for() {
    let hidden = "\
name: abcdefg
audience: b
serial: A12
tag: 4711-2026
notes: Merisier
os_version: ab1cd
";
    let leaks = without_past(&[
        ("inventory/assets/xy-1.yaml", hidden),
        ("inventory/assets/pc-01.yaml", "name: Poste un\n"),
    ]);
    let texts = ["abcdefg", "A12", "4711-2026", "xy-1", "ab1cd", "Merisier"];
    assert_eq!(found(&leaks, &texts), ["ab1cd"]);
}

#[test]
fn a_long_text_is_looked_for_by_its_first_letters() {
    let long = "é".repeat(300);
    let hidden = format!("name: {long}\naudience: b\n");
    let leaks = without_past(&[("inventory/assets/x.yaml", &hidden)]);
    let text = format!("{}…", "é".repeat(200));
    assert_eq!(leaks.find("p", text.as_bytes()), ["é".repeat(200)]);
    let less = format!("{}…", "é".repeat(199));
    assert_eq!(leaks.find("p", less.as_bytes()), [""; 0]);
}

#[test]
fn what_is_also_read_proves_nothing() {
    let hidden = "name: Coffre Tilleul\naudience: b\nserial: SN-TILLEUL-9\nnotes: Voir Camille Exemple et pc-01.\n";
    let open = "name: Poste un\nnotes: Le coffre tilleul est vide, SN-TILLEUL-9 aussi.\n";
    let leaks = without_past(&[
        ("inventory/assets/coffre-01.yaml", hidden),
        ("inventory/assets/pc-01.yaml", open),
    ]);
    let texts = ["Coffre Tilleul", "SN-TILLEUL-9", "coffre-01"];
    assert_eq!(found(&leaks, &texts), ["coffre-01"]);
}

#[test]
fn hidden_files_are_looked_for_by_name_and_content() {
    let files = [
        (
            "inventory/assets/pc-01.yaml",
            "name: Un\nnotes: Voir [le plan](/content/plan-nord.txt).\n",
        ),
        (
            "inventory/assets/pc-02.yaml",
            "name: Deux\naudience: b\nnotes: Voir [le plan](/content/plan-est.txt).\n",
        ),
        ("content/plan-nord.txt", "le nord"),
        ("content/plan-est.txt", "l’est"),
        ("content/plan-sud.txt", "le nord"),
        ("content/plan-vide.txt", ""),
    ];
    let leaks = without_past(&files);
    assert_eq!(leaks.find("a/b.txt", "l’est".as_bytes()), [""]);
    assert_eq!(leaks.find("plan-est.txt", b"le nord"), ["plan-est.txt"]);
    assert_eq!(leaks.find("x.html", b"plan-sud.txt"), ["plan-sud.txt"]);
    // What is read has these bytes, too; and an empty file says nothing.
    assert_eq!(leaks.find("plan-nord.txt", b"le nord"), [""; 0]);
    assert_eq!(leaks.find("vide.txt", b""), [""; 0]);
}

#[test]
fn letters_are_found_as_files_write_them() {
    let hidden = "name: Été & “Nuit” <noire>\naudience: b\n";
    let leaks = without_past(&[("inventory/assets/coffre.yaml", hidden)]);
    for text in [
        "été & “nuit” <noire>",
        "ÉTÉ & “NUIT” <NOIRE>",
        "&#201;t&#xe9; &amp; “Nuit” &lt;noire&gt;",
        r"\u00c9t\u00e9 & \u201cNuit\u201d \u003cnoire\u003e",
        "%C3%89t%C3%A9%20&%20%E2%80%9CNuit%E2%80%9D%20%3Cnoire%3E",
    ] {
        let found = leaks.find("index.html", text.as_bytes());
        assert_eq!(found, ["été & “nuit” <noire>"], "{text}");
    }
    assert_eq!(leaks.find("index.html", "Été et nuit".as_bytes()), [""; 0]);
}
