//! `carnet import ldif` of what directories spread over several files or units: who stands where is linked across
//! the files of one command, and two entries are never one record.

#[path = "running/project.rs"]
mod project;
mod running;

use std::fs;

use project::Project;

const PEOPLE: &str = "dc=parc,dc=example";

fn person(login: &str, unit: &str, name: &str) -> String {
    format!(
        "dn: uid={login},ou={unit},{PEOPLE}\nobjectClass: inetOrgPerson\nuid: {login}\ncn: {name}\n\n"
    )
}

fn group(name: &str, rest: &str) -> String {
    format!("dn: cn={name},ou=groups,{PEOPLE}\nobjectClass: groupOfNames\ncn: {name}\n{rest}\n")
}

#[test]
fn one_login_in_two_units_is_two_accounts() {
    let project = Project::new("");
    let jean = person("jdupont", "people", "Jean Dupont");
    let jeanne = person("JDupont", "archives", "Jeanne Dupont");
    let member = format!("member: uid=jdupont,ou=people,{PEOPLE}\n");
    let admins = group("admins", &member);
    let text = [jean.as_str(), &jeanne, &admins].concat();
    let told = project.import(&["ldif"], "deux.ldif", text.as_bytes());
    assert!(told.contains("3 fiches créées"), "{told}");
    let first = project.record("accounts/jdupont.yaml");
    let second = project.record("accounts/jdupont-2.yaml");
    assert!(
        first.contains("Jean Dupont")
            && first.contains("ou=people")
            && first.contains("groups: [admins]\n"),
        "{first}"
    );
    assert!(
        second.contains("Jeanne Dupont")
            && second.contains("ou=archives")
            && !second.contains("groups"),
        "{second}"
    );
    // In any order each is its own record.
    let text = [admins.as_str(), &jeanne, &jean].concat();
    let told = project.import(&["ldif"], "deux.ldif", text.as_bytes());
    assert!(
        told.contains("0 fiche créée, 0 modifiée, 3 inchangées"),
        "{told}"
    );
    // By its login alone nobody knows whose it is.
    let posix =
        "dn: cn=vpn,dc=parc,dc=example\nobjectClass: posixGroup\ncn: vpn\nmemberUid: jdupont\n";
    let text = [
        jean.as_str(),
        &person("jdupont", "archives", "Jeanne Dupont"),
        posix,
    ]
    .concat();
    let told = project.import(&["ldif"], "deux.ldif", text.as_bytes());
    assert!(
        told.contains("n’ont le compte, ou en ont deux (1 : `jdupont`)"),
        "{told}"
    );
    assert!(!project.record("accounts/jdupont.yaml").contains("vpn"));
}

#[test]
fn one_name_in_two_units_is_two_groups() {
    let project = Project::new("");
    let of = |unit: &str| {
        format!("dn: CN=Adm,OU={unit},DC=parc,DC=example\nobjectClass: group\ncn: Adm\n\n")
    };
    let text = [of("A"), of("B")].concat();
    let told = project.import(&["ldif"], "deux.ldif", text.as_bytes());
    assert!(told.contains("2 fiches créées"), "{told}");
    let (first, second) = (
        project.record("groups/adm.yaml"),
        project.record("groups/adm-2.yaml"),
    );
    assert!(
        first.contains("OU=A") && second.contains("OU=B"),
        "{first}{second}"
    );
    // One that is moved, where no other has its name, stays the same record.
    let project = Project::new("");
    project.import(&["ldif"], "a.ldif", of("A").as_bytes());
    let told = project.import(&["ldif"], "b.ldif", of("B").as_bytes());
    assert!(told.contains("0 fiche créée, 1 modifiée"), "{told}");
}

#[test]
fn accounts_and_groups_of_two_files_are_linked() {
    for names in [["a.ldif", "b.ldif"], ["b.ldif", "a.ldif"]] {
        let project = Project::new("");
        let accounts = person("xy", "people", "X Y") + &person("zz", "people", "Z Z");
        let members = format!(
            "member: uid=xy,ou=people,{PEOPLE}\nmember: uid=absent,ou=people,{PEOPLE}\nmemberUid: zz\nmemberUid: nobody\n"
        );
        for (name, text) in names.iter().zip([accounts, group("vpn", &members)]) {
            fs::write(project.root().join(name), text).expect("written");
        }
        let paths = names.map(|name| project.root().join(name).display().to_string());
        let (code, told) = project.carnet(&["import", "ldif", &paths[0], &paths[1]]);
        assert_eq!(code, 0, "{told}");
        assert!(
            told.contains("à lier : membres de groupes dont ni ces fichiers ni les fiches n’ont le compte, ou en ont deux (2 : `absent`, `nobody`)"),
            "{told}"
        );
        for login in ["xy", "zz"] {
            let record = project.record(&format!("accounts/{login}.yaml"));
            assert!(record.contains("groups: [vpn]\n"), "{record}");
        }
    }
}

#[test]
fn a_file_that_is_refused_leaves_nothing_of_itself() {
    let project = Project::new("");
    let good = person("xy", "people", "X Y");
    let bad = person("zz", "people", "Z Z") + "plain words\n";
    fs::write(project.root().join("a.ldif"), bad).expect("written");
    let (code, told) = {
        let first = project.root().join("a.ldif").display().to_string();
        project.try_import(&["ldif", &first], "b.ldif", good.as_bytes())
    };
    assert_ne!(code, 0, "{told}");
    assert!(told.contains("a.ldif: ligne 6"), "{told}");
    assert_eq!(project.count("accounts"), 1);
    assert!(project.record("accounts/xy.yaml").contains("X Y"));
}

#[test]
fn a_person_of_the_same_name_is_linked() {
    let project = Project::new("");
    let people = project.root().join("inventory/people");
    fs::create_dir_all(&people).expect("made");
    fs::write(people.join("camille.yaml"), "name: Camille Roux\n").expect("written");
    let entry = "dn: CN=Camille Roux,DC=parc,DC=example\nobjectClass: user\ncn: Camille Roux\nsAMAccountName: croux\n";
    project.import(&["ldif"], "c.ldif", entry.as_bytes());
    let record = project.record("accounts/croux.yaml");
    assert!(record.contains("person: camille\n"), "{record}");
}

#[test]
fn a_group_that_is_its_own_member_is_told() {
    let project = Project::new("");
    let member = format!("member: cn=vpn,ou=groups,{PEOPLE}\n");
    let told = project.import(&["ldif"], "g.ldif", group("vpn", &member).as_bytes());
    assert!(
        told.contains("groupes qui sont leur propre membre, ce qui est laissé de côté (1 : `vpn`)"),
        "{told}"
    );
}
