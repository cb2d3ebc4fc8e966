//! What surrounds every page: header, navigation, breadcrumb, contents, footer.

use jiff::civil::Date;

use crate::diagnostic::Language;
use crate::estate::{
    Record, accounts, backups, deadlines, desk, impact, network, physical_inventory, quality,
    rights,
};
use crate::format;
use crate::history::State;
use crate::schema::Menu;
use crate::site::context::{
    BackLinks, ChangeLog, EditLinks, Footer, Frame, Heading, Html, Link, NavigationContext,
    NavigationEntry, NavigationGroup, Notice, Tone, Translation,
};
use crate::site::log;
use crate::site::page::Page;
use crate::site::pages::physical_inventory as field_lists;
use crate::site::pages::quality as quality_page;
use crate::site::pages::{change_calendar, finance, procedures, questions, search, topology};
use crate::site::past;

/// The frame of a page that is no record.
pub(super) fn frame(page: &Page<'_>, title: &str, parents: Vec<Link>) -> Frame {
    let site = page.site;
    let estate = page.estate();
    let mut parts = page.path.split('/').skip_while(|part| *part == "en");
    let section = parts.next().unwrap_or_default();
    Frame {
        root: page.root(),
        home: page.by_root(""),
        search: page.to(&search::address(estate, page.language)),
        offline: estate.config.offline,
        assets: site.assets.clone(),
        site_name: estate.config.title.clone(),
        title: title.to_owned(),
        description: None,
        breadcrumb: parents,
        navigation: navigation(page, section),
        contents: Vec::new(),
        previous: None,
        next: None,
        translations: Vec::new(),
        past: past::words(page),
        notices: Vec::new(),
        dates: None,
        feed: None,
        footer: Footer {
            as_of: format::long_date(estate.as_of, page.language),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            changed: None,
            source: None,
            address: estate.config.base_url.as_ref().map(|base| {
                format!(
                    "{base}/{}",
                    page.path.strip_suffix("index.html").unwrap_or(page.path)
                )
            }),
        },
        live_script: None,
    }
}

/// The link to the home page that starts every breadcrumb.
pub(super) fn home(page: &Page<'_>) -> Link {
    Link::new(page.word("home"), page.to(home_url(page)))
}

/// The address of the home page in the page's language.
pub(super) fn home_url(page: &Page<'_>) -> &'static str {
    if page.language == Language::En && page.estate().config.language == Language::Fr {
        "en/"
    } else {
        ""
    }
}

/// The frame of a record's page: its file, its last change, and a notice when it is not committed.
pub(super) fn record_frame(page: &Page<'_>, record: &Record, parents: Vec<Link>) -> Frame {
    let mut frame = frame(page, &record.title, parents);
    let estate = page.estate();
    let history = &estate.history;
    let source = &record.source;
    let path = &source.file.path;
    if !matches!(history.state, State::Absent(_)) {
        frame.footer.changed = log::last(page, record).map(|commit| log::change(page, commit));
        frame.dates = log::dates(page, record);
    }
    let line = source.file.place(source.range.start).line;
    let shown = if source.body.is_some() || line == 1 {
        path.clone()
    } else {
        format!("{path}:{line}")
    };
    frame.footer.source = Some(EditLinks {
        path: shown,
        view: source_page(page, path),
        // Editing starts from the present text, which this page does not show.
        edit: (estate.config.source_url.as_ref())
            .filter(|_| estate.past.is_none())
            .map(|url| url.replace("{path}", path)),
    });
    frame.translations = translations(page, record);
    frame.description = record.view().text("description").map(str::to_owned);
    if let Some(date) = deadlines::review_overdue(estate, record) {
        frame.notices.push(overdue(page, date));
    }
    if log::is_modified(page, record) {
        let notice = Notice {
            tone: Tone::Info,
            text: page.word("notice-modified"),
            link: None,
        };
        frame.notices.push(notice);
    }
    frame
}

/// The forge's page of a file: as the default branch has it now, or as it was where the site shows a
/// past state. Gitea names no default branch, so that the commit at hand stands for it.
fn source_page(page: &Page<'_>, path: &str) -> Option<String> {
    let estate = page.estate();
    let forge = estate.forge()?;
    let past = estate.past.as_ref().map(|past| past.commit.as_str());
    let head = || forge.file_url(estate.history.head.as_deref(), path);
    forge.file_url(past, path).or_else(head)
}

/// A review that should have taken place by a day.
fn overdue(page: &Page<'_>, date: Date) -> Notice {
    let estate = page.estate();
    let text = page
        .word("review-overdue")
        .replace("{date}", &page.long_date(date).text);
    let days = deadlines::days_between(estate.as_of, date);
    Notice {
        tone: Tone::Warning,
        text: format!("{text} ({})", format::distance(days, page.language)),
        link: None,
    }
}

/// The other languages of a page of `content/`.
fn translations(page: &Page<'_>, record: &Record) -> Vec<Translation> {
    let estate = page.estate();
    let pages = estate
        .translations(record)
        .filter(|_| record.kind().name == "page");
    let translation = |other: &Record| {
        let language = other.source.language.unwrap_or(estate.config.language);
        let name = match language {
            Language::Fr => "Français",
            Language::En => "English",
        };
        Translation {
            language: language.code(),
            link: Link::new(name, page.to(&other.url)),
        }
    };
    pages.map(translation).collect()
}

/// Adds to "on this page" what stands under a text: who cites it, and its change log. A page of
/// which that would be the only entry needs no list.
pub(super) fn end_contents(
    page: &Page<'_>,
    contents: &mut Vec<Heading>,
    back_links: &[BackLinks],
    log: &ChangeLog,
) {
    let has_log = !log.changes.is_empty() || log.notice.is_some();
    let parts = [
        ("back-links", !back_links.is_empty()),
        ("change-log", has_log),
    ];
    let parts = parts.iter().filter(|(_, is_shown)| *is_shown);
    let mut ends: Vec<Heading> = parts
        .map(|(key, _)| Heading {
            id: (*key).to_owned(),
            text: page.word(key),
            level: 2,
        })
        .collect();
    if contents.len() + ends.len() > 1 {
        contents.append(&mut ends);
    }
}

/// The headings of a text, for "on this page".
pub(super) fn contents(record: &Record) -> Vec<Heading> {
    let headings = record
        .source
        .body()
        .into_iter()
        .flat_map(|body| &body.headings);
    headings
        .map(|heading| Heading {
            id: heading.id.clone(),
            text: heading.text.clone(),
            level: heading.level,
        })
        .collect()
}

/// The navigation, made once for all pages of a section at one depth.
fn navigation(page: &Page<'_>, section: &str) -> Html {
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
            ..entry(page.word("home"), home_url(page))
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
        let mut children = Vec::new();
        if kind.name == "licence" {
            children.push(simple_entry(
                page,
                page.word("licence-positions"),
                "licences/positions/",
            ));
        }
        if kind.name == "ticket" {
            children.push(simple_entry(page, page.word("desk-statistics"), desk::PAGE));
        }
        if kind.name == "account" {
            let name = page.word("accounts-review");
            children.push(simple_entry(page, name, accounts::PAGE));
        }
        if kind.name == "access-right" {
            let name = page.word("rights-matrix");
            children.push(simple_entry(page, name, rights::PAGE));
        }
        if kind.name == "change" {
            let name = page.word("change-calendar");
            children.push(simple_entry(page, name, change_calendar::URL));
        }
        if kind.name == "backup" {
            let name = page.word("backup-coverage");
            children.push(simple_entry(page, name, backups::PAGE));
        }
        if kind.name == "prefix" {
            let name = page.word("addressing-plan");
            children.push(simple_entry(page, name, network::PAGE));
        }
        if kind.name == "service" {
            let name = page.word("impact-services-page");
            children.push(simple_entry(page, name, impact::PAGE));
        }
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
    for record in estate.top_pages(own) {
        // A page in a folder without a page of its own stands for itself, not for a section.
        let address = record.url.trim_start_matches("en/");
        let is_current = address.strip_suffix('/') == Some(section);
        let children = if is_current {
            children_of(page, record)
        } else {
            Vec::new()
        };
        entries.push(NavigationEntry {
            link: Link::new(menu_title(record), page.by_root(&record.url)),
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
        .map(|record| simple_entry(page, menu_title(record), &record.url))
        .collect()
}

fn menu_title(record: &Record) -> String {
    record
        .view()
        .text("menu_title")
        .unwrap_or(&record.title)
        .to_owned()
}
