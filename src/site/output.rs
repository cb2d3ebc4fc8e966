//! What stands at each path of a site, and how it is made: pages by templates, files as they are.

use std::hash::Hash;
use std::sync::Arc;

use jiff::civil::Date;

use crate::database::Database;
use crate::diagnostic::Language;
use crate::digest::Digesting;
use crate::estate::RecordId;
use crate::estate::flow_as_ran::Period;
use crate::remembered::Key;
use crate::site::page::Page;
use crate::site::pages::sketch;
use crate::site::rows::{self, Long};
use crate::site::templates::TemplateError;
use crate::site::{Site, export, feed, offline, pages, past, shards, sitemap};

/// What stands at a path.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Output {
    /// The home page of a language.
    Home(Language),
    /// What a reader may keep without the network.
    Offline(Language),
    /// Part of the list of a kind, from 1.
    List(String, usize),
    /// The procedures by activity, in a language.
    Procedures(Language),
    /// The procedures of a folder on one page, by its address.
    Binder(String),
    /// A record, procedure or page.
    Record(RecordId),
    /// A procedure or page that nobody has translated, for the readers of a language.
    Untranslated(RecordId, Language),
    /// The flow as it ran through a workflow in a period.
    FlowAsRan(RecordId, Period),
    /// A client's report of the month that begins on a day.
    Report(RecordId, Date),
    /// The review of accounts, and the lists behind its numbers.
    Accounts(pages::accounts::AccountsPage),
    /// A list of accounts for people.
    AccountsCsv(pages::accounts::Selection),
    /// The states of all accounts for machines.
    AccountsData,
    /// What somebody's arrival needs and departure takes back.
    Checklist(RecordId),
    /// The paper to take along for a task that comes back.
    Sheet(RecordId),
    /// What a person holds, to be signed.
    Handover(RecordId),
    /// The way from the labels of a sheet to their records.
    AssetTags(String),
    /// The page that leads to the sheets of labels.
    Labels,
    /// A part of the labels of a place to print, from 1; of the assets that have none without a place.
    LabelSheet(Option<RecordId>, usize),
    /// The physical inventories of all sites.
    PhysicalInventories,
    /// A part of the physical inventory of a site, from 1.
    PhysicalInventory(RecordId, usize),
    /// The same as a whole for people; of all sites without a site.
    PhysicalInventoryCsv(Option<RecordId>),
    /// The matrix of access rights.
    Rights,
    /// The same for people.
    RightsCsv,
    /// The same for machines.
    RightsData,
    /// Licence positions.
    Licences,
    /// The coverage by backups.
    Backups,
    /// The same for people.
    BackupsPeopleCsv,
    /// The same for machines.
    BackupsCsv,
    /// The quality of the data.
    Quality,
    /// The form of a place to fill in by hand.
    QualityForm(RecordId),
    /// What is missing, for people.
    QualityMissing,
    /// The problems, for people.
    QualityIssues,
    /// What is missing, for machines.
    QualityData,
    /// The addressing plan.
    Addressing,
    /// The known addresses for people.
    AddressesPeopleCsv,
    /// The same for machines.
    AddressesCsv,
    /// The same for machines.
    AddressesJson,
    /// The prefixes with their counts, for people.
    PrefixesCsv,
    /// What stops services.
    Impact,
    /// The same for people.
    ImpactPeopleCsv,
    /// The same for machines.
    ImpactCsv,
    /// Everything that stops with one element.
    ImpactOf(RecordId),
    /// The same for people.
    ImpactOfCsv(RecordId),
    /// A page about the network.
    Topology(pages::topology::TopologyPage),
    /// A table of the network for people.
    TopologyCsv(pages::topology::TopologyTable),
    /// The same for machines.
    TopologyData(pages::topology::TopologyTable),
    /// The service desk in figures.
    Desk,
    /// A table of those figures for people.
    DeskCsv(pages::desk::DeskTable),
    /// A page about money or the life-cycle.
    Ledger(pages::finance::Ledger),
    /// A table of such a page for people, by its place.
    LedgerCsv(pages::finance::Ledger, usize),
    /// The same for machines.
    LedgerData(pages::finance::Ledger, usize),
    /// The calendar of changes.
    ChangeCalendar,
    /// The same for calendar programs.
    ChangeCalendarFile,
    /// Part of the list of deadlines, from 1.
    Deadlines(usize),
    /// The same by month.
    DeadlineCalendar,
    /// The same for programs and for people.
    DeadlineFile(pages::deadlines::DeadlineFile),
    /// Part of the site's change log, from 1.
    History(usize),
    /// Part of the change log of a kind, from 1.
    KindHistory(String, usize),
    /// The history as data for the filter of its page, by its name under `history/`.
    Shard(String),
    /// A piece of the rows of a long list as data for the filter of its pages, from 1.
    Rows(Long, usize),
    /// The tags of the history.
    Tags,
    /// What changed between a tag, by its place, and the one before.
    Tag(usize),
    /// The Atom feed of the site or of a kind.
    Feed(Option<String>),
    /// The search page of a language.
    Search(Language),
    /// Part of the titles of a language that begin with a letter, from 1.
    Letter(Language, char, usize),
    /// For addresses that do not exist.
    NotFound,
    /// The list of a kind for people: semicolons, decimal commas.
    PeopleCsv(String),
    /// Licence positions for people.
    LicencesCsv,
    /// The list of a kind for machines: RFC 4180.
    Csv(String),
    /// The list of a kind for machines.
    Json(String),
    /// The estate as an `SQLite` database.
    Database,
    /// What can be downloaded and asked.
    Data,
    /// A question with its answer, by its name.
    Question(String),
    /// The answer for people.
    QuestionCsv(String),
    /// The on-call shifts of a rota or of a person, for calendar programs.
    OnCall(RecordId),
    /// A file of the theme.
    Bytes(Arc<[u8]>),
    /// A part of the list of pages for engines; 0 is the file that they ask for.
    Sitemap(usize),
    /// At the former address of a record, the way to the present one.
    Redirect(RecordId),
    /// A picture or document of the repository, by its path.
    Attachment(String),
}

impl Site {
    /// The bytes of an output at its path.
    pub(super) fn bytes(&self, path: &str, output: &Output) -> Result<Vec<u8>, TemplateError> {
        let own = Page::new(self, path, self.estate.config.language);
        if let Some(bytes) = self.file(&own, output) {
            return Ok(bytes);
        }
        let html = self.html(&own, output)?;
        Ok(match past::words(&own) {
            Some(words) => past::announced(html, &words).into_bytes(),
            None => html.into_bytes(),
        })
    }

    /// The hash of all that a page is made from; `None` where rendering is as quick as comparing. Two pages of one key
    /// have the same bytes, if the same program makes them.
    pub fn key(&self, path: &str) -> Option<Key> {
        let (estate, output) = (&self.estate, self.outputs.get(path)?);
        let page = |language| Page::new(self, path, language);
        // Of a past state the default theme may stand in for its own: that is told, not remembered.
        if estate.past.is_some() {
            return None;
        }
        match output {
            Output::Record(id) => {
                let record = estate.record(*id);
                let language = record.source.language.unwrap_or(estate.config.language);
                sketch::of_record(&page(language), record)
            }
            Output::Untranslated(id, language) => {
                sketch::of_record(&page(*language), estate.record(*id))
            }
            Output::Binder(address) => {
                let language = pages::binder::language(estate, address);
                let page = page(language.unwrap_or(estate.config.language));
                Some(sketch::of_binder(&page, address))
            }
            _ => None,
        }
    }

    /// The hash of what templates read beside their contexts.
    pub(super) fn words(&self) -> &Key {
        self.words.get_or_init(|| {
            let mut digesting = Digesting::default();
            for (name, file) in &self.theme {
                (name, &file.text).hash(&mut digesting);
            }
            self.estate.schema.hash(&mut digesting);
            digesting.bytes()
        })
    }

    /// What kind of page or file stands at a path, in a word, for those who ask what takes long.
    pub fn form(&self, path: &str) -> Option<String> {
        Some(match self.outputs.get(path)? {
            Output::Record(id) | Output::Untranslated(id, _) => {
                self.estate.record(*id).kind().name.clone()
            }
            Output::Bytes(_) => "Theme".to_owned(),
            other => {
                let name = format!("{other:?}");
                name.split('(').next().unwrap_or_default().to_owned()
            }
        })
    }

    /// The bytes of what is no page.
    fn file(&self, own: &Page<'_>, output: &Output) -> Option<Vec<u8>> {
        let estate = &self.estate;
        Some(match output {
            Output::BackupsPeopleCsv => pages::backups::people_csv(own),
            Output::BackupsCsv => pages::backups::csv(estate),
            Output::QualityMissing => pages::quality::missing(own),
            Output::QualityIssues => pages::quality::issues(own),
            Output::QualityData => pages::quality::missing_data(estate),
            Output::AddressesPeopleCsv => pages::addressing::people_csv(own),
            Output::AddressesCsv => pages::addressing::data_csv(estate),
            Output::AddressesJson => pages::addressing::data_json(estate),
            Output::PrefixesCsv => pages::addressing::prefixes_csv(own),
            Output::ImpactPeopleCsv => pages::impact::people_csv(own),
            Output::ImpactCsv => pages::impact::csv(estate),
            Output::ImpactOfCsv(id) => pages::impact::whole_csv(own, estate.record(*id)),
            Output::TopologyCsv(table) => pages::topology::csv(own, *table),
            Output::TopologyData(table) => pages::topology::data(own, *table),
            Output::LedgerCsv(ledger, place) => pages::finance::csv(own, *ledger, *place),
            Output::LedgerData(ledger, place) => pages::finance::data(own, *ledger, *place),
            Output::ChangeCalendarFile => pages::change_calendar::file(own),
            Output::DeadlineFile(file) => pages::deadlines::file(own, *file),
            Output::Shard(name) => shards::shard(own, name),
            Output::Rows(list, piece) => rows::piece(own, list, *piece),
            Output::Feed(kind) => {
                let kind = kind.as_ref().and_then(|kind| estate.schema.kind(kind));
                feed::feed(own, kind.map(AsRef::as_ref))
            }
            Output::PeopleCsv(kind) => export::people_csv(own, kind),
            Output::AccountsCsv(which) => pages::accounts::csv(own, *which),
            Output::AccountsData => pages::accounts::data_csv(estate),
            Output::RightsCsv => pages::rights::people_csv(own),
            Output::RightsData => pages::rights::data_csv(estate),
            Output::Sitemap(part) => sitemap::sitemap(own, *part),
            Output::Redirect(id) => pages::redirect::redirect(own, estate.record(*id)),
            Output::AssetTags(sheet) => pages::asset_tags::sheet(own, sheet),
            Output::LabelSheet(place, part) => pages::label_sheets::sheet(own, *place, *part),
            Output::PhysicalInventoryCsv(site) => pages::physical_inventory::csv(own, *site),
            Output::LicencesCsv => pages::licences::csv(own),
            Output::DeskCsv(table) => pages::desk::csv(own, *table),
            Output::Csv(kind) => export::csv(estate, kind),
            Output::Json(kind) => export::json(estate, kind),
            Output::Database => self.with_database(Database::bytes),
            Output::QuestionCsv(name) => pages::questions::csv(own, name),
            Output::OnCall(id) => pages::on_call::calendar(own, estate.record(*id)),
            Output::Bytes(bytes) => bytes.to_vec(),
            Output::Attachment(path) => estate
                .attachments
                .get(path)
                .map_or_else(Vec::new, |bytes| bytes.to_vec()),
            _ => return None,
        })
    }

    /// A page; the site's own language is that of `own`.
    fn html(&self, own: &Page<'_>, output: &Output) -> Result<String, TemplateError> {
        let estate = &self.estate;
        let page = |language| Page::new(self, own.path, language);
        match output {
            Output::Home(language) => pages::home::home(&page(*language)),
            Output::List(kind, part) => pages::list::list(own, kind, *part),
            Output::Procedures(language) => pages::procedures::procedures(&page(*language)),
            Output::Binder(address) => {
                let language = pages::binder::language(estate, address);
                let own = page(language.unwrap_or(estate.config.language));
                pages::binder::binder(&own, address)
            }
            Output::Record(id) => {
                let record = estate.record(*id);
                let language = record.source.language.unwrap_or(estate.config.language);
                pages::record(&page(language), record)
            }
            Output::Untranslated(id, language) => {
                pages::record(&page(*language), estate.record(*id))
            }
            Output::FlowAsRan(workflow, period) => {
                pages::flow_as_ran::page(own, estate.record(*workflow), *period)
            }
            Output::Report(client, month) => {
                pages::clients::report::report(own, estate.record(*client), *month)
            }
            Output::Accounts(which) => pages::accounts::render(own, which),
            Output::Checklist(id) => pages::checklist::checklist(own, estate.record(*id)),
            Output::Sheet(id) => pages::upkeep::sheet::sheet(own, estate.record(*id)),
            Output::Handover(id) => pages::handover::handover(own, estate.record(*id)),
            Output::Labels => pages::label_sheets::overview(own),
            Output::PhysicalInventories => pages::physical_inventory::overview(own),
            Output::PhysicalInventory(site, part) => {
                pages::physical_inventory::list(own, estate.record(*site), *part)
            }
            Output::Rights => pages::rights::render(own),
            Output::Licences => pages::licences::licences(own),
            Output::Backups => pages::backups::coverage(own),
            Output::Quality => pages::quality::quality(own),
            Output::QualityForm(id) => pages::quality::form(own, estate.record(*id)),
            Output::Addressing => pages::addressing::plan(own),
            Output::Impact => pages::impact::impact(own),
            Output::ImpactOf(id) => pages::impact::whole(own, estate.record(*id)),
            Output::Topology(which) => pages::topology::render(own, *which),
            Output::Desk => pages::desk::statistics(own),
            Output::Ledger(ledger) => pages::finance::ledger(own, *ledger),
            Output::ChangeCalendar => pages::change_calendar::calendar(own),
            Output::Deadlines(part) => pages::deadlines::list(own, *part),
            Output::DeadlineCalendar => pages::deadlines::calendar(own),
            Output::History(part) => pages::history::history(own, *part),
            Output::Search(language) => pages::search::search(&page(*language)),
            Output::Letter(language, letter, part) => {
                pages::search::titles(&page(*language), *letter, *part)
            }
            Output::KindHistory(kind, part) => pages::history::of_kind(own, kind, *part),
            Output::Tags => pages::tags::tags(own),
            Output::Tag(place) => pages::tags::tag(own, *place),
            Output::NotFound => pages::not_found(own),
            Output::Offline(language) => offline::page(&page(*language)),
            Output::Data => pages::questions::data(own),
            Output::Question(name) => pages::questions::question(own, name),
            _ => unreachable!("files are not pages"),
        }
    }
}
