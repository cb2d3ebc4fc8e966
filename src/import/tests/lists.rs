//! Fields that are lists of references: merged like any list, by what each name means.

use super::*;

const ACCOUNT: &str = "inventory/accounts/lgarnier.yaml";

/// An account that stands in groups, by their names in the directory.
fn account(groups: &[&str]) -> Sighting {
    let mut sighting = directory::account("lgarnier", Some("ad"));
    let groups = groups.iter();
    let groups = groups.map(|name| Arc::new(directory::elsewhere(name)));
    sighting.links = directory::in_groups(groups.collect()).into_iter().collect();
    sighting
}

fn groups(text: &str) -> &str {
    let rest = text.split_once("groups: ").map_or("", |(_, rest)| rest);
    rest.lines().next().unwrap_or_default()
}

fn estate() -> Estate {
    Estate::with(&[
        (
            "inventory/groups/compta.yaml",
            "name: Comptabilité\ndirectory_name: GG-Compta\n",
        ),
        ("inventory/groups/vpn.yaml", "name: GG-VPN\n"),
        ("inventory/groups/direction.yaml", "name: Direction\n"),
    ])
}

#[test]
fn groups_are_found_told_and_merged() {
    let mut estate = estate();
    let dn = "CN=GG-Compta,OU=Groupes,DC=nacelle,DC=example";
    let plan = estate.import(&[account(&[dn, "gg-vpn", "GG-Inconnu", "GG-Inconnu"])]);
    assert_eq!(groups(estate.text(ACCOUNT)), "[compta, vpn]");
    let missing = ("account.groups".to_owned(), "GG-Inconnu".to_owned());
    assert_eq!(plan.to_link, [(missing, 1)].into());
    assert!(!format!("{:?}{:?}", estate.files, estate.states).contains("Inconnu"));
    // People add one, and write another by its name: it stays as they wrote it.
    estate.edit(ACCOUNT, "[compta, vpn]", "[Comptabilité, vpn, direction]");
    estate.import(&[account(&[dn, "gg-vpn"])]);
    assert_eq!(
        groups(estate.text(ACCOUNT)),
        "[Comptabilité, vpn, direction]"
    );
    // What the directory takes out goes, what people added does not.
    estate.import(&[account(&[dn])]);
    assert_eq!(groups(estate.text(ACCOUNT)), "[Comptabilité, direction]");
    // What people take out does not come back, by whatever name it stood there.
    estate.edit(ACCOUNT, "[Comptabilité, direction]", "[direction]");
    let plan = estate.import(&[account(&[dn])]);
    assert_eq!(groups(estate.text(ACCOUNT)), "[direction]");
    assert_eq!(plan.kept.len(), 1);
    // A listing without the column says nothing.
    estate.import(&[account(&[])]);
    assert_eq!(groups(estate.text(ACCOUNT)), "[direction]");
}

#[test]
fn several_listings_add_up() {
    let mut estate = estate();
    estate.import(&[account(&["GG-VPN"]), account(&["GG-Compta", "gg-vpn"])]);
    assert_eq!(groups(estate.text(ACCOUNT)), "[compta, vpn]");
}

#[test]
fn records_of_one_import_know_one_another() {
    let mut estate = Estate::default();
    let mut ticket = Sighting {
        kind: "ticket",
        title: "glpi-7".to_owned(),
        clues: vec![Clue::new(1, "aliases", "glpi-7")],
        ..Sighting::default()
    };
    ticket.set("title", "Écran noir");
    ticket.set("opened", "2026-09-14T12:00:00");
    ticket.set_list("aliases", ["glpi-7".to_owned()]);
    let named = |name: &str| Link {
        field: "assets",
        part: None,
        target: Target::Named(name.to_owned()),
        otherwise: None,
    };
    ticket.links = vec![named("PC-1"), named("Poste 2"), named("PC-9")];
    let plan = estate.import(&[
        ticket.clone(),
        computer("A1", "PC-1"),
        with(computer("A2", "PC-2"), "name", "Poste 2"),
    ]);
    let text = estate.text("inventory/tickets/glpi-7.yaml");
    assert!(text.contains("assets: [pc-1, pc-2]\n"), "{text}");
    assert_eq!(plan.to_link.len(), 1);
    // A single reference in people's words is the same one, too.
    let mut one = computer("A3", "PC-3");
    let model = |text: &str| Link {
        field: "model",
        part: None,
        target: Target::Named(text.to_owned()),
        otherwise: None,
    };
    one.links = vec![model("Latitude 5450")];
    let mut estate = Estate::with(&[
        ("inventory/models/lat.yaml", "name: Latitude 5450\n"),
        (
            "inventory/assets/pc-3.yaml",
            "name: PC-3\nserial: A3\nmodel: latitude 5450\n",
        ),
    ]);
    let plan = estate.import(&[one]);
    assert_eq!(plan.kept, []);
}

#[test]
fn numbers_that_agree_are_told_as_such() {
    let estate = Estate::with(&[
        ("inventory/assets/a.yaml", "name: Un\nserial: X9\n"),
        ("inventory/assets/b.yaml", "name: Deux\nserial: X9\n"),
    ]);
    let plan = estate.plan(&[computer("X9", "PC")], false);
    let both = vec!["asset:a".to_owned(), "asset:b".to_owned()];
    assert_eq!(plan.doubts, [Doubt::Same("PC".to_owned(), both)]);
    let told = report(&plan, Language::En, true);
    assert!(
        told.contains("“PC” has the number of asset:a (inventory/assets/a.yaml:1), asset:b (inventory/assets/b.yaml:1), and another name"),
        "{told}"
    );
}

#[test]
fn reports_count_what_is_too_much() {
    let names: Vec<String> = (0..60).map(|number| format!("GG-{number:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut other = account(&["GG-59"]);
    other.title = "autre".to_owned();
    other.clues = vec![Clue::new(1, "login", "autre")];
    other.set("login", "autre");
    let plan = Estate::default().plan(&[account(&names), other], false);
    let told = report(&plan, Language::En, false);
    assert!(
        told.starts_with("to link: Account › Groups “GG-59” (2)"),
        "{told}"
    );
    assert_eq!(told.matches("to link: ").count(), 50);
    assert!(
        told.contains("  … and 10 more\n  (all of them: `--dry-run`)\n"),
        "{told}"
    );
    let all = report(&plan, Language::En, true);
    assert_eq!(all.matches("to link: ").count(), 60);
}

#[test]
fn lists_are_merged_item_by_item() {
    let software = |items: &[(&str, &str)]| {
        let mut sighting = computer("A1", "PC-1");
        let item = |(name, version): &(&str, &str)| {
            [("name", *name), ("version", *version)]
                .map(|(key, text)| (key.to_owned(), Recorded::Text(text.to_owned())))
                .into()
        };
        sighting.set_structures("installed_software", items.iter().map(item).collect());
        sighting
    };
    let mut estate = Estate::default();
    estate.import(&[software(&[("Alpha", "1"), ("Beta", "1"), ("Delta", "1")])]);
    estate.edit(
        PC,
        "{name: Alpha, version: \"1\"}",
        "{software: alpha, name: Alpha, version: \"1\"} # suivi",
    );
    estate.edit(PC, "  - {name: Delta, version: \"1\"}\n", "");
    let plan = estate.import(&[software(&[("Alpha", "2"), ("Delta", "1"), ("Gamma", "1")])]);
    assert_eq!(counts(&plan), [0, 1, 0, 1]);
    let expected = "installed_software:\n  - {software: alpha, name: Alpha, version: \"2\"} # suivi\n  - {name: Gamma, version: \"1\"}\n";
    assert!(estate.text(PC).contains(expected), "{}", estate.text(PC));
}

#[test]
fn comments_within_items_survive_a_new_name() {
    let parts = |items: &[[&str; 2]]| {
        let mut sighting = computer("A1", "PC-1");
        let item = |[name, serial]: &[&str; 2]| {
            [("name", *name), ("serial", *serial)]
                .map(|(key, text)| (key.to_owned(), Recorded::Text(text.to_owned())))
                .into()
        };
        sighting.set_structures("components", items.iter().map(item).collect());
        sighting
    };
    let mut estate = Estate::default();
    estate.import(&[parts(&[["Carte A", "CA1"], ["Module B", "MB1"]])]);
    estate.edit(
        PC,
        "  - {name: Carte A, serial: CA1}\n  - {name: Module B, serial: MB1}\n",
        "  - serial: MB1  # au fond\n    # d’occasion\n    name: Module B\n    # fin\n  - {name: Carte A, serial: CA1}\n",
    );
    let before = estate.text(PC).to_owned();
    estate.import(&[parts(&[["Carte A", "CA1"], ["Zone C", "MB1"]])]);
    assert_eq!(estate.text(PC), before.replace("Module B", "Zone C"));
    // What goes leaves the words of people in its place.
    estate.import(&[parts(&[["Carte A", "CA1"]])]);
    let rest =
        "components:\n  # au fond\n  # d’occasion\n    # fin\n  - {name: Carte A, serial: CA1}\n";
    assert!(estate.text(PC).contains(rest), "{}", estate.text(PC));
}
