//! The traps of LDIF, and what becomes of an entry.

use std::fmt::Write;

use super::*;
use crate::diagnostic::Language;
use crate::history::Recorded;
use crate::import::{Sighting, Target};
use crate::project::time_zone;

fn inventory(text: &str) -> Inventory {
    let zone = time_zone("Europe/Paris").expect("a zone");
    read(text.as_bytes(), &zone).unwrap_or_else(|refusal| panic!("{}", refusal.message.en))
}

fn refused(text: &str) -> String {
    match read(text.as_bytes(), &TimeZone::UTC) {
        Ok(inventory) => panic!("{inventory:?}"),
        Err(refusal) => refusal.message.en,
    }
}

fn field<'a>(sighting: &'a Sighting, key: &str) -> &'a str {
    match sighting.fields.get(key) {
        Some(Recorded::Text(text)) => text,
        None => "",
        other => panic!("{other:?}"),
    }
}

#[test]
fn lines_are_unfolded_decoded_and_passed_over() {
    let text = "version: 1\r\n# un commentaire\r\n qui se suit\r\ndn: cn=Un tr\r\n ès long nom,dc=x\r\nobjectClass: person\r\nobjectClass: inetOrgPerson\r\n\
                uid: un\r\ncn;lang-fr:: w4lsb2RpZQ==\r\njpegPhoto:: /9j/4AAQ\r\n\r\nsearch: 2\r\nresult: 0 Success\r\n";
    let inventory = inventory(text);
    assert_eq!(inventory.records.len(), 1);
    assert_eq!(
        field(&inventory.records[0], "distinguished_name"),
        "cn=Un très long nom,dc=x"
    );
    assert_eq!(field(&inventory.records[0], "display_name"), "Élodie");
    assert_eq!(inventory.dropped, [("photos", 1)].into());
}

#[test]
fn other_files_are_never_read() {
    let entry = |line: &str| format!("dn: cn=x\nobjectClass: user\n{line}\n");
    assert_eq!(
        refused(&entry("jpegPhoto:< file:///etc/passwd")),
        "line 3: the value is the address of another file (`:<`), which an import never reads"
    );
    assert_eq!(refused(&entry("cn:: Zm 9v")), "line 3: damaged base64");
    assert_eq!(refused(&entry("plain words")), "line 3: this is no LDIF");
    assert_eq!(refused("Name,Enabled\nA,True\n"), "line 1: this is no LDIF");
    assert_eq!(refused("{\"a\": 1}"), "line 1: this is no LDIF");
    let long = format!(
        "description: x{}",
        format!("\n {}", "y".repeat(1 << 20)).repeat(4)
    );
    assert_eq!(
        refused(&entry(&long)),
        "line 3: a value of more than 4 MiB, or more than 4000000 lines"
    );
}

#[test]
fn changes_are_no_entries() {
    let inventory = inventory(
        "dn: cn=x\nchangetype: modify\nreplace: mail\nmail: x@nacelle.example\n-\n\ndn: cn=y\nchangetype: add\nobjectClass: account\nuid: y\n",
    );
    assert_eq!(inventory.records.len(), 1);
    assert_eq!(
        inventory.notes[0].get(Language::En),
        "1 changes (`changetype`) left aside: only whole entries are read"
    );
}

#[test]
fn pages_of_a_search_are_read_as_one() {
    let page = |login: &str, end: &str, cookie: &str| {
        format!(
            "# extended LDIF\n\n# {login}\ndn: uid={login}\nobjectClass: account\nuid: {login}\n\n# search result\nsearch: 2\n\
             result: {end}\ncontrol: 1.2.840.113556.1.4.319 false MA0=\npagedresults: cookie={cookie}\n"
        )
    };
    let whole = inventory(&[page("a", "0 Success", "Mg=="), page("b", "0 Success", "")].concat());
    assert_eq!((whole.records.len(), whole.notes.len()), (2, 0));
    let cut = inventory(&page("a", "4 Size limit exceeded", ""));
    assert_eq!(cut.records.len(), 1);
    let note = cut.notes[0].get(Language::En);
    assert!(note.contains("(`result: 4 Size limit exceeded`)"), "{note}");
}

#[test]
fn ends_of_accounts_are_their_last_days() {
    let account = |line: &str| {
        let text = format!("dn: uid=a,dc=x\nobjectClass: account\nuid: a\n{line}\n");
        field(&inventory(&text).records[0], "expires").to_owned()
    };
    // Day 20664 is 2026-07-30, the first on which the account is closed.
    for (line, day) in [
        ("shadowExpire: 20664", "2026-07-29"),
        ("shadowExpire: -1", ""),
        ("shadowExpire: 0", ""),
        ("pwdEndTime: 20260731220000Z", "2026-07-31"),
        ("krbPrincipalExpiration: 20260731120000Z", "2026-07-31"),
        ("accountExpires: 0", ""),
    ] {
        assert_eq!(account(line), day, "{line}");
    }
}

#[test]
fn bits_and_moments_of_active_directory() {
    let user = |lines: &str| {
        let text = format!(
            "dn: CN=Léa Garnier,OU=Siège,DC=nacelle,DC=example\nobjectClass: user\nsAMAccountName: lgarnier\n{lines}"
        );
        inventory(&text).records.remove(0)
    };
    let one = user(
        "userAccountControl: 66082\naccountExpires: 134300088000000000\npwdLastSet: 0\nlastLogonTimestamp: 132709214025576910\nlastLogon: 0\n",
    );
    let keys = [
        "enabled",
        "password_never_expires",
        "password_not_required",
        "expires",
        "password_last_set",
        "last_logon",
    ];
    assert_eq!(
        keys.map(|key| field(&one, key)),
        ["false", "true", "true", "2026-07-31", "", "2021-07-16"]
    );
    let two = user("userAccountControl: 512\naccountExpires: 9223372036854775807\n");
    assert_eq!(
        keys.map(|key| field(&two, key)),
        ["true", "false", "false", "", "", ""]
    );
    assert!(two.links.is_empty(), "no name of a person is known");
    let three = user("userAccountControl: 4096\n");
    assert_eq!(field(&three, "type"), "computer");
    let trust =
        "dn: CN=ORME$\nobjectClass: user\nsAMAccountName: ORME$\nuserAccountControl: 2080\n";
    assert!(inventory(trust).records.is_empty());
}

#[test]
fn secrets_are_counted_and_nowhere() {
    let text = "dn: uid=a,dc=x\nobjectClass: inetOrgPerson\nuid: a\ncn: A\nuserPassword:: e1NTSEF9Y2FuYXJp\nunicodePwd:: /9j/\ninfo: canari-1\n\
                description: mdp canari-2\nsshPublicKey: ssh-ed25519 canari-3\nms-Mcs-AdmPwd: canari-4\n\n\
                dn: cn=g,dc=x\nobjectClass: groupOfNames\ncn: g\ndescription: mot de passe : canari-5\nmember: uid=a,dc=x\nmember: cn=g,dc=x\n";
    let inventory = inventory(text);
    let expected = [("free-texts", 2), ("passwords", 3), ("ssh-keys", 1)];
    assert_eq!(inventory.dropped, expected.into());
    assert!(!format!("{:?}", inventory.records).contains("canari"));
    assert!(
        inventory.records[1].links.is_empty(),
        "no group stands in itself"
    );
}

#[test]
fn accounts_stand_in_groups_by_any_side() {
    let text = "dn: uid=a,dc=x\nobjectClass: account\nuid: a\nmemberOf: cn=g,dc=x\nmemberOf: cn=loin,dc=y\n\n\
                dn: uid=b,dc=x\nobjectClass: account\nuid: b\n\n\
                dn: cn=g,dc=x\nobjectClass: groupOfNames\ncn: g\nmember: uid=a,dc=x\nmember: uid=b,dc=x\nmember: uid=z,dc=x\n\n\
                dn: cn=p,dc=x\nobjectClass: posixGroup\ncn: p\nmemberUid: b\nmemberUid: z\n";
    let inventory = inventory(text);
    let groups = |at: usize| -> Vec<String> {
        let links = inventory.records[at].links.iter();
        let links = links.filter(|link| link.field == "groups");
        links
            .flat_map(|link| link.target.each())
            .map(|target| match target {
                Target::Sighting(at) => inventory.records[*at].title.clone(),
                Target::Seen(_, _, name) | Target::Named(name) => format!("?{name}"),
                Target::Shared(_) | Target::Several(_) => unreachable!("never shared itself"),
            })
            .collect()
    };
    assert_eq!(groups(0), ["g", "?loin", "g"]);
    assert_eq!(groups(1), ["g", "p"]);
    assert_eq!(inventory.notes, []);
    let members = |at: usize| -> Vec<&str> {
        let members = &inventory.records[at].members;
        assert!(members.whole);
        members.names.iter().map(|name| &**name).collect()
    };
    assert_eq!(members(2), ["uid=z,dc=x"]);
    assert_eq!(members(3), ["z"]);
}

#[test]
fn groups_stand_in_groups_by_either_side() {
    let group = |name: &str, rest: &str| {
        format!(
            "dn: CN={name},DC=x\nobjectClass: group\nsAMAccountName: {name}\ngroupType: -2147483646\n{rest}\n"
        )
    };
    let text = [
        group("A", "member: cn=b, dc=x\n"),
        group("B", ""),
        group("C", "memberOf: CN=Loin\\, ailleurs,DC=y\n"),
    ];
    let inventory = inventory(&text.concat());
    let parents = inventory
        .records
        .iter()
        .map(|group| group.links.first().map(|link| link.target.own()));
    let parents: Vec<_> = parents.collect();
    assert_eq!(parents[..2], [None, Some(&Target::Sighting(0))]);
    assert!(matches!(parents[2], Some(Target::Seen("group", _, name)) if name == "Loin, ailleurs"));
    assert_eq!(field(&inventory.records[0], "type"), "security");
}

#[test]
fn more_memberships_than_memory_holds_are_refused() {
    let refused = |times: usize, groups: usize, held: usize| {
        let mut text = String::new();
        for group in 0..held {
            let _ = write!(
                text,
                "dn: CN=G{group}\nobjectClass: group\ncn: G{group}\n\n"
            );
        }
        text.push_str("dn: CN=A\nobjectClass: user\nsAMAccountName: a\n");
        for group in 0..times {
            let _ = writeln!(text, "memberOf: CN=G{}", group % groups);
        }
        read(text.as_bytes(), &TimeZone::UTC).err()
    };
    // A group that the file lacks takes seven times a membership, and its name; here the name has 7 to 10 letters.
    assert_eq!(refused(1_200_000, 400_000, 0), None);
    assert_eq!(refused(1_240_000, 1_240_000, 0), None);
    let refusal = refused(1_320_000, 1_320_000, 0).expect("too many");
    assert_eq!(refused(1_320_000, 1_320_000, 100_000), None);
    assert!(
        refusal.message.fr.contains("par plusieurs commandes"),
        "{refusal:?}"
    );
}

#[test]
fn what_a_directory_knows_an_account_by_is_read_from_bytes_and_texts() {
    // 04030201-0605-0807-090a-0b0c0d0e0f10 and S-1-5-21-1-2-258-1104; bytes that happen to be a text, and not.
    let cases = [
        "objectGUID:: AQIDBAUGBwgJCgsMDQ4PEA==\nobjectSid:: AQUAAAAAAAUVAAAAAQAAAAIAAAACAQAAUAQAAA==\n",
        "objectGUID: {04030201-0605-0807-090A-0B0C0D0E0F10}\nobjectSid: S-1-5-21-1-2-258-1104\n",
    ];
    for lines in cases {
        for class in ["user", "group"] {
            let text = format!("dn: CN=a,DC=x\nobjectClass: {class}\nsAMAccountName: a\n{lines}");
            let inventory = inventory(&text);
            let expected = [
                (
                    "object_guid",
                    "04030201-0605-0807-090a-0b0c0d0e0f10".to_owned(),
                ),
                ("object_sid", "S-1-5-21-1-2-258-1104".to_owned()),
            ];
            assert_eq!(inventory.records[0].identity, expected, "{text}");
            assert_eq!(
                inventory.records[0]
                    .clues
                    .iter()
                    .filter(|clue| clue.level == 0)
                    .count(),
                2
            );
        }
    }
    let other = inventory(
        "dn: CN=a,DC=x\nobjectClass: user\nsAMAccountName: a\nobjectGUID:: /wIDBAUGBwgJCgsMDQ4PEA==\nobjectSid:: AQ==\n",
    );
    let expected = [(
        "object_guid",
        "040302ff-0605-0807-090a-0b0c0d0e0f10".to_owned(),
    )];
    assert_eq!(other.records[0].identity, expected);
}

#[test]
fn a_file_without_an_entry_is_told() {
    for text in ["", "\n\n", "# numEntries: 0\n", "version: 1\n"] {
        let refusal = read(text.as_bytes(), &TimeZone::UTC).expect_err(text);
        assert!(
            refusal.message.en.starts_with("no entry in this LDIF file"),
            "{text:?}"
        );
    }
}

#[test]
fn identities_that_are_none_are_told() {
    let entry = |number: usize, line: &str| {
        format!("dn: cn=x{number}\nobjectClass: user\nsAMAccountName: x{number}\n{line}\n\n")
    };
    let inventory = inventory(
        &[
            entry(1, "objectGUID:: AQIDBAUGBwgJCgsMDQ4P"),
            entry(2, "objectSid: S-1-5-x"),
            entry(3, "entryUUID:   6fa459ea"),
            entry(4, "objectGUID: 00000000-0000-0000-0000-000000000000"),
            entry(
                5,
                "objectGUID:: AQIDBAUGBwgJCgsMDQ4PEA==\nobjectSid: S-1-5-32-544",
            ),
        ]
        .concat(),
    );
    assert_eq!(inventory.records.len(), 5);
    let notes = inventory.notes.iter().map(|note| note.get(Language::En));
    assert_eq!(
        notes.collect::<Vec<_>>(),
        [
            "`entryUUID`: unreadable identities, left aside (1: line 14, column 14); these records are not followed when they are renamed",
            "`objectGUID`: unreadable identities, left aside (2: line 4, column 14; line 19, column 13); these records are not followed when they are renamed",
            "`objectSid`: unreadable identities, left aside (1: line 9, column 12); these records are not followed when they are renamed",
        ]
    );
    assert_eq!(
        inventory.notes[2].fr.replace(['\u{a0}', '\u{202f}'], " "),
        "`objectSid` : identités illisibles, laissées de côté (1 : ligne 9, colonne 12) ; ces fiches ne seront pas suivies si elles changent de nom"
    );
}

#[test]
fn computers_say_who_answers_for_them_and_what_has_no_field() {
    let inventory = inventory(
        "dn: CN=PC-12,DC=nacelle,DC=example\nobjectClass: computer\nsAMAccountName: PC-12$\ndNSHostName: pc-12.nacelle.example\n\
         operatingSystem: Windows 11 Pro\noperatingSystemVersion: 10.0 (22631)\ndescription: CANARI\n\
         managedBy: CN=Dumas\\, Claire,OU=Siège,DC=nacelle,DC=example\n",
    );
    let links: Vec<(&str, &Target)> = inventory.records[0]
        .links
        .iter()
        .map(|link| (link.field, &link.target))
        .collect();
    let [
        ("computer", _),
        ("owner", Target::Seen("person", clues, name)),
    ] = &links[..]
    else {
        panic!("{links:?}");
    };
    assert_eq!((clues.len(), name.as_str()), (1, "Dumas, Claire"));
    let left = [
        ("DNSHostName", 1),
        ("OperatingSystem", 1),
        ("OperatingSystemVersion", 1),
        ("free-texts", 1),
    ];
    assert_eq!(inventory.dropped, left.into());
}
