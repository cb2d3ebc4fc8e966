//! The quality of the data on one page: what is missing, written twice, contradictory, stale or of no use.

mod files;
mod form;
mod tables;

pub(in crate::site) use files::{issues, missing, missing_data};
pub(in crate::site) use form::form;

use files::{ISSUES, MISSING, MISSING_DATA};
use form::forms;

use crate::diagnostic::Language;
use crate::estate::quality::{PAGE, Score, Staleness};
use crate::estate::{Estate, Record, RecordId};
use crate::site::address::page_path;
use crate::site::context::{Badge, Html, Link, QualityContext, Question, Tone};
use crate::site::diagrams::chart::{Bar, Words, bars};
use crate::site::diagrams::svg::escape;
use crate::site::frame;
use crate::site::output::Output;
use crate::site::page::Page;
use crate::site::pages::questions;
use crate::site::templates::TemplateError;

/// A question lists this many; the tables and the files have more.
const MOST_ANSWERS: usize = 5;

/// The chart has this many bars; the table has the other kinds.
const BARS: usize = 10;

/// Whether the estate has the page: something is expected of some record.
pub(in crate::site) fn exists(estate: &Estate) -> bool {
    !estate.quality().completeness.records.is_empty()
}

/// The page, its files, and a form a place, by path.
pub(in crate::site) fn outputs(estate: &Estate) -> Vec<(String, Output)> {
    if !exists(estate) {
        return Vec::new();
    }
    let forms = forms(estate).into_iter();
    let forms = forms.map(|place| (page_path(&form::url(place)), Output::QualityForm(place.id)));
    let own = [
        (page_path(PAGE), Output::Quality),
        (MISSING.to_owned(), Output::QualityMissing),
        (ISSUES.to_owned(), Output::QualityIssues),
        (MISSING_DATA.to_owned(), Output::QualityData),
    ];
    own.into_iter().chain(forms).collect()
}

/// A link to the page, with the share that is written.
pub(in crate::site::pages) fn link(page: &Page<'_>) -> Link {
    let whole = page.estate().quality().completeness.whole;
    Link::new(page.word("quality"), page.to(PAGE)).hint(percent(page, whole))
}

/// The questions that found something, each linked to its answers.
pub(in crate::site::pages) fn counts(page: &Page<'_>) -> Vec<(Link, Badge)> {
    let asked = questions(page).into_iter();
    let found = asked.filter(|question| !question.answers.is_empty());
    let counted = found.map(|question| {
        let url = format!("{}#{}", page.to(PAGE), question.id);
        (Link::new(question.title, url), question.badge)
    });
    counted.collect()
}

/// Renders the page.
pub(in crate::site) fn quality(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let parents = vec![
        frame::home(page),
        Link::new(page.word("data"), page.to(questions::URL)),
    ];
    let whole = estate.quality().completeness.whole;
    let link = |key: &str, path: &str| Link::new(page.word(key), page.to(path));
    let forms = forms(estate).into_iter();
    let context = QualityContext {
        frame: frame::frame(page, &page.word("quality"), parents),
        summary: summary(page, whole),
        questions: questions(page),
        chart: chart(page),
        sections: tables::sections(page),
        forms: forms
            .map(|place| Link::new(&place.title, page.to(&form::url(place))))
            .collect(),
        files: vec![
            link("quality-missing-file", MISSING),
            link("quality-issues-file", ISSUES),
            link("quality-data-file", MISSING_DATA),
        ],
    };
    page.render("quality.html", &context)
}

/// « 87 % de ce qui est attendu est écrit », in fields and in records.
fn summary(page: &Page<'_>, score: Score) -> String {
    let counts = [
        ("{percent}", percent(page, score)),
        ("{filled}", page.number(score.filled)),
        ("{expected}", page.number(score.expected)),
        ("{complete}", page.number(score.complete)),
        ("{records}", page.number(score.records)),
    ];
    counts
        .into_iter()
        .fold(page.word("quality-summary"), |text, (mark, count)| {
            text.replace(mark, &count)
        })
}

/// A score in words: `87 %`.
fn percent(page: &Page<'_>, score: Score) -> String {
    let number = score.percent().to_string();
    page.word("quality-percent").replace("{n}", &number)
}

/// What the page answers first, each with its first findings.
fn questions(page: &Page<'_>) -> Vec<Question> {
    let estate = page.estate();
    let found = estate.quality();
    let mut worst: Vec<_> = found
        .completeness
        .records
        .iter()
        .filter(|it| !it.missing.is_empty())
        .collect();
    worst.sort_by_key(|it| (it.score.percent(), it.record));
    let missing = worst.iter().map(|it| {
        let text = page.count("quality-fields-missing", it.missing.len());
        (it.record, text)
    });
    let twice = found.duplicates.iter().filter_map(|it| {
        let (first, _) = it.records.first()?;
        let field = tables::field_name(page, estate.record(*first), it.key);
        Some((*first, format!("{field} — {}", it.written)))
    });
    let fakes = found.fakes.iter().map(|it| (it.record, it.written.clone()));
    let contradictions = found.contradictions.iter().map(|it| {
        let message = it.message.get(page.language).to_owned();
        (it.record, message.replace('`', ""))
    });
    let stale = found.stale.iter();
    let stale = stale.filter(|it| it.staleness != Staleness::NotChanged);
    let stale = stale.map(|it| (it.record, tables::since(page, it)));
    let orphans = found.orphans.iter().map(|it| {
        let lacks = page.word(&format!("quality-lacks-{}", it.lacks));
        (it.record, lacks)
    });
    vec![
        question(page, "missing", Tone::Warning, missing.collect()),
        question(page, "duplicates", Tone::Danger, twice.collect()),
        question(page, "fakes", Tone::Warning, fakes.collect()),
        question(
            page,
            "contradictions",
            Tone::Danger,
            contradictions.collect(),
        ),
        question(page, "stale", Tone::Warning, stale.collect()),
        question(page, "orphans", Tone::Info, orphans.collect()),
    ]
}

fn question(page: &Page<'_>, key: &str, tone: Tone, found: Vec<(RecordId, String)>) -> Question {
    let count = found.len();
    let tone = if count == 0 { Tone::Success } else { tone };
    let link = |id| page.link_with_id(page.estate().record(id));
    Question {
        id: format!("question-{key}"),
        title: page.word(&format!("quality-{key}")),
        badge: Badge::new(page.number(count), tone),
        answers: found
            .into_iter()
            .take(MOST_ANSWERS)
            .map(|(id, about)| (link(id), about))
            .collect(),
        more: (count > MOST_ANSWERS).then(|| page.count("and-more", count - MOST_ANSWERS)),
        none: page.word(&format!("quality-{key}-none")),
    }
}

/// The share by kind that lacks something, the weakest first.
fn chart(page: &Page<'_>) -> Option<Html> {
    let marks: Vec<Bar> = tables::by_kind(page.estate())
        .into_iter()
        .filter(|(_, score)| score.missing() > 0)
        .take(BARS)
        .map(|(kind, score)| Bar {
            label: kind.plural.get(page.language).to_owned(),
            value: 100,
            full: i64::try_from(score.percent()).unwrap_or_default(),
            text: percent(page, score),
        })
        .collect();
    let (title, description) = (page.word("quality-chart"), page.word("quality-chart-note"));
    let words = Words {
        id: "quality-chart",
        title: &title,
        description: &description,
    };
    let caption = escape(&description);
    (!marks.is_empty()).then(|| {
        Html(format!(
            "{}<figcaption>{caption}</figcaption>",
            bars(words, &marks)
        ))
    })
}

/// What a record is: its type, else its kind.
fn kind_of(record: &Record, language: Language) -> String {
    let own = record.view().choice("type");
    let own = own.map(|choice| choice.labels.get(language));
    own.unwrap_or_else(|| record.kind().labels.get(language))
        .to_owned()
}
