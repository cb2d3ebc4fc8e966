//! The menu beside every page: kinds by theme, what there is about all records of a kind, and pages.

use crate::estate::{
    Record, accounts, backups, deadlines, desk, impact, network, physical_inventory, quality,
    rights,
};
use crate::schema::Menu;
use crate::site::context::{Html, Link, NavigationContext, NavigationEntry, NavigationGroup};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::pages::physical_inventory as field_lists;
use crate::site::pages::quality as quality_page;
use crate::site::pages::{change_calendar, finance, procedures, questions, topology};

/// The navigation, made once for all pages of a section at one depth.
pub(super) fn navigation(page: &Page<'_>, section: &str) -> Html {
    let depth = page.path.matches('/').count();
    let key = (page.language, depth, section.to_owned());
    if let Some(html) = page
        .site
        .navigation
        .lock()
        .ok()
        .and_then(|cache| cache.get(&key).cloned())
    {
        return html;
    }
    let groups = groups(page, section);
    // The default theme's template cannot fail; a site's own broken one is told by every page.
    let html = page
        .render("navigation.html", &NavigationContext { groups })
        .unwrap_or_default();
    let html = Html(html);
    if let Ok(mut cache) = page.site.navigation.lock() {
        cache.insert(key, html.clone());
    }
    html
}

const MENUS: [(Menu, &str); 8] = [
    (Menu::Knowledge, "menu-knowledge"),
    (Menu::ServiceDesk, "menu-service-desk"),
    (Menu::Fleet, "menu-fleet"),
    (Menu::Software, "menu-software"),
    (Menu::Network, "menu-network"),
    (Menu::People, "menu-people"),
    (Menu::Purchasing, "menu-purchasing"),
    (Menu::Security, "menu-security"),
];

/// The page about all records of a kind, under its list: the kind, the label, the address.
const UNDER: &[(&str, &str, &str)] = &[
    ("access-right", "rights-matrix", rights::PAGE),
    ("account", "accounts-review", accounts::PAGE),
    ("backup", "backup-coverage", backups::PAGE),
    ("change", "change-calendar", change_calendar::URL),
    ("licence", "licence-positions", "licences/positions/"),
    ("prefix", "addressing-plan", network::PAGE),
    ("service", "impact-services-page", impact::PAGE),
    ("ticket", "desk-statistics", desk::PAGE),
];

fn groups(page: &Page<'_>, section: &str) -> Vec<NavigationGroup> {
    let entry = |text: String, url: &str| NavigationEntry {
        link: Link::new(text, page.by_root(url)),
        count: None,
        current: (url.split('/').next() == Some(section) && !url.is_empty()).then_some("section"),
        entries: Vec::new(),
    };
    let quality = quality_page::exists(page.estate())
        .then(|| simple_entry(page, page.word("quality"), quality::PAGE));
    let quality = quality.into_iter().collect();
    let top = vec![
        NavigationEntry {
            current: None,
            ..entry(page.word("home"), &frame::home_url(page))
        },
        entry(page.word("history"), "history/"),
        NavigationEntry {
            entries: quality,
            ..entry(page.word("data"), questions::URL)
        },
    ];
    let due = (!deadlines::shown(page.estate()).is_empty())
        .then(|| entry(page.word("deadlines-all"), deadlines::PAGE));
    let mut groups = vec![NavigationGroup {
        title: String::new(),
        open: true,
        entries: top.into_iter().chain(due).collect(),
    }];
    for (menu, label) in MENUS {
        let mut entries = kinds(page, menu, section);
        if menu == Menu::Knowledge {
            entries.extend(pages(page, section));
        }
        if menu == Menu::Network {
            entries.extend(topology::navigation(page, section == "network"));
        }
        if !entries.is_empty() {
            let is_own = menu == Menu::Network && section == "network";
            let holds_page = entries.iter().any(|entry| entry.current.is_some());
            let open = holds_page
                || is_own
                || matches!(menu, Menu::Knowledge | Menu::ServiceDesk | Menu::Fleet);
            groups.push(NavigationGroup {
                title: page.word(label),
                open,
                entries,
            });
        }
    }
    groups
}

/// The kinds of a menu that have records.
fn kinds(page: &Page<'_>, menu: Menu, section: &str) -> Vec<NavigationEntry> {
    let estate = page.estate();
    let mut entries = Vec::new();
    for kind in estate
        .schema
        .kinds()
        .filter(|kind| kind.menu == menu && kind.name != "page")
    {
        let count = estate.listed(&kind.name).count();
        if count == 0 {
            continue;
        }
        let url = format!("{}/", kind.folder);
        let is_current = section == kind.folder;
        let mut children: Vec<NavigationEntry> = UNDER
            .iter()
            .filter(|(name, _, _)| *name == kind.name)
            .map(|(_, label, url)| simple_entry(page, page.word(label), url))
            .collect();
        if kind.name == "site" && field_lists::exists(estate) {
            let name = page.word("inventory-title");
            children.push(simple_entry(page, name, physical_inventory::PAGE));
        }
        children.extend(
            finance::of_kind(estate, &kind.name)
                .map(|ledger| simple_entry(page, page.word(ledger.title()), ledger.url())),
        );
        if kind.name == "procedure" && is_current {
            children = procedures::activity_links(page);
        }
        entries.push(NavigationEntry {
            link: Link::new(kind.plural.get(page.language), page.by_root(&url)),
            count: Some(count),
            current: is_current.then_some("section"),
            entries: children,
        });
    }
    entries
}

fn simple_entry(page: &Page<'_>, text: String, url: &str) -> NavigationEntry {
    NavigationEntry {
        link: Link::new(text, page.by_root(url)),
        count: None,
        current: None,
        entries: Vec::new(),
    }
}

/// The pages at the top of `content/` in the page's language; those below stand under the current one.
fn pages(page: &Page<'_>, section: &str) -> Vec<NavigationEntry> {
    let estate = page.estate();
    let mut entries = Vec::new();
    let own = (page.language != estate.config.language).then_some(page.language);
    for record in estate.top_pages_in(own) {
        // A page in a folder without a page of its own stands for itself, not for a section.
        let url = estate.address_in(record, page.language);
        let address = estate.config.without_language(&url);
        let is_current = address.strip_suffix('/') == Some(section);
        let children = if is_current {
            children_of(page, record)
        } else {
            Vec::new()
        };
        entries.push(NavigationEntry {
            link: Link::new(menu_title(record), page.by_root(&url)),
            count: None,
            current: is_current.then_some("section"),
            entries: children,
        });
    }
    entries
}

fn children_of(page: &Page<'_>, parent: &Record) -> Vec<NavigationEntry> {
    let children = page.estate().pages_under(parent);
    children
        .into_iter()
        .map(|record| {
            let url = page.estate().address_in(record, page.language);
            simple_entry(page, menu_title(record), &url)
        })
        .collect()
}

fn menu_title(record: &Record) -> String {
    record
        .view()
        .text("menu_title")
        .unwrap_or(&record.title)
        .to_owned()
}
