//! Anchors of a page: whatever texts stand on it, each is there once, and links within the page lead somewhere.

#[allow(dead_code, reason = "other tests use the rest")]
mod building;
#[allow(dead_code, reason = "other tests use the rest")]
mod markup;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use carnet::markdown::OF_PAGES;
use carnet::pipeline::Build;

/// A project of these files.
fn project(files: &[(&str, &str)]) -> Build {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(
        folder.path().join("carnet.yaml"),
        "title: Nacelle\nas_of: 2026-11-20\n",
    )
    .unwrap();
    building::build(folder.path())
}

/// The HTML of a page, once its anchors were held to what is said above.
fn sound(build: &Build, path: &str) -> String {
    let bytes = build.render(path).expect("listed").expect("rendered");
    let html = String::from_utf8(bytes).unwrap();
    let tags = markup::tags(&html);
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        assert!(ids.insert(id), "{path}: `{id}` stands there twice");
    }
    for href in tags.iter().filter_map(|tag| tag.get("href")) {
        if let Some(anchor) = href.strip_prefix('#').filter(|anchor| !anchor.is_empty()) {
            let anchor = markup::percent_decode(anchor);
            assert!(
                ids.contains(anchor.as_str()),
                "{path}: `{href}` leads nowhere"
            );
        }
    }
    html
}

#[test]
fn a_text_that_is_embedded_twice_keeps_its_links() {
    let build = project(&[
        (
            "procedures/a.md",
            "# A\n\n## But\n\nVoir [le but](#but).\n\n![[b]]\n\n![[b]]\n\n![[b#suite]]\n\n[là](b.md#but)\n",
        ),
        (
            "procedures/b.md",
            "# B\n\n## But\n\n<a id=\"x\"></a>[ici](#but), [là](#x), note[^1].\n\n## Suite\n\n[Retour](#but)\n\n![[c]]\n\n[^1]: Une note.\n",
        ),
        ("procedures/c.md", "# C\n\n## But\n\n[ici](#but)\n"),
    ]);
    let html = sound(&build, "procedures/a/index.html");
    for part in [
        "<h2 id=\"but\">",
        "<h2 id=\"e:1-but\">",
        "href=\"#e:1-but\"",
        "href=\"#e:1-x\"",
        "<h2 id=\"e:1-e:2-but\">",
        "<h2 id=\"e:3-but\">",
        // Of a part of a text, the rest is on its own page; so is what a link to that page names.
        "<a href=\"../b/#but\">Retour</a>",
        "<a href=\"../b/#but\">là</a>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[test]
fn the_texts_of_fields_and_the_parts_of_the_page_stay_apart() {
    let field = "|\n  ## Impact\n\n  [ici](#impact) et note[^1].\n\n  [^1]: Une.\n";
    let head = format!("title: Bascule\nimpact_analysis: {field}rollback: {field}");
    let body = "## Impact\n\n[ici](#impact), note[^1].\n\n## Flow\n\n## Timeline\n\n[^1]: Deux.\n";
    let change = format!("---\n{head}---\n{body}");
    let build = project(&[("inventory/changes/chg-1.md", &change)]);
    let html = sound(&build, "changes/chg-1/index.html");
    assert!(html.contains("id=\"impact-1\""), "{html}");
}

/// A part of a page with an id that the list lacks could meet a heading of that name.
#[test]
fn ids_of_the_templates_of_records_are_known() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let mut open = ["base.html", "record.html", "procedure.html", "page.html"]
        .map(str::to_owned)
        .to_vec();
    let mut seen = BTreeSet::new();
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let text = read(&name);
        let between = |start: &str| -> Vec<String> {
            let parts = text.split(start).skip(1);
            parts
                .map(|part| part.split('"').next().unwrap().to_owned())
                .collect()
        };
        open.extend(between("{% include \""));
        // Those with capital letters, signs or a variable are no heading's.
        let plain = |id: &String| {
            id.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        found.extend(between(" id=\"").into_iter().filter(plain));
    }
    assert!(found.len() > 15, "{found:?}");
    let unknown: Vec<_> = found
        .iter()
        .filter(|id| !OF_PAGES.contains(&id.as_str()))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
