//! Every template of a page, rendered from a full sample and from nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Language;
use crate::site::context::{
    AddressingContext, BackupCoverageContext, BinderContext, ChangeCalendarContext,
    ChecklistContext, DataContext, DeadlineCalendarContext, DeadlinesContext, HandoverContext,
    HistoryContext, HomeContext, Html, ImpactContext, InventoryContext, InventorySitesContext,
    LabelsContext, LedgerContext, LetterContext, LicencesContext, ListContext, NavigationContext,
    PageContext, ProcedureContext, ProceduresContext, QualityContext, QualityFormContext,
    QuestionContext, RecordContext, ReportContext, ReviewContext, SearchContext, SimpleContext,
    StatisticsContext, TagContext, TagsContext, TopologyContext, WorkflowContext,
};
use crate::site::samples;
use crate::site::templates::Templates;

/// A template's name, its page from a full sample, and its page from an empty context.
pub(super) type Rendered = (&'static str, String, String);

pub(super) fn default_theme(language: Language) -> Templates {
    Templates::new(language, &BTreeMap::new()).unwrap()
}

fn pair<T: Serialize + Default>(theme: &Templates, name: &'static str, full: &T) -> Rendered {
    let render = |context: &T| {
        theme
            .page(name, context)
            .unwrap_or_else(|error| panic!("{error:?}"))
    };
    (name, render(full), render(&T::default()))
}

/// A page in the frame that all pages share, and with nothing in it.
macro_rules! sample {
    ($given:expr, $name:literal, $type:ty, $sample:expr) => {{
        let mut sample: $type = $sample;
        sample.frame.navigation = $given.1.clone();
        pair(&$given.0, $name, &sample)
    }};
}

pub(super) fn everything(language: Language) -> Vec<Rendered> {
    let theme = default_theme(language);
    let navigation = theme
        .page("navigation.html", &samples::navigation())
        .unwrap();
    let given = (theme, Html(navigation));
    let mut all = general(&given);
    all.extend(topics(&given));
    all
}

fn general(given: &(Templates, Html)) -> Vec<Rendered> {
    let simple = |title: &str| SimpleContext {
        frame: samples::frame(title),
    };
    vec![
        pair::<NavigationContext>(&given.0, "navigation.html", &samples::navigation()),
        sample!(given, "home.html", HomeContext, samples::home()),
        sample!(given, "list.html", ListContext, samples::list()),
        sample!(given, "record.html", RecordContext, samples::record()),
        sample!(
            given,
            "procedure.html",
            ProcedureContext,
            samples::procedure()
        ),
        sample!(
            given,
            "procedures.html",
            ProceduresContext,
            samples::procedures()
        ),
        sample!(given, "binder.html", BinderContext, samples::binder()),
        sample!(given, "page.html", PageContext, samples::page()),
        sample!(given, "licences.html", LicencesContext, samples::licences()),
        sample!(given, "report.html", ReportContext, samples::report()),
        sample!(given, "workflow.html", WorkflowContext, samples::workflow()),
        sample!(given, "history.html", HistoryContext, samples::history()),
        sample!(
            given,
            "change-calendar.html",
            ChangeCalendarContext,
            samples::change_calendar()
        ),
        sample!(
            given,
            "deadlines.html",
            DeadlinesContext,
            samples::deadlines()
        ),
        sample!(
            given,
            "deadline-calendar.html",
            DeadlineCalendarContext,
            samples::deadline_calendar()
        ),
        sample!(given, "tags.html", TagsContext, samples::tags()),
        sample!(given, "tag.html", TagContext, samples::tag()),
        sample!(given, "search.html", SearchContext, samples::search()),
        sample!(given, "letter.html", LetterContext, samples::letter()),
        sample!(given, "404.html", SimpleContext, simple("Page introuvable")),
    ]
}

fn topics(given: &(Templates, Html)) -> Vec<Rendered> {
    vec![
        sample!(
            given,
            "backup-coverage.html",
            BackupCoverageContext,
            samples::backup_coverage()
        ),
        sample!(given, "quality.html", QualityContext, samples::quality()),
        sample!(
            given,
            "quality-form.html",
            QualityFormContext,
            samples::quality_form()
        ),
        sample!(
            given,
            "addressing.html",
            AddressingContext,
            samples::addressing()
        ),
        sample!(given, "impact.html", ImpactContext, samples::impact()),
        sample!(given, "topology.html", TopologyContext, samples::topology()),
        sample!(given, "ledger.html", LedgerContext, samples::ledger()),
        sample!(
            given,
            "statistics.html",
            StatisticsContext,
            samples::statistics()
        ),
        sample!(given, "data.html", DataContext, samples::data()),
        sample!(given, "question.html", QuestionContext, samples::question()),
        sample!(given, "review.html", ReviewContext, samples::review()),
        sample!(
            given,
            "checklist.html",
            ChecklistContext,
            samples::checklist()
        ),
        sample!(given, "handover.html", HandoverContext, samples::handover()),
        sample!(
            given,
            "physical-inventory.html",
            InventoryContext,
            samples::inventory()
        ),
        sample!(
            given,
            "physical-inventories.html",
            InventorySitesContext,
            samples::inventory_sites()
        ),
        sample!(given, "labels.html", LabelsContext, samples::labels()),
    ]
}
