//! The Atom feeds of a site with a past: well-formed XML, all that RFC 4287 asks for, and nothing that
//! a feed must not tell.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use carnet::pipeline::Build;
use jiff::Timestamp;

use crate::building;
use crate::remembered::journal::journal;

/// The golden site `journal`, with a line more in its configuration.
fn site(setting: &str) -> Build {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/journal/project");
    let copy = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(&source).min_depth(1) {
        let entry = entry.unwrap();
        let place = copy
            .path()
            .join(entry.path().strip_prefix(&source).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(&place).unwrap();
        } else {
            fs::copy(entry.path(), &place).unwrap();
        }
    }
    let config = copy.path().join("carnet.yaml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("{text}{setting}\n")).unwrap();
    building::build_with(copy.path(), journal())
}

fn feed(build: &Build, path: &str) -> String {
    let bytes = build.render(path).expect("listed").expect("rendered");
    String::from_utf8(bytes).expect("UTF-8")
}

/// An element: its name, attributes as written, its parent's place, and its own text.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: String,
    parent: Option<usize>,
    text: String,
}

/// The elements of a document in order; panics where it is not well-formed, as far as this goes.
fn elements(xml: &str) -> Vec<Element> {
    let rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let mut rest = rest.expect("a declaration");
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(sound(text), "{text}");
        match open.last() {
            Some(last) => all[*last].text.push_str(text),
            None => assert_eq!(text.trim(), ""),
        }
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop().expect("something is open");
            assert_eq!(all[last].name, name);
            continue;
        }
        let (whole, is_empty) = tag
            .strip_suffix('/')
            .map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = whole.split_once(' ').unwrap_or((whole, ""));
        assert_eq!(attributes.matches('"').count() % 2, 0, "{tag}");
        assert!(sound(attributes), "{tag}");
        all.push(Element {
            name: name.to_owned(),
            attributes: attributes.to_owned(),
            parent: open.last().copied(),
            text: String::new(),
        });
        if !is_empty {
            open.push(all.len() - 1);
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty());
    all
}

/// Whether a text holds only what XML 1.0 allows, with every `&` a reference.
fn sound(text: &str) -> bool {
    let known = ["&amp;", "&lt;", "&gt;", "&quot;"];
    let references = text.match_indices('&');
    let mut ends = references.map(|(at, _)| known.iter().any(|it| text[at..].starts_with(it)));
    ends.all(|known| known) && text.chars().all(|it| it >= ' ' || it == '\n' || it == '\t')
}

/// The one child of an element with a name.
fn child<'e>(all: &'e [Element], parent: usize, name: &str) -> &'e Element {
    let mut found = all
        .iter()
        .filter(|it| it.parent == Some(parent) && it.name == name);
    let first = found
        .next()
        .unwrap_or_else(|| panic!("<{name}> in {:?}", all[parent]));
    assert!(found.next().is_none(), "one <{name}> only");
    first
}

fn check(xml: &str, entries: usize) {
    let all = elements(xml);
    assert_eq!(all[0].name, "feed");
    assert!(
        all[0]
            .attributes
            .starts_with("xmlns=\"http://www.w3.org/2005/Atom\"")
    );
    let mut ids = BTreeSet::new();
    let mut newest = Timestamp::MIN;
    let places: Vec<usize> = (0..all.len())
        .filter(|place| all[*place].name == "entry")
        .collect();
    for place in &places {
        assert_eq!(all[*place].parent, Some(0));
        assert!(!child(&all, *place, "title").text.is_empty());
        let link = &child(&all, *place, "link").attributes;
        assert!(link.contains("rel=\"alternate\""), "{link}");
        let author = all
            .iter()
            .position(|it| it.parent == Some(*place) && it.name == "author");
        assert!(
            !child(&all, author.expect("an author"), "name")
                .text
                .is_empty()
        );
        ids.insert(child(&all, *place, "id").text.clone());
        let updated = child(&all, *place, "updated").text.parse();
        newest = newest.max(updated.expect("a moment of RFC 3339"));
    }
    assert_eq!(
        (places.len(), ids.len()),
        (entries, entries),
        "ids are unique"
    );
    ids.insert(child(&all, 0, "id").text.clone());
    assert!(ids.iter().all(|id| id.contains(':')), "ids are absolute");
    assert!(!child(&all, 0, "title").text.is_empty());
    assert_eq!(child(&all, 0, "updated").text, newest.to_string());
    assert!(!xml.contains('@') && !xml.contains("NE-JAMAIS") && !xml.contains("<rouge>"));
}

#[test]
fn feeds_are_valid_atom() {
    for setting in ["", "base_url: https://parc.example/carnet"] {
        let build = site(setting);
        check(&feed(&build, "feed.xml"), 37);
        check(&feed(&build, "assets/feed.xml"), 35);
        check(&feed(&build, "procedures/feed.xml"), 1);
        assert!(
            build.render("licences/feed.xml").is_none(),
            "no record, no feed"
        );
    }
}

#[test]
fn links_are_absolute_where_the_address_is_known() {
    let known = feed(
        &site("base_url: https://parc.example/carnet"),
        "assets/feed.xml",
    );
    let links = elements(&known).into_iter().filter(|it| it.name == "link");
    let links: Vec<String> = links.map(|link| link.attributes).collect();
    assert!(links.len() > 35);
    assert!(
        links
            .iter()
            .all(|it| it.contains("href=\"https://parc.example/carnet/")),
        "{links:?}"
    );
    assert!(
        links.contains(
            &"rel=\"self\" href=\"https://parc.example/carnet/assets/feed.xml\"".to_owned()
        )
    );
    assert!(!feed(&site(""), "assets/feed.xml").contains("rel=\"self\""));
}

#[test]
fn names_of_entries_stay_when_the_site_moves() {
    let ids = |build: &Build| -> Vec<String> {
        let all = elements(&feed(build, "feed.xml"));
        let ids = all
            .iter()
            .filter(|it| it.name == "id" && it.parent != Some(0));
        ids.map(|id| id.text.clone()).collect()
    };
    assert_eq!(
        ids(&site("")),
        ids(&site("base_url: https://ailleurs.example"))
    );
}

#[test]
fn pages_name_their_feed() {
    let build = site("");
    let head = |path: &str| {
        feed(&build, path)
            .split("</head>")
            .next()
            .unwrap()
            .to_owned()
    };
    let link = |url: &str| format!("href=\"{url}\">");
    for (page, url) in [
        ("index.html", "feed.xml"),
        ("history/index.html", "../feed.xml"),
        ("assets/index.html", "feed.xml"),
        (
            "history/kinds/assets/index.html",
            "../../../assets/feed.xml",
        ),
        ("procedures/index.html", "feed.xml"),
    ] {
        let head = head(page);
        let named = head
            .lines()
            .find(|line| line.contains("application/atom+xml"));
        assert!(
            named.expect(page).ends_with(&link(url)),
            "{page}: {named:?}"
        );
    }
    assert!(!head("licences/index.html").contains("atom+xml"));
}
