//! `carnet import ldif` of a directory in several commands: who stands where is linked whatever comes first, and nothing
//! changes when all is imported again.

#[path = "running/project.rs"]
mod project;
mod running;

use project::Project;

const BASE: &str = "DC=parc,DC=example";

/// An account whose login is not its name in the tree.
fn account(login: &str, rest: &str) -> String {
    format!(
        "dn: CN=Agent {login},OU=P,{BASE}\nobjectClass: user\ncn: Agent {login}\nsAMAccountName: {login}\nuserAccountControl: 512\n{rest}\n"
    )
}

/// A group whose name in the tree is not its own.
fn group(name: &str, members: &[&str]) -> String {
    let members = members.iter();
    let members = members.map(|login| format!("member: cn=agent {login}, OU=P,{BASE}\n"));
    let members = members.collect::<Vec<_>>().concat();
    format!(
        "dn: CN=Groupe {name},OU=G,{BASE}\nobjectClass: group\ncn: Groupe {name}\nsAMAccountName: {name}\n{members}\n"
    )
}

fn import(project: &Project, text: &str) -> String {
    project.import(&["ldif"], "a.ldif", text.as_bytes())
}

/// Imports each text again: nothing changes.
fn nothing_changes(project: &Project, texts: &[&str]) {
    for text in texts {
        let told = import(project, text);
        assert!(told.contains("0 fiche créée, 0 modifiée"), "{told}");
    }
}

fn groups(project: &Project, login: &str) -> String {
    let record = project.record(&format!("accounts/{login}.yaml"));
    let mut lines = record.lines();
    let line = lines.find(|line| line.starts_with("groups: "));
    line.unwrap_or_default().to_owned()
}

#[test]
fn members_are_linked_in_either_order() {
    let accounts = [account("aa", ""), account("bb", "")].concat();
    let held = [group("vpn", &["aa", "bb"]), group("rh", &["bb", "absent"])].concat();
    let to_link = "n’ont le compte, ou en ont deux (1 : `agent absent`)";

    let project = Project::new("");
    import(&project, &accounts);
    let told = import(&project, &held);
    assert!(told.contains("2 fiches créées, 2 modifiées"), "{told}");
    assert!(told.contains(to_link), "{told}");
    let after = ["aa", "bb"].map(|login| groups(&project, login));
    assert_eq!(after, ["groups: [vpn]", "groups: [rh, vpn]"]);
    nothing_changes(&project, &[&accounts, &held, &accounts]);

    let other = Project::new("");
    let told = import(&other, &held);
    assert!(
        told.contains("(3 : `agent aa`, `agent absent`, `agent bb`)"),
        "{told}"
    );
    let state = other.record("_imports/ldif/group/rh.json");
    assert!(
        state.contains("  \"members\": [\n    \"cn=agent absent, OU=P,DC=parc,DC=example\",\n"),
        "{state}"
    );
    let told = import(&other, &accounts);
    assert!(told.contains("2 fiches créées"), "{told}");
    assert_eq!(["aa", "bb"].map(|login| groups(&other, login)), after);
    assert_eq!((other.count("accounts"), other.count("groups")), (2, 2));
    nothing_changes(&other, &[&held, &accounts, &held]);
}

#[test]
fn groups_of_an_earlier_command_are_known_by_their_whole_names() {
    let project = Project::new("");
    import(&project, &group("vpn", &[]));
    let member = format!("memberOf: CN=Groupe vpn,OU=G,{BASE}\n");
    let text = account("aa", &member);
    let told = import(&project, &text);
    assert!(!told.contains("account.groups"), "{told}");
    assert_eq!(groups(&project, "aa"), "groups: [vpn]");
    nothing_changes(&project, &[&group("vpn", &[]), &text]);
}

#[test]
fn both_sides_of_two_commands_are_joined() {
    let project = Project::new("");
    let own = format!("memberOf: CN=Groupe rh,OU=G,{BASE}\n");
    let (accounts, held) = (account("aa", &own), group("vpn", &["aa"]));
    import(&project, &group("rh", &[]));
    import(&project, &held);
    import(&project, &accounts);
    assert_eq!(groups(&project, "aa"), "groups: [rh, vpn]");
    nothing_changes(&project, &[&held, &accounts, &group("rh", &[]), &held]);
}

#[test]
fn who_leaves_a_group_of_another_command_leaves_it() {
    let project = Project::new("");
    import(&project, &[account("aa", ""), account("bb", "")].concat());
    import(&project, &group("vpn", &["aa", "bb"]));
    // People put one of them into a group of their own.
    let path = project.root().join("inventory/accounts/aa.yaml");
    let text = std::fs::read_to_string(&path).expect("read");
    std::fs::write(&path, text.replace("[vpn]", "[vpn, astreinte]")).expect("written");
    let path = project.root().join("inventory/groups/astreinte.yaml");
    std::fs::write(path, "name: Astreinte\n").expect("written");
    let told = import(&project, &group("vpn", &["bb"]));
    assert!(told.contains("0 fiche créée, 1 modifiée"), "{told}");
    assert_eq!(groups(&project, "aa"), "groups: [astreinte]");
    assert_eq!(groups(&project, "bb"), "groups: [vpn]");
    nothing_changes(&project, &[&group("vpn", &["bb"])]);
    // Members were not asked for: that says nothing.
    nothing_changes(&project, &[&group("vpn", &[])]);
    assert_eq!(groups(&project, "bb"), "groups: [vpn]");
    // The others name theirs: this one has none any more.
    let told = import(
        &project,
        &[group("vpn", &[]), group("rh", &["cc"])].concat(),
    );
    assert!(told.contains("1 fiche créée, 1 modifiée"), "{told}");
    assert_eq!(groups(&project, "bb"), "");
}

#[test]
fn a_range_of_members_takes_nobody_out() {
    let project = Project::new("");
    import(&project, &[account("aa", ""), account("bb", "")].concat());
    import(&project, &group("vpn", &["aa", "bb"]));
    let cut = group("vpn", &["aa"]).replace("member:", "member;range=0-0:");
    let told = import(&project, &cut);
    assert!(
        told.contains("n’a donné qu’une tranche des membres, `member;range=…` (1 : `vpn`)"),
        "{told}"
    );
    assert_eq!(groups(&project, "bb"), "groups: [vpn]");
    nothing_changes(&project, &[&cut, &group("vpn", &["aa", "bb"])]);
}

#[test]
fn groups_stand_in_groups_of_other_commands() {
    let inner = "dn: CN=Groupe it,OU=G,DC=parc,DC=example\nobjectClass: group\ncn: Groupe it\nsAMAccountName: it\n";
    let outer = format!(
        "dn: CN=Tous,{BASE}\nobjectClass: group\ncn: Tous\nmember: CN=Groupe it,OU=G,{BASE}\n"
    );
    for texts in [[inner, &outer], [&outer, inner]] {
        let project = Project::new("");
        for text in texts {
            import(&project, text);
        }
        let record = project.record("groups/it.yaml");
        assert!(record.contains("parent: tous\n"), "{record}");
        nothing_changes(&project, &texts);
    }
}

#[test]
fn posix_groups_are_linked_by_login() {
    let person = |login: &str| {
        format!(
            "dn: uid={login},ou=people,{BASE}\nobjectClass: posixAccount\nuid: {login}\ncn: {login}\n\n"
        )
    };
    let held = format!(
        "dn: cn=ssh,{BASE}\nobjectClass: posixGroup\ncn: ssh\nmemberUid: xy\nmemberUid: nobody\n"
    );
    for texts in [[person("xy"), held.clone()], [held, person("xy")]] {
        let project = Project::new("");
        for text in &texts {
            import(&project, text);
        }
        assert_eq!(groups(&project, "xy"), "groups: [ssh]");
        nothing_changes(&project, &[&texts[0], &texts[1]]);
    }
}

#[test]
fn a_group_that_a_complete_import_lacks_links_nobody_any_more() {
    let project = Project::new("");
    import(&project, &group("vpn", &["aa"]));
    let own = format!("memberOf: CN=Groupe rh,OU=G,{BASE}\n");
    let all = [account("aa", &own), group("rh", &[])].concat();
    let (code, told) = project.try_import(
        &["ldif", "--complete", "--allow-shrink"],
        "a.ldif",
        all.as_bytes(),
    );
    assert_eq!(code, 0, "{told}");
    assert_eq!(groups(&project, "aa"), "groups: [rh]");
    nothing_changes(&project, &[&all]);
}
