//! `carnet import` of sources that hold less than they did: what a source wrote and says is empty goes, what people
//! wrote stays, and what a source does not speak of stays, too.

#[path = "running/project.rs"]
mod project;
mod running;

use project::Project;

/// Imports a text twice; the second time changes nothing.
fn import(project: &Project, arguments: &[&str], name: &str, text: &str) -> String {
    let told = project.import(arguments, name, text.as_bytes());
    let again = project.import(arguments, name, text.as_bytes());
    assert!(again.contains("0 fiche créée, 0 modifiée"), "{again}");
    told
}

#[test]
fn an_empty_column_takes_out_what_it_wrote() {
    let header = "\"Name\",\"SamAccountName\",\"MemberOf\",\"AccountExpirationDate\"\n";
    let of = |rest: &str| format!("{header}\"B\",\"b\",{rest}\n\"C\",\"c\",\"CN=G,DC=p\",\"\"\n");
    let project = Project::new("");
    let group = "dn: CN=G,DC=p\nobjectClass: group\ncn: G\nsAMAccountName: G\n";
    import(&project, &["ldif"], "g.ldif", group);
    import(
        &project,
        &["ad"],
        "a.csv",
        &of("\"CN=G,DC=p\",\"2026-12-31\""),
    );
    let path = "accounts/b.yaml";
    let before = project.record(path);
    assert!(
        before.contains("groups: [g]\n") && before.contains("expires: 2026-12-31\n"),
        "{before}"
    );
    // A list without the columns says nothing of them.
    import(
        &project,
        &["ad"],
        "a.csv",
        "\"Name\",\"SamAccountName\"\n\"B\",\"b\"\n",
    );
    assert_eq!(project.record(path), before);
    let told = import(&project, &["ad"], "a.csv", &of("\"\",\"\""));
    assert!(told.contains("1 modifiée"), "{told}");
    let after = project.record(path);
    assert!(
        !after.contains("groups") && !after.contains("expires"),
        "{after}"
    );
    // What comes again is taken again: nobody has taken it out by hand.
    import(
        &project,
        &["ad"],
        "a.csv",
        &of("\"CN=G,DC=p\",\"2027-12-31\""),
    );
    assert!(project.record(path).contains("expires: 2027-12-31\n"));
}

#[test]
fn what_people_wrote_stays_and_is_told() {
    let project = Project::new("");
    let header = "Asset Name,Asset Tag,Serial,Category,Status,Checked Out To,Location,Notes\n";
    let first = format!("{header}P1,T1,RS0001,Laptop,Deployed,Camille Roux,Siège,au nord\n");
    import(&project, &["snipeit"], "s.csv", &first);
    let path = project.root().join("inventory/assets/p1.yaml");
    let text = std::fs::read_to_string(&path).expect("read");
    assert!(text.contains("alternate_user: Camille Roux\n"), "{text}");
    std::fs::write(&path, text.replace("au nord", "au sud")).expect("written");
    let second = format!("{header}P1,T1,RS0001,Laptop,Ready to Deploy,,,\n");
    let told = import(&project, &["snipeit"], "s.csv", &second);
    assert!(
        told.contains("gardé : asset:p1, `notes` vaut « au sud », la source ne dit plus rien"),
        "{told}"
    );
    let after = project.record("assets/p1.yaml");
    assert!(
        after.contains("au sud") && !after.contains("Camille"),
        "{after}"
    );
}

#[test]
fn an_explicit_nothing_of_json_takes_out_what_it_wrote() {
    let project = Project::new("");
    import(
        &project,
        &["ldif"],
        "c.ldif",
        "dn: CN=G,DC=p\nobjectClass: group\ncn: G\n",
    );
    std::fs::create_dir_all(project.root().join("inventory/people")).expect("made");
    std::fs::write(
        project.root().join("inventory/people/camille.yaml"),
        "name: Camille Roux\n",
    )
    .expect("written");
    let row = |rest: &str| {
        format!(
            "{{\"total\": 1, \"rows\": [{{\"id\": 1, \"name\": \"Q1\", \"asset_tag\": \"Q1\", \"serial\": \"QS001\", \"category\": {{\"name\": \"Laptop\"}}{rest}}}]}}"
        )
    };
    let held =
        row(", \"assigned_to\": {\"id\": 1, \"name\": \"Camille Roux\", \"type\": \"user\"}");
    import(&project, &["snipeit"], "s.json", &held);
    assert!(project.record("assets/q1.yaml").contains("user: camille\n"));
    import(&project, &["snipeit"], "s.json", &row(""));
    assert!(project.record("assets/q1.yaml").contains("user: camille\n"));
    import(
        &project,
        &["snipeit"],
        "s.json",
        &row(", \"assigned_to\": null"),
    );
    assert!(!project.record("assets/q1.yaml").contains("camille"));

    let issue = |rest: &str| {
        format!(
            "{{\"issues\": [{{\"key\": \"Z-1\", \"fields\": {{\"summary\": \"x\", \"status\": {{\"name\": \"Done\"}}, \"created\": \"2026-06-05T09:15:00.000+0200\", {rest}}}}}]}}"
        )
    };
    let first = issue(
        "\"assignee\": {\"displayName\": \"Camille Roux\"}, \"labels\": [\"a\"], \"priority\": {\"name\": \"High\"}",
    );
    import(&project, &["jira"], "j.json", &first);
    let path = "tickets/z-1.yaml";
    let text = project.record(path);
    assert!(
        text.contains("assignee: camille") && text.contains("tags: [a]"),
        "{text}"
    );
    import(
        &project,
        &["jira"],
        "j.json",
        &issue("\"assignee\": null, \"labels\": [], \"priority\": null"),
    );
    let text = project.record(path);
    for gone in ["assignee", "tags", "priority"] {
        assert!(!text.contains(gone), "{text}");
    }
}

#[test]
fn a_whole_directory_without_a_member_takes_it_out() {
    let account = |rest: &str| {
        format!(
            "dn: CN=A,DC=p\nobjectClass: user\ncn: A\nsAMAccountName: a\nuserAccountControl: 512\n{rest}\n"
        )
    };
    let group = |name: &str, rest: &str| {
        format!(
            "dn: CN={name},DC=p\nobjectClass: group\ncn: {name}\nsAMAccountName: {name}\n{rest}\n"
        )
    };
    let member = "member: CN=A,DC=p\n";
    let first = [
        account("accountExpires: 134240000000000000\nmemberOf: CN=G,DC=p\nmemberOf: CN=H,DC=p\n"),
        group("G", member),
        group("H", member),
    ]
    .concat();
    let last = [
        account("accountExpires: 9223372036854775807\n"),
        group("G", ""),
        group("H", ""),
    ]
    .concat();
    let project = Project::new("");
    import(&project, &["ldif"], "a.ldif", &first);
    let path = "accounts/a.yaml";
    assert!(project.record(path).contains("groups: [g, h]\n"));
    // An attribute that was perhaps not asked for says nothing; a number that means « never » does.
    import(&project, &["ldif"], "a.ldif", &last);
    let text = project.record(path);
    assert!(
        text.contains("groups: [g, h]\n") && !text.contains("\nexpires"),
        "{text}"
    );
    // People add a group of their own.
    let place = project.root().join("inventory").join(path);
    std::fs::write(&place, text.replace("[g, h]", "[g, h, vpn]")).expect("written");
    std::fs::write(
        project.root().join("inventory/groups/vpn.yaml"),
        "name: VPN\n",
    )
    .expect("written");
    import(&project, &["ldif", "--complete"], "a.ldif", &last);
    let text = project.record(path);
    assert!(text.contains("groups: [vpn]\n"), "{text}");
    assert_eq!(project.count("accounts"), 1);
    // Accounts alone: no group was asked for.
    let project = Project::new("");
    import(&project, &["ldif"], "a.ldif", &first);
    let (code, told) = project.try_import(
        &["ldif", "--complete", "--allow-shrink"],
        "a.ldif",
        account("").as_bytes(),
    );
    assert_eq!(code, 0, "{told}");
    assert!(project.record(path).contains("groups: [g, h]\n"));
}

#[test]
fn what_another_source_still_says_stays_until_it_is_gone_there_too() {
    let project = Project::new("");
    let groups = ["G", "H"].map(|name| {
        format!("dn: CN={name},DC=p\nobjectClass: group\ncn: {name}\nsAMAccountName: {name}\n\n")
    });
    let entry = |rest: &str| {
        format!(
            "{}dn: CN=A,DC=p\nobjectClass: user\ncn: A\nsAMAccountName: a\nuserAccountControl: 512\n{rest}\n",
            groups.concat()
        )
    };
    let row = |rest: &str| {
        format!(
            "\"Name\",\"SamAccountName\",\"MemberOf\",\"AccountExpirationDate\"\n\"A\",\"a\",{rest}\n"
        )
    };
    let both =
        entry("accountExpires: 134240000000000000\nmemberOf: CN=G,DC=p\nmemberOf: CN=H,DC=p\n");
    import(&project, &["ldif"], "a.ldif", &both);
    let table = row("\"CN=G,DC=p\",\"2026-05-23\"");
    import(&project, &["ad"], "a.csv", &table);
    let path = "accounts/a.yaml";
    let before = project.record(path);
    assert!(
        before.contains("groups: [g, h]\n") && before.contains("expires: 2026-05-23\n"),
        "{before}"
    );
    // One of them says it no more: nothing happens, and nothing is told.
    let less = entry("accountExpires: 9223372036854775807\nmemberOf: CN=H,DC=p\n");
    let told = import(&project, &["ldif"], "a.ldif", &less);
    assert!(
        told.contains("0 modifiée, 3 inchangées ; 0 valeur gardée"),
        "{told}"
    );
    assert_eq!(project.record(path), before);
    import(&project, &["ad"], "a.csv", &table);
    assert_eq!(project.record(path), before);
    // The other one neither: it goes, and what the first one says stays.
    let told = import(&project, &["ad"], "a.csv", &row("\"\",\"\""));
    assert!(told.contains("1 modifiée"), "{told}");
    let after = project.record(path);
    assert!(
        after.contains("groups: [h]\n") && !after.contains("\nexpires"),
        "{after}"
    );
}
