//! What a site looks like when it says so: its theme's files, its colour, its logo; and what machines read of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use carnet::diagnostic::{Language, short};
use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};

fn build(root: &Path) -> Build {
    let mut loader = Loader::new(root, pipeline::rule_names());
    let project = loader.load(&BTreeSet::new()).unwrap();
    let history = Arc::new(History::absent(Absence::TurnedOff));
    pipeline::build(&project, history, jiff::civil::date(2026, 11, 20))
}

/// A project of its own with a configuration and a page.
fn project(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("carnet.yaml"), settings).unwrap();
    let page = "---\ntitle: Accueil & « suite »\ndescription: Où tout commence\n---\nTexte.\n";
    fs::write(folder.path().join("content/accueil.md"), page).unwrap();
    folder
}

fn house() -> Build {
    build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/maison/project"))
}

fn page(build: &Build, path: &str) -> String {
    String::from_utf8(build.render(path).expect("listed").expect("rendered")).unwrap()
}

/// A published file of the theme by the name before its hash.
fn asset(build: &Build, name: &str) -> (String, Vec<u8>) {
    let (stem, ending) = name.rsplit_once('.').unwrap();
    let paths = build.paths().into_iter();
    let mut own = paths.filter(|path| {
        let rest = path.strip_prefix(&format!("_carnet/{stem}."));
        rest.is_some_and(|rest| {
            rest.ends_with(&format!(".{ending}")) && rest.len() == 9 + ending.len()
        })
    });
    let path = own.next().unwrap_or_else(|| panic!("no {name}"));
    let bytes = build.render(&path).unwrap().unwrap();
    (path, bytes)
}

#[test]
fn a_theme_replaces_one_template_one_sheet_and_one_word() {
    let build = house();
    let list = page(&build, "procedures/index.html");
    assert!(
        list.contains("<p class=\"maison\">Les gestes de la maison</p>"),
        "its template"
    );
    assert!(list.contains("Chercher dans la laiterie"), "its word");
    assert!(list.contains("Aller au contenu"), "the other words stay");
    let own = page(&build, "procedures/vpn/index.html");
    assert!(
        own.contains("Chercher dans la laiterie"),
        "in every template"
    );
    let (_, style) = asset(&build, "style.css");
    let style = String::from_utf8(style).unwrap();
    assert!(
        style.contains(".maison { font-style: italic; }"),
        "its sheet as it is"
    );
    assert!(
        style.contains(".site-name{"),
        "after those of the default theme"
    );
}

#[test]
fn the_colour_of_the_house_comes_last_and_can_be_read() {
    let build = house();
    let (_, style) = asset(&build, "style.css");
    let style = String::from_utf8(style).unwrap();
    let last = style.trim_end().lines().last().unwrap();
    assert!(
        last.starts_with(":root{--accent:light-dark(#0b6e4f,#") && last.ends_with(")}"),
        "{last}"
    );
    assert_eq!(build.diagnostics, []);
}

#[test]
fn the_logo_stands_for_the_name_on_every_page() {
    let build = house();
    let (path, bytes) = asset(&build, "logo.svg");
    assert!(bytes.starts_with(b"<svg "));
    for (own, root) in [("index.html", ""), ("procedures/vpn/index.html", "../../")] {
        let image = format!("<img class=\"logo\" src=\"{root}{path}\" alt=\"Laiterie des Alpes\">");
        let html = page(&build, own);
        assert!(html.contains(&image), "{own}");
        assert!(!html.contains("class=\"mark\""), "{own}");
    }
}

#[test]
fn a_logo_may_be_a_file_of_the_theme() {
    let folder = project("theme: {folder: maison, logo: /themes/maison/assets/enseigne.png}\n");
    let assets = folder.path().join("themes/maison/assets");
    fs::create_dir_all(&assets).unwrap();
    fs::write(assets.join("enseigne.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let build = build(folder.path());
    assert_eq!(build.diagnostics, []);
    assert!(page(&build, "accueil/index.html").contains("_carnet/logo."));
    assert_eq!(asset(&build, "logo.png").1, b"\x89PNG\r\n\x1a\n");
}

/// What is told of a logo with these bytes, in English, and whether a page shows it.
fn told_of_logo(name: &str, bytes: &[u8]) -> (String, bool) {
    let folder = project(&format!("theme: {{logo: themes/default/{name}}}\n"));
    let theme = folder.path().join("themes/default");
    fs::create_dir_all(&theme).unwrap();
    fs::write(theme.join(name), bytes).unwrap();
    let build = build(folder.path());
    let shown = page(&build, "accueil/index.html").contains("_carnet/logo.");
    let found = build.diagnostics.iter().map(|it| it.message.en.to_string());
    (found.collect::<Vec<_>>().join("\n"), shown)
}

#[test]
fn a_logo_that_is_no_light_picture_is_refused() {
    let heavy = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 512 << 10]].concat();
    let script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for (name, bytes, expected) in [
        (
            "a.png",
            heavy.as_slice(),
            "weighs 513 KiB; a logo weighs at most 512",
        ),
        (
            "a.png",
            b"just words",
            "is not a real PNG, whatever its name says",
        ),
        (
            "a.svg",
            b"\x89PNG\r\n\x1a\n",
            "is not a real SVG, whatever its name says",
        ),
        (
            "a.svg",
            b"<html><svg/></html>",
            "is not a real SVG, whatever its name says",
        ),
        ("a.svg", script.as_slice(), "holds something to run"),
        (
            "a.svg",
            b"<svg/onload='alert(1)'>",
            "holds something to run",
        ),
    ] {
        let (told, shown) = told_of_logo(name, bytes);
        assert_eq!(told, format!("`themes/default/{name}` {expected}"));
        assert!(!shown, "{expected}");
    }
    let sound = "\u{feff}<?xml version='1.0'?>\n<!-- x --><!DOCTYPE svg>\n<svg viewBox='0 0 1 1'/>";
    assert_eq!(
        told_of_logo("a.svg", sound.as_bytes()),
        (String::new(), true)
    );
}

/// What is told of a configuration, in English.
fn told(settings: &str) -> String {
    let folder = project(settings);
    short(&build(folder.path()).diagnostics, Language::En)
}

#[test]
fn a_colour_too_weak_is_told_and_mended() {
    let folder = project("theme: {accent: \"#ffb000\", accent_dark: \"#203040\"}\n");
    let build = build(folder.path());
    let rules: Vec<_> = build.diagnostics.iter().map(|it| it.rule.name).collect();
    assert_eq!(rules, ["weak-contrast", "weak-contrast"]);
    let (_, style) = asset(&build, "style.css");
    let style = String::from_utf8(style).unwrap();
    assert!(!style.contains("#ffb000") && !style.contains("#203040"));
    // What is proposed is fit.
    let help = build.diagnostics[0].help.as_ref().unwrap().en.clone();
    let proposed = help.split('"').nth(1).unwrap().to_owned();
    assert_eq!(told(&format!("theme: {{accent: \"{proposed}\"}}\n")), "");
}

#[test]
fn pages_tell_their_title_to_programs_that_show_a_link() {
    let folder = project("title: Nacelle \"parc\"\nbase_url: https://parc.example/carnet/\n");
    let site = build(folder.path());
    let html = page(&site, "accueil/index.html");
    for part in [
        "<meta name=\"description\" property=\"og:description\" content=\"Où tout commence\">",
        "<meta property=\"og:title\" content=\"Accueil &amp; «\u{a0}suite\u{a0}»\">",
        "<meta property=\"og:site_name\" content=\"Nacelle &quot;parc&quot;\">",
        "<meta property=\"og:locale\" content=\"fr_FR\">",
        "<meta property=\"og:type\" content=\"article\">",
        "<meta property=\"og:url\" content=\"https://parc.example/carnet/accueil/\">",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    let home = page(&site, "index.html");
    assert!(
        !home.contains("og:type"),
        "without it, a page is of a website"
    );
    let without = build(project("").path());
    let without = page(&without, "accueil/index.html");
    assert!(!without.contains("og:"), "no link to preview is known");
    assert!(without.contains("<meta name=\"description\" content=\"Où tout commence\">"));
}

#[test]
fn the_list_for_engines_names_records_and_lists_by_whole_addresses() {
    let folder = project("base_url: https://parc.example/carnet\n");
    fs::create_dir_all(folder.path().join("procedures")).unwrap();
    let text = "---\ntitle: VPN\nredirect_from: [/wiki/vpn/]\n---\nFaire.\n";
    fs::write(folder.path().join("procedures/vpn.md"), text).unwrap();
    let site = build(folder.path());
    let list = page(&site, "sitemap.xml");
    let mut named = BTreeMap::new();
    for part in list.split("<loc>").skip(1) {
        let address = part.split("</loc>").next().unwrap();
        *named.entry(address.to_owned()).or_insert(0) += 1;
    }
    for own in ["", "accueil/", "procedures/", "procedures/vpn/", "assets/"] {
        let address = format!("https://parc.example/carnet/{own}");
        assert_eq!(named.get(&address), Some(&1), "{own}");
    }
    for absent in [
        "wiki", "404", "search/", "history/", "_carnet", ".csv", "data/",
    ] {
        assert!(!list.contains(absent), "{absent}\n{list}");
    }
    assert!(!list.contains("<lastmod>"), "nothing is known of the past");
    let without = build(project("").path());
    assert!(without.render("sitemap.xml").is_none());
}
