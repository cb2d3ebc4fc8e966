//! Bombs: small files that would be huge, deep or elsewhere. Every reader refuses every one of them with
//! a message, and takes no time over it. Those that only one reader can meet are among its own tests.

use std::fmt::Write;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;

use super::super::backups::{self, Tool};
use super::super::profile::{self, Mapping, Settings};
use super::super::{device_type, entra, glpi, jira, ldif, ninjaone, snipeit, table};
use super::*;

/// How long one refusal may take, in a build for tests.
const LONGEST: Duration = Duration::from_secs(5);

type Reader = Box<dyn Fn(&[u8]) -> Option<Refusal>>;

/// The only refusal of a reader that takes several files.
fn of_files((_, refused): (Inventory, Vec<(usize, Refusal)>)) -> Option<Refusal> {
    refused.into_iter().next().map(|(_, refusal)| refusal)
}

/// What reads JSON, by name.
fn json_readers() -> Vec<(&'static str, Reader)> {
    let of_site = |read: fn(&[u8], &Site<'_>) -> Result<Inventory, Refusal>| -> Reader {
        Box::new(move |bytes| {
            let schema = built_in();
            let site = Site {
                schema: &schema,
                zone: &TimeZone::UTC,
                language: Language::Fr,
            };
            read(bytes, &site).err()
        })
    };
    let of_tool = |tool: Tool| -> Reader {
        Box::new(move |bytes| {
            let settings = backups::Settings {
                zone: &TimeZone::UTC,
                culture: None,
                today: Date::constant(2026, 11, 20),
            };
            of_files(backups::read(&[bytes.to_vec()], tool, settings))
        })
    };
    let ninja = |bytes: &[u8]| {
        let files = [bytes.to_vec()];
        of_files(ninjaone::read(&files, &TimeZone::UTC, Language::Fr))
    };
    let entra = |bytes: &[u8]| of_files(entra::read(&[bytes.to_vec()], &TimeZone::UTC));
    vec![
        ("jira", of_site(jira::read)),
        ("snipeit", of_site(snipeit::read)),
        ("glpi, answers", of_site(glpi::read_answer)),
        (
            "glpi",
            Box::new(|bytes| glpi::read(bytes, Language::Fr).err()),
        ),
        (
            "glpi, collected",
            Box::new(|bytes| glpi::document(bytes).err()),
        ),
        (
            "ocs",
            Box::new(|bytes| glpi::ocs::read(bytes, Language::Fr).err()),
        ),
        ("ninjaone", Box::new(ninja)),
        ("entra", Box::new(entra)),
        ("restic", of_tool(Tool::Restic)),
        ("borg", of_tool(Tool::Borg)),
    ]
}

/// What reads tables, by source.
fn table_readers() -> Vec<(&'static str, Reader)> {
    let reader = |source: &'static str| -> Reader {
        Box::new(move |bytes| {
            let mapping = Mapping::new("asset", [("a", "name")]);
            let schema = built_in();
            let settings = Settings {
                schema: &schema,
                culture: None,
                mapping: (source == "csv").then_some(&mapping),
                sheet: None,
                weight: MembershipWeight::default(),
            };
            profile::read(bytes, source, &settings).err()
        })
    };
    let sources = profile::SOURCES.into_iter();
    let veeam = |bytes: &[u8]| {
        let settings = backups::Settings {
            zone: &TimeZone::UTC,
            culture: None,
            today: Date::constant(2026, 11, 20),
        };
        of_files(backups::read(&[bytes.to_vec()], Tool::Veeam, settings))
    };
    let mut readers: Vec<(&'static str, Reader)> =
        sources.map(|source| (source, reader(source))).collect();
    readers.push(("veeam", Box::new(veeam)));
    readers
}

/// Has each reader refuse a file in words that hold one of some others.
fn refused(readers: &[(&str, Reader)], bytes: &[u8], why: &[&str]) {
    for (name, read) in readers {
        let start = Instant::now();
        let refusal = read(bytes).unwrap_or_else(|| panic!("{name} reads it"));
        let Text { fr, en } = refusal.message;
        assert!(
            !fr.is_empty() && why.iter().any(|why| en.contains(why)),
            "{name}: {en}"
        );
        assert!(start.elapsed() < LONGEST, "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn deep_json_is_refused_by_every_reader() {
    for deep in ["[", "{\"a\":", "{\"content\":", "[{\"results\":"] {
        let bytes = deep.repeat(100_000);
        refused(
            &json_readers(),
            bytes.as_bytes(),
            &["128 levels", "recursion limit"],
        );
    }
}

#[test]
fn json_that_is_larger_once_read_is_refused_by_every_reader() {
    let numbers = format!("[{}0]", "0,".repeat(3_500_000));
    let objects = "{\"\":0},".repeat(1_000_000);
    for bytes in [numbers, format!("[{objects}0]")] {
        refused(&json_readers(), bytes.as_bytes(), &["too many values"]);
    }
    // One value after the other, where a file may hold several.
    let several = json_readers();
    let several = several
        .into_iter()
        .filter(|(name, _)| ["ninjaone", "entra", "restic", "borg"].contains(name));
    let several: Vec<_> = several.collect();
    assert_eq!(several.len(), 4);
    refused(
        &several,
        "0 ".repeat(3_500_000).as_bytes(),
        &["too many values"],
    );
}

#[test]
fn a_huge_cell_is_refused_by_every_table() {
    let cell = "x".repeat(table::LONGEST_CELL + 1);
    let readers = table_readers();
    refused(
        &readers,
        format!("a;b\n{cell};c").as_bytes(),
        &["longer than 1 MiB"],
    );
    refused(
        &readers,
        format!("a;b\n\"{cell}\";c").as_bytes(),
        &["longer than 1 MiB"],
    );
    refused(
        &readers,
        format!("a;b\n\"{cell}").as_bytes(),
        &["never closed"],
    );
    let file = [b"a;b\n\"".to_vec(), vec![b'x'; table::LARGEST_FILE]].concat();
    refused(&readers, &file, &["too large"]);
}

#[test]
fn entities_that_grow_are_refused_by_every_reader_of_xml() {
    let mut entities = String::from("<!ENTITY a0 \"xxxxxxxxxx\">");
    for level in 1..=30 {
        let previous = format!("&a{};", level - 1).repeat(10);
        let _ = write!(entities, "<!ENTITY a{level} \"{previous}\">");
    }
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [{entities}]><REQUEST><CONTENT>&a30;</CONTENT></REQUEST>"
    );
    let file = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><REQUEST><CONTENT/></REQUEST>";
    let named = "<REQUEST><CONTENT>&a30;</CONTENT></REQUEST>";
    let readers = json_readers().into_iter();
    let readers = readers.filter(|(name, _)| name.starts_with("glpi") || *name == "ocs");
    let readers: Vec<_> = readers
        .filter(|(name, _)| *name != "glpi, answers")
        .collect();
    assert_eq!(readers.len(), 3);
    refused(&readers, bomb.as_bytes(), &["DOCTYPE"]);
    refused(&readers, file.as_bytes(), &["DOCTYPE"]);
    refused(
        &readers,
        named.as_bytes(),
        &["an entity that nothing defines"],
    );
}

#[test]
fn other_bombs_are_refused() {
    let file = "dn: cn=x\nobjectClass: user\njpegPhoto:< file:///etc/passwd\n";
    let refusal = ldif::read(file.as_bytes(), &TimeZone::UTC).expect_err("another file");
    assert!(refusal.message.en.contains("`:<`"), "{refusal:?}");
    let long = format!("dn: cn=x\ndescription: {}\n", "x".repeat((4 << 20) + 1));
    let refusal = ldif::read(long.as_bytes(), &TimeZone::UTC).expect_err("a long line");
    assert!(refusal.message.en.contains("4 MiB"), "{refusal:?}");
    let mut aliases = String::from("model: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..=30 {
        let previous = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(aliases, "k{level}: &a{level} [{previous}]");
    }
    let start = Instant::now();
    for yaml in [aliases, "[".repeat(100_000), "a: {".repeat(100_000)] {
        let read = device_type::read(yaml.as_bytes(), Language::Fr);
        let refusal = read.expect_err("a bomb");
        assert!(!refusal.message.fr.is_empty());
    }
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
}
