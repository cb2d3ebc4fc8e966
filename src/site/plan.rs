//! Which pages there are.

mod collisions;
mod field_views;
mod impact_pages;
mod languages;
mod lists;
mod logo;
mod redirects;
pub(super) mod theme;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

pub(super) use words::texts;

use crate::database;
use crate::diagnostic::{Diagnostic, Language};
use crate::estate::clients::report_url;
use crate::estate::{
    Estate, Target, accounts, backups, checklists, deadlines, desk, impact, network, on_call,
    rights,
};
use crate::project::Value;
use crate::site::address::page_path;
use crate::site::assets::Assets;
use crate::site::pages::search::Titles;
use crate::site::plan::collisions::Outputs;
use crate::site::rows::{self, Long};
use crate::site::{Output, Site, assets, feed, offline, pages, shards, sitemap};

/// Decides which pages there are. Broken files of the theme are reported; the templates of the site `before`, or the
/// default theme's, stand in for them.
pub fn plan(
    estate: &Arc<Estate>,
    theme: &BTreeMap<String, Arc<[u8]>>,
    before: Option<&Site>,
) -> (Site, Vec<Diagnostic>) {
    let mut outputs = Outputs::default();
    let own = theme::own(estate, theme);
    let (compiled, titles) = rayon::join(
        || theme::templates(estate, &own, before),
        || Titles::new(estate),
    );
    let mut diagnostics = compiled.findings(estate, &own);
    diagnostics.extend(words::check(estate, &own, &compiled.templates));
    let logo = logo::logo(estate, theme, &mut diagnostics);
    let Assets { files, names } = assets::assets(theme, &estate.config, logo, &compiled.templates);
    outputs.extend(
        files
            .into_iter()
            .map(|(path, bytes)| (path, Output::Bytes(bytes))),
    );
    fixed_pages(estate, &titles, &mut outputs);
    history_pages(estate, &mut outputs);
    for kind in estate.schema.kinds().filter(|kind| kind.name != "page") {
        lists::kind_pages(estate, &kind.name, &kind.folder, &mut outputs);
    }
    for record in estate.records() {
        if !(record.is_folder_page() && record.kind().name != "page"
            || record.url.is_empty()
            || languages::is_home(estate, &record.url))
        {
            outputs.add(page_path(&record.url), Output::Record(record.id));
        }
    }
    languages::untranslated(estate, &mut outputs);
    for address in estate.binders().keys() {
        outputs.add(page_path(address), Output::Binder(address.clone()));
    }
    account_pages(estate, &mut outputs);
    for (path, output) in pages::topology::outputs(estate) {
        outputs.add(path, output);
    }
    for task in pages::upkeep::sheet::tasks(estate) {
        let path = page_path(&pages::upkeep::sheet::url(task));
        outputs.add(path, Output::Sheet(task.id));
    }
    field_views::pages(estate, &mut outputs);
    impact_pages::pages(estate, &mut outputs);
    on_call_calendars(estate, &mut outputs);
    flows_as_ran(estate, &mut outputs);
    for (client, month) in pages::clients::reports(estate) {
        let path = page_path(&report_url(client, month));
        outputs.add(path, Output::Report(client.id, month));
    }
    attachments(estate, &mut outputs);
    diagnostics.extend(outputs.collisions(estate));
    diagnostics.extend(redirects::pages(estate, &mut outputs));
    sitemaps(estate, &mut outputs);
    let site = Site {
        estate: Arc::clone(estate),
        outputs: outputs.kept,
        compiled,
        stand_in: OnceLock::new(),
        replaced: Mutex::new(BTreeMap::new()),
        theme: own,
        assets: names,
        navigation: Mutex::new(BTreeMap::new()),
        offered: Mutex::new(BTreeMap::new()),
        titles,
        words: OnceLock::new(),
        known: OnceLock::new(),
        database: Mutex::new(None),
    };
    (site, diagnostics)
}

fn fixed_pages(estate: &Estate, titles: &Titles, outputs: &mut Outputs) {
    let own = estate.config.language;
    outputs.insert(page_path(""), Output::Home(own));
    outputs.insert(page_path("search/"), Output::Search(own));
    letters(estate, titles, own, outputs);
    offline_page(estate, own, "", outputs);
    outputs.insert("404.html".to_owned(), Output::NotFound);
    outputs.insert(database::FILE.to_owned(), Output::Database);
    outputs.insert(page_path(pages::questions::URL), Output::Data);
    for name in pages::questions::names(estate) {
        outputs.insert(
            page_path(&pages::questions::url(&name)),
            Output::Question(name.clone()),
        );
        outputs.insert(pages::questions::csv_path(&name), Output::QuestionCsv(name));
    }
    outputs.insert(page_path("licences/positions/"), Output::Licences);
    outputs.insert(
        "licences/positions/positions.csv".to_owned(),
        Output::LicencesCsv,
    );
    if pages::backups::exists(estate) {
        outputs.insert(page_path(backups::PAGE), Output::Backups);
        let people = pages::backups::PEOPLE_CSV.to_owned();
        outputs.insert(people, Output::BackupsPeopleCsv);
        outputs.insert(pages::backups::CSV.to_owned(), Output::BackupsCsv);
    }
    if pages::impact::exists(estate) {
        outputs.insert(page_path(impact::PAGE), Output::Impact);
        let people = pages::impact::PEOPLE_CSV.to_owned();
        outputs.insert(people, Output::ImpactPeopleCsv);
        outputs.insert(pages::impact::CSV.to_owned(), Output::ImpactCsv);
    }
    addressing_plan(estate, outputs);
    if pages::desk::exists(estate) {
        outputs.insert(page_path(desk::PAGE), Output::Desk);
        for table in pages::desk::DeskTable::ALL {
            outputs.insert(pages::desk::csv_url(table), Output::DeskCsv(table));
        }
    }
    outputs.extend(pages::quality::outputs(estate));
    ledgers(estate, outputs);
    outputs.insert(
        page_path(pages::change_calendar::URL),
        Output::ChangeCalendar,
    );
    outputs.insert(
        pages::change_calendar::FILE.to_owned(),
        Output::ChangeCalendarFile,
    );
    deadline_pages(estate, outputs);
    for (language, folder) in languages::translated(estate) {
        outputs.insert(page_path(&folder), Output::Home(language));
        let search = page_path(&format!("{folder}search/"));
        outputs.insert(search, Output::Search(language));
        letters(estate, titles, language, outputs);
        if own != language {
            offline_page(estate, language, &folder, outputs);
        }
    }
}

/// A site that is opened without a server is on its reader's device already.
fn offline_page(estate: &Estate, language: Language, folder: &str, outputs: &mut Outputs) {
    if !estate.config.offline {
        let url = format!("{folder}{}", offline::PAGE);
        outputs.insert(page_path(&url), Output::Offline(language));
    }
}

/// The addressing plan, with the known addresses and the prefixes as files.
fn addressing_plan(estate: &Estate, outputs: &mut Outputs) {
    use pages::addressing::{CSV, JSON, PEOPLE_CSV, PREFIXES_CSV, exists};
    if !exists(estate) {
        return;
    }
    outputs.insert(page_path(network::PAGE), Output::Addressing);
    let files = [
        (PEOPLE_CSV, Output::AddressesPeopleCsv),
        (PREFIXES_CSV, Output::PrefixesCsv),
        (CSV, Output::AddressesCsv),
        (JSON, Output::AddressesJson),
    ];
    outputs.extend(files.map(|(path, output)| (path.to_owned(), output)));
}

/// The deadlines as a list, by month, and as files.
fn deadline_pages(estate: &Estate, outputs: &mut Outputs) {
    for part in 1..=pages::deadlines::parts(estate) {
        let url = pages::list::url(pages::deadlines::FOLDER, part);
        outputs.insert(page_path(&url), Output::Deadlines(part));
    }
    let count = pages::deadlines::count(estate);
    let folder = pages::deadlines::FOLDER;
    lists::row_files(estate, &Long::Deadlines, (folder, count), outputs);
    outputs.insert(page_path(deadlines::CALENDAR), Output::DeadlineCalendar);
    for file in pages::deadlines::DeadlineFile::ALL {
        outputs.insert(file.url().to_owned(), Output::DeadlineFile(file));
    }
}

/// The pages about money and the life-cycle, each with its tables.
fn ledgers(estate: &Estate, outputs: &mut Outputs) {
    let all = pages::finance::Ledger::ALL.into_iter();
    for ledger in all.filter(|ledger| ledger.exists(estate)) {
        outputs.insert(page_path(ledger.url()), Output::Ledger(ledger));
        for place in 0..ledger.tables().len() {
            outputs.insert(ledger.csv(place), Output::LedgerCsv(ledger, place));
            outputs.insert(ledger.data(place), Output::LedgerData(ledger, place));
        }
    }
}

fn letters(estate: &Estate, titles: &Titles, language: Language, outputs: &mut Outputs) {
    for (letter, parts) in titles.parts(language) {
        for part in 1..=parts {
            outputs.insert(
                page_path(&pages::search::url(estate, language, letter, part)),
                Output::Letter(language, letter, part),
            );
        }
    }
}

/// The history by day, of the whole and of each kind, as data, between tags, and as feeds.
fn history_pages(estate: &Estate, outputs: &mut Outputs) {
    let commits = estate.history.touching().count();
    for part in 1..=pages::history::parts(commits) {
        outputs.insert(page_path(&pages::history::url(part)), Output::History(part));
    }
    for (name, commits) in pages::history::kinds(estate) {
        let Some(kind) = estate.schema.kind(name) else {
            continue;
        };
        let folder = pages::history::kind_folder(&kind.folder);
        for part in 1..=pages::history::parts(commits) {
            outputs.insert(
                page_path(&pages::list::url(&folder, part)),
                Output::KindHistory(name.to_owned(), part),
            );
        }
    }
    for name in shards::addresses(estate) {
        outputs.insert(format!("history/{name}"), Output::Shard(name));
    }
    if !estate.history.tags.is_empty() {
        outputs.insert(page_path("history/tags/"), Output::Tags);
    }
    for (url, place) in pages::tags::urls(estate) {
        outputs.insert(page_path(&url), Output::Tag(place));
    }
    if commits > 0 {
        outputs.insert(feed::url(None), Output::Feed(None));
        let kinds = estate.schema.kinds();
        for kind in kinds.filter(|kind| estate.listed(&kind.name).next().is_some()) {
            let own = Output::Feed(Some(kind.name.clone()));
            outputs.insert(feed::url(Some(kind)), own);
        }
    }
}

/// The review of accounts with its lists, the matrix of rights, everybody's arrival and departure.
fn account_pages(estate: &Estate, outputs: &mut Outputs) {
    use pages::accounts::{AccountsPage, DATA, Selection, file_url, selections, url};
    let mut add = |path: String, output: Output| {
        outputs.add(path, output);
    };
    if pages::accounts::exists(estate) {
        let review = page_path(accounts::PAGE);
        add(review, Output::Accounts(AccountsPage::Review));
        add(DATA.to_owned(), Output::AccountsData);
        let whole = file_url(estate, Selection::Whole);
        add(whole, Output::AccountsCsv(Selection::Whole));
    }
    let mut data = Outputs::default();
    for (selection, count) in selections(estate) {
        for part in 1..=rows::parts(count) {
            let list = Output::Accounts(AccountsPage::List(selection, part));
            add(page_path(&url(estate, selection, part)), list);
        }
        let folder = pages::accounts::folder(estate, selection);
        lists::row_files(
            estate,
            &Long::Accounts(selection),
            (&folder, count),
            &mut data,
        );
        let file = file_url(estate, selection);
        add(file, Output::AccountsCsv(selection));
    }
    if pages::rights::exists(estate) {
        add(page_path(rights::PAGE), Output::Rights);
        add(pages::rights::FILE.to_owned(), Output::RightsCsv);
        add(pages::rights::DATA.to_owned(), Output::RightsData);
    }
    for (path, rows) in data.kept {
        add(path, rows);
    }
    let people = estate.listed("person");
    for person in people.filter(|person| checklists::has_lists(estate, person)) {
        let path = page_path(&pages::checklist::url(person));
        add(path, Output::Checklist(person.id));
    }
}

/// The pages for engines, once all others are known.
fn sitemaps(estate: &Estate, outputs: &mut Outputs) {
    if estate.config.base_url.is_some() {
        let named = outputs.kept.values().filter(|it| sitemap::is_named(it));
        for (path, part) in sitemap::files(named.count()) {
            outputs.insert(path, Output::Sitemap(part));
        }
    }
}

/// The calendar of each rota, and of each person who stands in one.
fn on_call_calendars(estate: &Estate, outputs: &mut Outputs) {
    for rota in estate.listed("rota") {
        let shifts = on_call::shifts(estate, rota);
        let of_rota = shifts.first().map(|_| rota);
        let people = shifts.iter().filter_map(|shift| shift.person);
        for record in people.chain(of_rota) {
            let path = format!("{}{}", record.url, pages::on_call::CALENDAR);
            outputs.add(path, Output::OnCall(record.id));
        }
    }
}

/// One page a month, and one for all, of each workflow that anything went through.
fn flows_as_ran(estate: &Estate, outputs: &mut Outputs) {
    for workflow in estate.listed("workflow") {
        for period in pages::flow_as_ran::periods(estate, workflow) {
            let path = page_path(&pages::flow_as_ran::url(workflow, period));
            outputs.add(path, Output::FlowAsRan(workflow.id, period));
        }
    }
}

/// Files that a text or a field shows or links to; the others of the repository are not published.
fn attachments(estate: &Estate, outputs: &mut Outputs) {
    for record in estate.records() {
        for target in record.mentions.iter().flatten() {
            if let Target::File(path) = target {
                outputs.add(path.clone(), Output::Attachment(path.clone()));
            }
        }
        for entry in &record.source.entries {
            let files = match &entry.value.value {
                Value::List(items) => items.iter(),
                _ => std::slice::from_ref(&entry.value).iter(),
            };
            let named = files.filter_map(|placed| match &placed.value {
                Value::File(path) => estate.file_of(record, path),
                _ => None,
            });
            for path in named {
                outputs.add(path.to_owned(), Output::Attachment(path.to_owned()));
            }
        }
    }
}
