//! The database of a small estate: what its tables hold, what they do not, and what may be asked.

use super::question::{Answer, Cell};
use super::{Database, READY};
use crate::diagnostic::Language::{En, Fr};
use crate::estate::Estate;
use crate::estate::samples::estate;

const KEY: &str = "AAAAA-11111-SECRET";

fn small() -> Estate {
    let licence = format!(
        "- id: suite\n  name: Suite\n  software: tableur\n  seats: 3\n  key: {KEY}\n  starts: 2026-01-01\n  cost: 0.10\n  cost_period: yearly\n  \
         assignments:\n    - {{to: ada, since: 2026-02-01}}\n- {{id: plume, name: Plume, software: tableur, cost: 0.20, cost_period: yearly, starts: 2026-01-01}}\n"
    );
    estate(&[
        ("inventory/people/p.yaml", "- {id: ada, name: Ada Lebrun}\n"),
        (
            "inventory/software/s.yaml",
            "- {id: tableur, name: Tableur}\n",
        ),
        ("inventory/licences/l.yaml", &licence),
        (
            "inventory/assets/a.yaml",
            "- id: pc-1\n  name: L’été \"bleu\"\n  type: laptop\n  status: in-service\n  user: ada\n  ip: [192.0.2.7, 192.0.2.8]\n",
        ),
    ])
}

fn ask(sql: &str) -> Answer {
    Database::of(&small()).ask(sql).expect("an answer")
}

fn rows(sql: &str) -> Vec<Vec<String>> {
    let rows = ask(sql).rows;
    rows.iter()
        .map(|row| row.iter().map(Cell::text).collect())
        .collect()
}

fn refused(sql: &str) -> String {
    Database::of(&small())
        .ask(sql)
        .expect_err("no answer")
        .message
        .en
}

#[test]
fn a_kind_is_a_table_and_a_list_another() {
    assert_eq!(
        rows(
            "SELECT a.id, a.type, a.user, i.position, i.value, a.page FROM assets AS a JOIN assets_ip AS i USING (id)"
        ),
        [
            ["pc-1", "laptop", "ada", "1", "192.0.2.7", "assets/pc-1/"],
            ["pc-1", "laptop", "ada", "2", "192.0.2.8", "assets/pc-1/"],
        ]
    );
    assert_eq!(
        rows("SELECT \"to\", since FROM licences_assignments"),
        [["ada", "2026-02-01"]]
    );
    assert_eq!(
        rows("SELECT from_id, field FROM links WHERE to_id = 'ada' ORDER BY 1"),
        [["pc-1", "user"], ["suite", "assignments"]]
    );
}

#[test]
fn views_speak_the_language_of_the_site() {
    assert_eq!(
        rows("SELECT \"Nom\", \"Type\", \"Utilisateur\" FROM vue_equipements"),
        [["L’été \"bleu\"", "Ordinateur portable", "Ada Lebrun"]]
    );
}

#[test]
fn amounts_add_up_exactly() {
    assert_eq!(rows("SELECT sum(cost_cents) FROM licences"), [["30"]]);
    assert_eq!(
        rows("SELECT cost FROM licences ORDER BY cost"),
        [["0.10"], ["0.20"]]
    );
    assert_eq!(
        rows("SELECT licence, bought, assigned, free FROM licence_positions ORDER BY 1"),
        [["plume", "", "0", ""], ["suite", "3", "1", "2"]]
    );
}

#[test]
fn systems_and_old_versions_are_tables() {
    let estate = estate(&[
        (
            "inventory/software/s.yaml",
            "- {id: sys, name: Système, type: operating-system, version: \"3\", minimum_version: \"2\", versions: [{version: \"1\", end_of_support: 2026-11-19}, {version: \"2\", end_of_support: 2026-11-20}]}\n",
        ),
        (
            "inventory/assets/a.yaml",
            "- {id: pc-1, name: P, os: Système, os_version: \"1.9\"}\n\
             - {id: pc-2, name: P, os: Système, os_version: \"2.0\"}\n\
             - {id: pc-3, name: P, os: Autre}\n- {id: pc-4, name: P}\n",
        ),
    ]);
    let rows = |sql: &str| -> Vec<String> {
        let answer = Database::of(&estate).ask(sql).expect("an answer");
        let line = |row: &Vec<Cell>| row.iter().map(Cell::text).collect::<Vec<_>>().join(" ");
        answer.rows.iter().map(line).collect()
    };
    assert_eq!(
        rows("SELECT asset, software, end_of_support, past FROM asset_systems ORDER BY 1"),
        ["pc-1 sys 2026-11-19 1", "pc-2 sys 2026-11-20 0", "pc-3   "]
    );
    assert_eq!(
        rows("SELECT asset, version, outdated FROM old_versions ORDER BY 1"),
        ["pc-1 1.9 1", "pc-2 2.0 0"]
    );
}

#[test]
fn no_secret_is_in_the_file_and_the_same_estate_gives_the_same_bytes() {
    let bytes = Database::of(&small()).bytes();
    assert!(bytes.starts_with(b"SQLite format 3\0"));
    assert!(!bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes()));
    assert!(bytes.windows(9).any(|part| part == b"192.0.2.8"));
    let mut asked = Database::of(&small());
    let _ = asked.ask("SELECT 1");
    assert_eq!(bytes, asked.bytes(), "a question leaves the file as it was");
}

#[test]
fn addresses_and_prefixes_are_tables_too() {
    let estate = estate(&[
        (
            "inventory/prefixes/p.yaml",
            "- {id: net, prefix: 192.0.2.0/29, gateway: 192.0.2.6, dhcp_range: 192.0.2.4-5, vlan: v7}\n\
             - {id: six, prefix: '2001:db8::/48', role: container}\n",
        ),
        (
            "inventory/vlans/v.yaml",
            "- {id: v7, name: Seven, number: 7}\n",
        ),
        (
            "inventory/assets/a.yaml",
            "- {id: pc-1, name: pc-1, hostname: pc1, ip: [192.0.2.1, 10.0.0.9], mac: ['00:00:5e:00:53:01']}\n",
        ),
    ]);
    let mut database = Database::of(&estate);
    let mut ask = |sql: &str| {
        let rows = database.ask(sql).expect("an answer").rows;
        let cells = rows.iter().flatten().map(Cell::text);
        cells.collect::<Vec<_>>().join("|")
    };
    assert_eq!(
        ask("SELECT address, network, vlan, asset, host_name, state FROM addresses ORDER BY 1"),
        "10.0.0.9|||pc-1|pc1|outside|192.0.2.1|192.0.2.0/29|v7|pc-1|pc1|static|192.0.2.6|192.0.2.0/29|v7|||gateway"
    );
    assert_eq!(
        ask("SELECT prefix, size, used, reserved, dhcp, free FROM prefix_usage ORDER BY 1"),
        "net|8|2|0|2|2|six||0|0|0|"
    );
}

#[test]
fn a_question_only_reads() {
    for sql in [
        "DELETE FROM assets",
        "ATTACH 'x.sqlite' AS x",
        "PRAGMA journal_mode = DELETE",
        "SELECT random()",
        "SELECT load_extension('x')",
        "CREATE TEMP TABLE x (y)",
    ] {
        assert!(
            refused(sql).starts_with("not allowed"),
            "{sql}: {}",
            refused(sql)
        );
    }
    assert!(refused("SELECT 1; SELECT 2").starts_with("one question"));
    assert!(refused("VACUUM INTO 'x.sqlite'").starts_with("a question reads"));
    assert!(refused("").starts_with("a question reads"));
    assert!(refused("SELECT * FROM asset").contains("`asset`"));
    let endless =
        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n";
    let answer = ask(endless);
    assert_eq!(
        (answer.rows.len(), answer.cut),
        (super::question::MOST_ROWS, true)
    );
}

#[test]
fn a_question_that_never_ends_is_known_in_advance() {
    let endless =
        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";
    let mistake = Database::of(&small()).understand(endless);
    let mistake = mistake.expect_err("no end").message.en;
    assert!(mistake.contains("takes too long"), "{mistake}");
    let large = "SELECT printf('%*d', 900000000, 1)";
    assert!(refused(large).contains("too big"), "{}", refused(large));
}

#[test]
fn cents_are_rounded_as_amounts_are_shown() {
    let estate = estate(&[(
        "inventory/assets/a.yaml",
        "{id: pc, name: PC, type: laptop, price: 12.345}\n",
    )]);
    let answer = Database::of(&estate).ask("SELECT price_cents FROM assets");
    assert_eq!(answer.expect("an answer").rows, [[Cell::Integer(1235)]]);
}

#[test]
fn a_mistake_has_its_place() {
    let mistake = Database::of(&small())
        .ask("SELECT id,\n nme FROM assets")
        .expect_err("no answer");
    assert_eq!(mistake.offset, Some(12));
    assert_eq!(ask("SELECT 1 AS n, 2 AS n").columns, ["n", "n_2"]);
}

#[test]
fn every_ready_question_is_understood_and_named() {
    let mut database = Database::empty(&small());
    for ready in READY {
        assert_eq!(database.understand(ready.sql), Ok(()), "{}", ready.name);
        assert_ne!(ready.title(Fr), ready.name);
        assert_ne!(ready.title(En), ready.name);
        assert_ne!(ready.title(En), ready.title(Fr));
    }
    let names: Vec<&str> = READY.iter().map(|ready| ready.name).collect();
    assert!(names.is_sorted());
}

#[test]
fn the_table_of_a_built_in_kind_is_named_as_its_folder() {
    let estate = small();
    let schema = &estate.schema;
    for table in &super::layout::layout(schema).kinds {
        let kind = schema.kind(&table.kind).expect("a kind");
        assert_eq!(table.name, kind.folder.replace('-', "_"));
    }
}

/// What is proposed for a question that names what is not there.
fn proposed(sql: &str) -> String {
    let estate = small();
    let mistake = Database::of(&estate).ask(sql).expect_err("no answer");
    super::near(&estate, &mistake, sql).map_or_else(String::new, |near| near.en)
}

#[test]
fn near_names_are_proposed_by_labels_too() {
    assert_eq!(proposed("SELECT id FROM asset"), "did you mean `assets`?");
    assert_eq!(
        proposed("SELECT id FROM equipements"),
        "did you mean `assets`?"
    );
    assert_eq!(
        proposed("SELECT id FROM Équipement"),
        "did you mean `assets`?"
    );
    assert_eq!(
        proposed("SELECT id FROM licences_position"),
        "did you mean `licence_positions`?"
    );
    assert_eq!(proposed("SELECT nom FROM assets"), "did you mean `name`?");
    assert_eq!(
        proposed("SELECT a.statu FROM assets AS a"),
        "did you mean `status`?"
    );
    assert_eq!(proposed("SELECT id FROM zzzzzzzz"), "");
}

#[test]
fn tables_are_told_to_be_read() {
    let told = super::told(&small(), Fr);
    assert!(told.contains("assets  (Équipements)\n    id, "), "{told}");
    assert!(told.contains("assets_ip  (Équipements, "), "{told}");
    assert!(
        told.contains("licence_positions\n    -- `bought` and "),
        "{told}"
    );
    assert!(told.contains("vue_equipements\n"), "{told}");
    assert!(!told.contains("CREATE"));
}
