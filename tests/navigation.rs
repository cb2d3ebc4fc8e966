//! The menu is made once for all pages of a section at one depth, so its links must hold on each.

use std::collections::BTreeSet;
use std::sync::Arc;

use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline;

#[test]
fn the_menu_of_every_page_leads_to_the_pages_it_names() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("content/d")).unwrap();
    for number in 1..=6 {
        let text = format!("---\ntitle: D{number}\n---\nPage {number}.\n");
        std::fs::write(folder.path().join(format!("content/d/p{number}.md")), text).unwrap();
    }
    let mut loader = Loader::new(folder.path(), pipeline::rule_names());
    let project = loader.load(&BTreeSet::new()).unwrap();
    let day = jiff::civil::date(2026, 11, 20);
    let build = pipeline::build(&project, Arc::new(History::absent(Absence::TurnedOff)), day);
    for number in 1..=6 {
        let page = build
            .render(&format!("d/p{number}/index.html"))
            .unwrap()
            .unwrap();
        let page = String::from_utf8(page).unwrap();
        for other in 1..=6 {
            let link = format!("<a href=\"../../d/p{other}/\">D{other}</a>");
            assert!(page.contains(&link), "on p{number}: {link}");
        }
        let menu = page.split("</nav>").next().unwrap();
        assert!(
            !menu.contains("aria-current"),
            "no section is current on p{number}"
        );
    }
}
