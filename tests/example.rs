//! The example estate as a whole: no finding, no link or anchor that leads nowhere, pages within their
//! budget, and the same bytes whatever the number of threads or the folder.

mod building;
#[allow(dead_code, reason = "other tests use the rest of the module")]
mod markup;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use carnet::diagnostic::{Language, short};
use carnet::git;
use carnet::history::{Absence, History};
use carnet::pipeline::Build;
use carnet::schema;
use markup::{Tag, percent_decode, tags};

const PARTS: [&str; 4] = ["carnet.yaml", "content", "inventory", "procedures"];

/// DESIGN: an asset's page is at most 30 KiB of HTML.
const ASSET_BUDGET: usize = 30 << 10;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The site with its history, made once for all that look at it.
fn site() -> &'static BTreeMap<String, Vec<u8>> {
    static SITE: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    SITE.get_or_init(|| {
        let request = git::Request::new(root(), &PARTS, schema::built_in());
        let build = building::build_with(root(), git::history(&request));
        building::files(&build)
    })
}

/// The pages of a site, each with its tags.
fn pages(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, Vec<Tag>> {
    let pages = files.iter().filter(|(path, _)| building::is(path, "html"));
    pages
        .map(|(path, bytes)| {
            let html = std::str::from_utf8(bytes).expect("pages are UTF-8");
            (path.as_str(), tags(html))
        })
        .collect()
}

#[test]
fn the_example_has_no_finding() {
    let build = building::build(root());
    assert_eq!(short(&build.diagnostics, Language::En), "");
    assert!(build.estate.records().len() > 500);
}

/// Who looks for what refers to a server finds it, although its page is a heavy one.
#[test]
fn a_heavy_page_names_at_least_two_of_each_kind_that_refer_to_it() {
    let build = building::build(root());
    for path in [
        "assets/srv-hyp-01/",
        "assets/srv-lai-01/",
        "assets/sw-lyo-02/",
    ] {
        let html = build.render(&format!("{path}index.html"));
        let html = html.expect("a page").expect("rendered");
        let html = std::str::from_utf8(&html).expect("pages are UTF-8");
        let (_, links) = html.split_once("id=\"back-links\"").expect("back-links");
        let links = links
            .split("class=\"change-log\"")
            .next()
            .unwrap_or_default();
        for group in links.split("<h3>").skip(1) {
            let named = group.matches("<li>").count();
            assert!(
                named >= 2 || !group.contains("class=\"more\""),
                "{path}: {group}"
            );
        }
        assert!(html.len() <= ASSET_BUDGET, "{path}: {}", html.len());
    }
}

/// What programs read is keys, ISO dates and plain numbers: a site in English gives them the same bytes.
#[test]
fn data_for_programs_does_not_know_the_language_of_the_site() {
    let mut project = building::project(root());
    let french = building::made(&project, History::absent(Absence::TurnedOff));
    project.config.language = Language::En;
    let english = building::made(&project, History::absent(Absence::TurnedOff));
    let mut tables = 0;
    for path in french.paths() {
        // What lies in folders of it is for people.
        let name = path
            .strip_prefix("data/")
            .filter(|name| !name.contains('/'));
        if !name.is_some_and(|name| building::is(name, "csv") || building::is(name, "json")) {
            continue;
        }
        tables += 1;
        let lines = |build: &Build| {
            let bytes = build.render(&path).expect("listed").expect("no template");
            String::from_utf8(bytes).expect("UTF-8")
        };
        let (fr, en) = (lines(&french), lines(&english));
        let differs = fr.lines().zip(en.lines()).find(|(fr, en)| fr != en);
        assert_eq!(differs, None, "{path}");
        assert_eq!(fr.len(), en.len(), "{path}");
    }
    assert!(tables > 100, "{tables}");
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    let files = site();
    let pages = pages(files);
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, tags)| (*path, tags.iter().filter_map(|tag| tag.get("id")).collect()))
        .collect();
    let mut broken = Vec::new();
    let mut checked = 0;
    for (path, tags) in &pages {
        for tag in tags {
            let links = ["href", "src", "data"].into_iter();
            for link in links.filter_map(|name| tag.get(name)) {
                checked += 1;
                if let Some(why) = dead(path, link, files, &ids) {
                    broken.push(format!("{path}: <{}> {link}: {why}", tag.name));
                }
            }
        }
    }
    assert!(checked > 10_000, "{checked}");
    assert!(
        broken.is_empty(),
        "{}",
        broken[..broken.len().min(20)].join("\n")
    );
}

/// Why a link of a page leads nowhere; `None` when it is sound or leads to another site.
fn dead(
    page: &str,
    link: &str,
    files: &BTreeMap<String, Vec<u8>>,
    ids: &BTreeMap<&str, BTreeSet<&str>>,
) -> Option<&'static str> {
    let scheme = link.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|it| {
        it.chars()
            .all(|one| one.is_ascii_alphanumeric() || one == '+')
    }) {
        return None;
    }
    let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or_default();
    if link == "#" {
        return Some("it leads nowhere");
    }
    let target = if address.is_empty() {
        page.to_owned()
    } else {
        match resolve(page, &percent_decode(address)) {
            Some(target) => target,
            None => return Some("it leaves the site"),
        }
    };
    if !files.contains_key(&target) {
        return Some("no such file");
    }
    // The values of an asset, for the holes of a procedure: no anchor, the page's script reads it.
    let is_filled = fragment.starts_with("asset=") || fragment.starts_with("ticket=");
    if is_filled && target.starts_with("procedures/") {
        return None;
    }
    let fragment = percent_decode(fragment);
    let known = || ids.get(target.as_str())?.get(fragment.as_str());
    (!fragment.is_empty() && known().is_none()).then_some("no such anchor")
}

/// The file of the site that an address means; `None` outside of it.
fn resolve(page: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let address = match address.strip_prefix('/') {
        // A server shows this page at any depth, so it alone starts from the root.
        Some(rest) if page == "404.html" => rest,
        Some(_) => return None,
        None => address,
    };
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    if matches!(parts.last(), None | Some(&"")) || address == "." || address.ends_with("..") {
        if parts.last() == Some(&"") {
            parts.pop();
        }
        parts.push("index.html");
    }
    parts.retain(|part| !part.is_empty());
    Some(parts.join("/"))
}

#[test]
fn every_page_is_well_made() {
    let files = site();
    let mut wrong = Vec::new();
    for (path, tags) in pages(files) {
        let mut say = |what: String| wrong.push(format!("{path}: {what}"));
        let mut seen = BTreeSet::new();
        let ids: BTreeSet<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
        for tag in &tags {
            for (name, value) in &tag.attributes {
                if name == "style" || name.starts_with("on") {
                    say(format!("<{} {name}=…> is refused by the policy", tag.name));
                }
                let points = ["aria-labelledby", "aria-controls", "popovertarget", "for"];
                let named = || value.split_whitespace().all(|id| ids.contains(id));
                if points.contains(&name.as_str()) && !named() {
                    say(format!("{name}=\"{value}\" names nothing"));
                }
            }
            if tag.name == "style" || tag.name == "script" && tag.get("src").is_none() {
                say(format!("an inline <{}>", tag.name));
            }
            if let Some(id) = tag.get("id").filter(|id| !seen.insert(*id)) {
                say(format!("two elements are called {id}"));
            }
            if tag.name == "img" && tag.get("alt").is_none() {
                say("a picture without a text".to_owned());
            }
        }
        let headings = tags.iter().filter(|tag| tag.name == "h1").count();
        if headings != 1 {
            say(format!("{headings} first headings"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}",
        wrong[..wrong.len().min(20)].join("\n")
    );
}

#[test]
fn asset_pages_keep_to_their_budget() {
    let files = site();
    // Those that sum up all assets are lists, as `assets/` itself is, and what stops with one is another.
    let lists = ["", "statistics/", "renewals/", "fixed-assets/"];
    let lists = lists.map(|name| format!("assets/{name}index.html"));
    let assets = files.iter().filter(|(path, _)| {
        let is_list = lists.contains(path) || path.ends_with("/impact/index.html");
        path.starts_with("assets/") && path.ends_with("/index.html") && !is_list
    });
    let sizes: BTreeMap<&String, usize> = assets.map(|(path, it)| (path, it.len())).collect();
    assert!(sizes.len() >= 120, "{}", sizes.len());
    for (path, size) in sizes {
        assert!(size <= ASSET_BUDGET, "{path}: {size} bytes");
    }
}

#[test]
fn the_bytes_depend_on_nothing_but_the_project() {
    let with_threads = |threads: usize, root: &Path| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().expect("threads");
        pool.install(|| building::files(&building::build(root)))
    };
    let elsewhere = tempfile::tempdir().unwrap();
    copy_example(elsewhere.path());
    let one = with_threads(1, root());
    same(&one, &with_threads(2, root()));
    same(&one, &with_threads(2, elsewhere.path()));
}

fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(one), paths(other));
    for (path, bytes) in one {
        assert!(other[path] == *bytes, "{path} differs");
    }
}

fn copy_example(to: &Path) {
    for part in PARTS {
        for entry in walkdir::WalkDir::new(root().join(part)) {
            let entry = entry.unwrap();
            let place = to.join(entry.path().strip_prefix(root()).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(&place).unwrap();
            } else {
                fs::copy(entry.path(), &place).unwrap();
            }
        }
    }
}
