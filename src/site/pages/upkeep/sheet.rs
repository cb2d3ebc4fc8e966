//! The paper that a technician takes along for a task: what to check, and what to go through room by room,
//! with boxes to tick and a line to sign.

use std::collections::{BTreeMap, BTreeSet};

use crate::estate::backups::is_in_use;
use crate::estate::upkeep::{due, is_at_work};
use crate::estate::{Estate, Record, RecordId, places};
use crate::fold::fold;
use crate::project::Value;
use crate::site::context::Value as Shown;
use crate::site::context::{
    Checklist, ChecklistContext, ChecklistGroup, ChecklistLine, Heading, Link,
};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::pages::checklist;
use crate::site::templates::TemplateError;

/// A sheet has this many lines; nobody ticks more in one go.
const MOST: usize = 500;

/// The address of a task's sheet.
pub(in crate::site) fn url(task: &Record) -> String {
    format!("{}sheet/", task.url)
}

/// The tasks that have a sheet: those at work that say what to check or what to go through.
pub(in crate::site) fn tasks(estate: &Estate) -> impl Iterator<Item = &Record> {
    let all = estate.listed("maintenance");
    all.filter(|task| has_sheet(task))
}

fn has_sheet(task: &Record) -> bool {
    let view = task.view();
    is_at_work(task)
        && ["checklist", "targets"]
            .iter()
            .any(|key| view.entry(key).is_some())
}

/// The link on the page of a task.
pub(in crate::site::pages) fn view(page: &Page<'_>, task: &Record) -> Option<Link> {
    let is_task = task.kind().name == "maintenance" && has_sheet(task);
    is_task.then(|| Link::new(page.word("sheet-print"), page.to(&url(task))))
}

/// Renders the sheet.
pub(in crate::site) fn sheet(page: &Page<'_>, task: &Record) -> Result<String, TemplateError> {
    let kind = task.kind();
    let list = Link::new(
        kind.plural.get(page.language),
        page.to(&format!("{}/", kind.folder)),
    );
    let title = format!("{} – {}", page.word("sheet"), task.title);
    let parents = vec![frame::home(page), list, page.link(task)];
    let mut frame = frame::frame(page, &title, parents);
    let (groups, lines, left) = groups(page, task);
    let mut progress = page.count("sheet-lines", lines);
    if left > 0 {
        progress = format!("{progress}, {}", page.count("and-more", left));
    }
    let own = Checklist {
        id: "sheet".to_owned(),
        title: page.word("sheet-round"),
        progress,
        groups,
        signatures: ["sheet-by", "checklist-date", "sheet-remarks"]
            .map(|key| page.word(key))
            .to_vec(),
    };
    frame.contents = vec![Heading {
        id: own.id.clone(),
        text: own.title.clone(),
        level: 2,
    }];
    let context = ChecklistContext {
        facts: facts(page, task),
        lists: vec![own],
        frame,
    };
    page.render("checklist.html", &context)
}

/// What whoever goes must know first.
fn facts(page: &Page<'_>, task: &Record) -> Vec<(String, Shown)> {
    let keys = [
        "rhythm",
        "window",
        "duration",
        "assignee",
        "procedure",
        "last_done",
    ];
    let mut facts = checklist::facts(page, task, &keys);
    if let Some(due) = due(page.estate(), task) {
        let day = page.date(due.date);
        facts.push((page.word("upkeep-next-due"), Shown::date(day)));
    }
    facts
}

/// The checks, then what to go through by place; how many lines, and how many more there would be.
fn groups(page: &Page<'_>, task: &Record) -> (Vec<ChecklistGroup>, usize, usize) {
    let checks = task.view().values("checklist").iter();
    let checks = checks.filter_map(|placed| match &placed.value {
        Value::Text(text) => Some(plain(text)),
        _ => None,
    });
    let checks: Vec<ChecklistLine> = checks.collect();
    let mut by_place: BTreeMap<(String, String), Vec<ChecklistLine>> = BTreeMap::new();
    let targets = targets(page.estate(), task);
    let left = targets.len().saturating_sub(MOST);
    for target in targets.into_iter().take(MOST) {
        let place = place(page, target);
        let lines = by_place.entry((fold(&place), place)).or_default();
        lines.push(line(page, target));
    }
    let checked = ChecklistGroup {
        title: page.word("sheet-checks"),
        lines: checks,
    };
    let rooms = by_place
        .into_iter()
        .map(|((_, title), lines)| ChecklistGroup { title, lines });
    let groups = std::iter::once(checked).chain(rooms);
    let groups: Vec<ChecklistGroup> = groups.filter(|group| !group.lines.is_empty()).collect();
    let lines = groups.iter().map(|group| group.lines.len()).sum();
    (groups, lines, left)
}

fn plain(text: &str) -> ChecklistLine {
    ChecklistLine {
        link: Link {
            text: text.to_owned(),
            ..Link::default()
        },
        ..ChecklistLine::default()
    }
}

/// The targets of a task; a model stands for its assets in use. Each once, by kind and id.
fn targets<'a>(estate: &'a Estate, task: &'a Record) -> Vec<&'a Record> {
    let mut found: BTreeSet<RecordId> = BTreeSet::new();
    for target in estate.all(task, "targets") {
        let from = target
            .back_links
            .iter()
            .map(|link| estate.record(link.from));
        let assets = from.filter(|from| {
            from.kind().name == "asset"
                && estate
                    .first(from, "model")
                    .is_some_and(|it| it.id == target.id)
        });
        let assets: Vec<RecordId> = assets.filter(|it| is_in_use(it)).map(|it| it.id).collect();
        if target.kind().name == "model" && !assets.is_empty() {
            found.extend(assets);
        } else {
            found.insert(target.id);
        }
    }
    found.into_iter().map(|id| estate.record(id)).collect()
}

/// Where something stands, from the town to the room; what it is, where it stands nowhere.
fn place(page: &Page<'_>, target: &Record) -> String {
    let places = places::places(page.estate(), target);
    let above = places.iter().rev().filter(|place| place.id != target.id);
    let above = above.map(|place| place.title.clone());
    let room = target.view().text("room").map(str::to_owned);
    let parts: Vec<String> = above.chain(room).collect();
    if parts.is_empty() {
        return target.kind().plural.get(page.language).to_owned();
    }
    parts.join(" › ")
}

/// A line to tick, with what tells the device from others.
fn line(page: &Page<'_>, target: &Record) -> ChecklistLine {
    let keys = ["type", "inventory_number", "serial", "rack_position"];
    let facts = checklist::facts(page, target, &keys).into_iter();
    let facts = facts.filter_map(|(_, value)| match value {
        Shown::Text { text } => Some(text),
        _ => None,
    });
    ChecklistLine {
        link: page.link_with_id(target),
        facts: facts.collect(),
        done: None,
    }
}
