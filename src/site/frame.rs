//! What surrounds every page: header, navigation, breadcrumb, contents, footer.

use jiff::civil::Date;

use crate::estate::{Record, deadlines};
use crate::format;
use crate::history::State;
use crate::markdown::{Reference, ReferenceKind};
use crate::site::context::{
    BackLinks, ChangeLog, EditLinks, Footer, Frame, Heading, Link, Notice, Tone,
};
use crate::site::log;
use crate::site::navigation::navigation;
use crate::site::page::Page;
use crate::site::pages::search;
use crate::site::qr;
use crate::site::translations;
use crate::site::{offline, past};
use crate::typography::plain;

/// The frame of a page that is no record.
pub(super) fn frame(page: &Page<'_>, title: &str, parents: Vec<Link>) -> Frame {
    let estate = page.estate();
    let path = estate.config.without_language(page.path);
    let section = path.split('/').next().unwrap_or_default();
    Frame {
        root: page.root(),
        home: page.by_root(""),
        search: page.to(&search::address(&estate.config, page.language)),
        offline: estate.config.offline,
        assets: page.assets().clone(),
        site_name: estate.config.title.clone(),
        title: plain(title, page.language).into_owned(),
        description: None,
        breadcrumb: parents,
        navigation: navigation(page, section),
        contents: Vec::new(),
        previous: None,
        next: None,
        translations: Vec::new(),
        text_language: None,
        past: past::words(page),
        counted_from: counted_from(page),
        notices: partial_view(page).into_iter().collect(),
        dates: None,
        feed: None,
        steps: false,
        tabs_or_pictures: false,
        qr: None,
        footer: Footer {
            as_of: format::long_date(estate.as_of, page.language),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            changed: None,
            source: None,
            offline: offline::address(page),
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
    Link::new(page.word("home"), page.to(&home_url(page)))
}

/// The address of the home page in the page's language.
pub(super) fn home_url(page: &Page<'_>) -> String {
    page.estate().config.folder_of(page.language)
}

/// The day that « dans 3 jours » counts from, where the project fixes it: readers would take it for theirs.
pub(super) fn counted_from(page: &Page<'_>) -> Option<String> {
    let estate = page.estate();
    let is_fixed = estate.config.as_of == Some(estate.as_of) && estate.past.is_none();
    let date = || format::long_date(estate.as_of, page.language);
    is_fixed.then(|| page.word("counted-from").replace("{date}", &date()))
}

/// That lists and totals are of what these readers may see; said to all of them, whether something is hidden or not.
fn partial_view(page: &Page<'_>) -> Option<Notice> {
    page.estate().is_partial_view.then(|| Notice {
        tone: Tone::Info,
        text: page.word("notice-partial-view"),
        link: None,
    })
}

/// The frame of a record's page: its file, its last change, and a notice when it is not committed.
pub(super) fn record_frame(page: &Page<'_>, record: &Record, parents: Vec<Link>) -> Frame {
    let mut frame = frame(page, &record.title, parents);
    // A text says what it says, whatever else there is.
    if record.source.body.is_some() {
        frame.notices.clear();
        frame.counted_from = None;
    }
    let estate = page.estate();
    let history = &estate.history;
    let source = &record.source;
    let path = &source.file.path;
    if !matches!(history.state, State::Absent(_)) {
        frame.footer.changed = log::last(page, record).map(|commit| log::change(page, commit));
        frame.dates = log::dates(page, record);
    }
    let line = source.file.place(source.range.start).line;
    // A line counts what is hidden above it.
    let shown = if source.body.is_some() || line == 1 || estate.is_part {
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
        report: report_page(page, record),
    });
    frame.translations = translations::of(page, record);
    frame.notices.extend(translations::missing(page, record));
    let own = translations::language_of(page, record);
    frame.text_language = (own != page.language).then(|| own.code());
    frame.steps = may_have_steps(record);
    frame.tabs_or_pictures = may_have_tabs_or_pictures(record);
    if record.source.body.is_some() {
        frame.qr = qr::of_page(page);
    }
    frame.description = record.view().text("description").map(str::to_owned);
    if let Some(date) = deadlines::review_overdue(estate, record) {
        frame.notices.push(overdue(page, record, date));
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

/// Whether a text of a record has steps to tick, or shows another text, which may have some.
fn may_have_steps(record: &Record) -> bool {
    let shows = |reference: &Reference| reference.kind == ReferenceKind::Embed;
    let mut documents = record.source.documents.iter();
    documents.any(|document| document.task_count > 0 || document.references.iter().any(shows))
}

/// Whether a text of a record has tabs or pictures, or shows another text, which may have some.
fn may_have_tabs_or_pictures(record: &Record) -> bool {
    let mut documents = record.source.documents.iter();
    documents.any(|document| {
        let mut headings = document.headings.iter();
        let mut references = document.references.iter();
        headings.any(|heading| heading.names_tab) || references.any(Reference::is_shown_in_place)
    })
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

/// The forge's form for a new issue, with the page and its file filled in.
fn report_page(page: &Page<'_>, record: &Record) -> Option<String> {
    let estate = page.estate();
    let title = page.word("report-error-title");
    let title = title.replace("{title}", &record.title);
    let address = page.path.strip_suffix("index.html").unwrap_or(page.path);
    let base = estate.config.base_url.as_deref().unwrap_or_default();
    let text = format!("{base}/{address}\n{}\n\n", record.source.file.path);
    estate.forge()?.issue_url(&title, &text)
}

/// A review that should have taken place by a day, and who answers for it.
fn overdue(page: &Page<'_>, record: &Record, date: Date) -> Notice {
    let estate = page.estate();
    let text = page
        .word("review-overdue")
        .replace("{date}", &page.long_date(date).text);
    let days = deadlines::days_between(estate.as_of, date);
    let distance = format::distance(days, page.language);
    let owner = deadlines::responsible(estate, record);
    let whose = owner.map(|_| format!(". {}", page.word("review-by-owner")));
    Notice {
        tone: Tone::Warning,
        text: format!("{text} ({distance}){}", whose.unwrap_or_default()),
        link: owner.map(|owner| page.link(owner)),
    }
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
pub(super) fn contents(page: &Page<'_>, record: &Record) -> Vec<Heading> {
    let headings = record
        .source
        .body()
        .into_iter()
        .flat_map(|body| &body.headings);
    // The names of tabs come back with every group; what stands in a tab leads there.
    let headings = headings.filter(|heading| !heading.names_tab);
    headings
        .map(|heading| Heading {
            id: heading.id.clone(),
            text: plain(&heading.text, page.language).into_owned(),
            level: heading.level,
        })
        .collect()
}
