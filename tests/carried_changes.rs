//! Commits that say which change they carried: the page of the change tells what they altered, the log
//! of each record links back, a name that is no change is told and is no finding.

#[path = "git/builder.rs"]
#[expect(dead_code, reason = "these tests need a part of it only")]
mod builder;

use std::collections::BTreeSet;
use std::sync::Arc;

use builder::{Builder, files};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};
use jiff::civil::date;

const ASSET: &str = "inventory/assets/srv-01.yaml";

fn built() -> Build {
    let mut builder = Builder::new();
    let first = files([
        ("carnet.yaml", "title: Parc\n"),
        (ASSET, "name: srv-01\nhostname: a.example\n"),
        (
            "inventory/licences/suite.yaml",
            "name: Suite\nkey: AAAA-1111-SECRET\n",
        ),
        (
            "inventory/changes/chg-2026-014.yaml",
            "title: Batteries\nstatus: cancelled\n",
        ),
    ]);
    let mut second = first.clone();
    second.insert(
        ASSET.to_owned(),
        b"name: srv-01\nhostname: b.example\n".to_vec(),
    );
    second.insert(
        "inventory/licences/suite.yaml".to_owned(),
        b"name: Suite\nkey: BBBB-2222-SECRET\n".to_vec(),
    );
    let one = builder.commit(&[], &first, "Premier parc\n\nChange: chg-2026-014\n\nFin.");
    let message = "Nouveau nom\n\nChange: CHG-2026-014\nChangement: chg-2026-999";
    let two = builder.commit(&[one], &second, message);
    builder.check_out(two);
    let mut loader = Loader::new(builder.folder.path(), pipeline::rule_names());
    let project = loader.load(&BTreeSet::new()).expect("a project");
    let history = Arc::new(builder.history());
    pipeline::build(&project, history, date(2026, 11, 20))
}

fn page(build: &Build, path: &str) -> String {
    let bytes = build.site.render(path).expect("a page");
    String::from_utf8(bytes.expect("a sound template")).expect("UTF-8")
}

#[test]
fn a_change_lists_the_commits_that_carried_it() {
    let build = built();
    let change = page(&build, "changes/chg-2026-014/index.html");
    let (_, carried) = change.split_once("id=\"carried-by\"").expect("the list");
    let (carried, _) = carried.split_once("</section>").expect("its end");
    assert!(carried.contains("Nouveau nom"), "{carried}");
    assert!(carried.contains("<ins>b.example</ins>"), "{carried}");
    // A trailer above the last paragraph is prose.
    assert!(!carried.contains("Premier parc"), "{carried}");
    assert!(!change.contains("SECRET"), "{change}");
}

#[test]
fn logs_link_to_the_change_and_tell_a_name_that_is_none() {
    let build = built();
    let asset = page(&build, "assets/srv-01/index.html");
    assert!(asset.contains("href=\"../../changes/chg-2026-014/\""));
    let history = page(&build, "history/index.html");
    assert!(history.contains("chg-2026-999"), "{history}");
    let told = build.diagnostics.iter();
    assert!(!told.map(|it| &it.message.en).any(|it| it.contains("999")));
}
