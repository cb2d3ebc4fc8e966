//! What a comparison says, for the terminal and as a table.

use std::fmt::Write as _;

use crate::diagnostic::{Language, Text};
use crate::estate::physical_inventory::scan::{Comparison, Refusal, Scanned, Seen, Spot, name};
use crate::estate::{Estate, Record, RecordId, asset_tags, places};
use crate::history::named_line;
use crate::text;

/// What happened to an asset or a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Found,
    Elsewhere,
    NotExpected,
    Unknown,
    Ambiguous,
    UnknownPlace,
    NoDate,
    Future,
    Mark,
    Missing,
}

impl Verdict {
    fn text(self) -> Text {
        match self {
            Self::Found => text!("trouvé", "found"),
            Self::Elsewhere => text!("trouvé ailleurs", "found elsewhere"),
            Self::NotExpected => text!("trouvé, mais pas en service", "found, but not in use"),
            Self::Unknown => text!("code inconnu", "unknown code"),
            Self::Ambiguous => text!("plusieurs équipements", "several assets"),
            Self::UnknownPlace => text!("lieu inconnu", "unknown place"),
            Self::NoDate => text!("date illisible", "no date"),
            Self::Future => text!("date à venir", "date to come"),
            Self::Mark => text!("ni trouvé, ni absent", "neither found nor absent"),
            Self::Missing => text!("manquant", "missing"),
        }
    }

    /// The same above several lines.
    fn heading(self, count: usize) -> Text {
        match self {
            _ if count < 2 => self.text(),
            Self::Elsewhere => text!("trouvés ailleurs", "found elsewhere"),
            Self::NotExpected => text!("trouvés, mais pas en service", "found, but not in use"),
            Self::Unknown => text!("codes inconnus", "unknown codes"),
            Self::Ambiguous => text!(
                "plusieurs équipements pour un code",
                "several assets for one code"
            ),
            Self::UnknownPlace => text!("lieux inconnus", "unknown places"),
            Self::NoDate => text!("dates illisibles", "no dates"),
            Self::Future => text!("dates à venir", "dates to come"),
            Self::Mark => text!("ni trouvés, ni absents", "neither found nor absent"),
            Self::Missing => text!("manquants", "missing"),
            Self::Found => text!("trouvés", "found"),
        }
    }
}

/// A line of the report.
struct Line {
    verdict: Verdict,
    asset: Option<RecordId>,
    /// Its line in the scanned list.
    number: Option<usize>,
    code: String,
    /// What it says that cannot be taken.
    written: Option<String>,
    /// Where it was scanned.
    spot: Spot,
}

fn lines(found: &Comparison) -> Vec<Line> {
    let plain = |verdict, asset| Line {
        verdict,
        asset,
        number: None,
        code: String::new(),
        written: None,
        spot: Spot::default(),
    };
    let seen = found.seen.iter().map(|seen| Line {
        number: Some(seen.line),
        spot: seen.elsewhere.clone().unwrap_or_default(),
        ..plain(verdict(seen), Some(seen.asset))
    });
    let told = |verdict, scanned: &Scanned| Line {
        number: Some(scanned.line),
        code: scanned.code.clone(),
        ..plain(verdict, None)
    };
    let ambiguous = found.ambiguous.iter();
    let ambiguous = ambiguous.map(|(scanned, _)| told(Verdict::Ambiguous, scanned));
    let unknown = found.unknown.iter();
    let unknown = unknown.map(|scanned| told(Verdict::Unknown, scanned));
    let places = found.unknown_places.iter().map(|scanned| Line {
        written: scanned.place.clone(),
        ..told(Verdict::UnknownPlace, scanned)
    });
    let refused = found.refused.iter().map(|(scanned, refusal)| {
        let (verdict, written) = match refusal {
            Refusal::NoDate(written) => (Verdict::NoDate, written),
            Refusal::Future(written) => (Verdict::Future, written),
            Refusal::Mark(written) => (Verdict::Mark, written),
        };
        Line {
            written: Some(written.clone()),
            ..told(verdict, scanned)
        }
    });
    let missing = found.missing.iter();
    let missing = missing.map(|id| plain(Verdict::Missing, Some(*id)));
    let mut lines: Vec<Line> = seen.chain(ambiguous).chain(unknown).collect();
    lines.extend(places.chain(refused).chain(missing));
    lines
}

fn verdict(seen: &Seen) -> Verdict {
    match seen {
        seen if !seen.is_expected => Verdict::NotExpected,
        seen if seen.elsewhere.is_some() => Verdict::Elsewhere,
        _ => Verdict::Found,
    }
}

/// The report for the terminal: what needs somebody first, then how much was found.
pub(super) fn human(estate: &Estate, found: &Comparison, language: Language) -> String {
    let lines = lines(found);
    let mut out = String::new();
    let sections = [
        Verdict::Missing,
        Verdict::Elsewhere,
        Verdict::NotExpected,
        Verdict::Unknown,
        Verdict::Ambiguous,
        Verdict::UnknownPlace,
        Verdict::NoDate,
        Verdict::Future,
        Verdict::Mark,
    ];
    for section in sections {
        let own: Vec<&Line> = lines.iter().filter(|it| it.verdict == section).collect();
        if own.is_empty() {
            continue;
        }
        let title = section.heading(own.len());
        let _ = writeln!(out, "{} ({})", title.get(language), own.len());
        for line in own {
            // Names come from the project and codes from a scanner: neither may act on the terminal.
            let told = named_line(&told(estate, line, language));
            let _ = writeln!(out, "  {told}");
        }
    }
    let count = lines
        .iter()
        .filter(|it| it.verdict == Verdict::Found)
        .count();
    let missing = found.missing.len();
    let sum = if found.has_places {
        text!(
            "à leur place : {count} ; manquants : {missing}",
            "in their place: {count}; missing: {missing}"
        )
    } else {
        text!(
            "trouvés : {count} ; ce qui manque n’est dit qu’avec `--site`, ou une colonne `lieu`",
            "found: {count}; what is missing is told only with `--site`, or a column `site`"
        )
    };
    let _ = writeln!(out, "{}", sum.get(language));
    out
}

fn told(estate: &Estate, line: &Line, language: Language) -> String {
    let at = line.number.map(|line| text!("ligne {line}", "line {line}"));
    let at = at.map_or_else(String::new, |at| format!(", {}", at.get(language)));
    let Some(asset) = line.asset.map(|id| estate.record(id)) else {
        let written = line.written.as_deref();
        let written = written.map_or_else(String::new, |it| format!(" (`{it}`)"));
        return format!("`{}`{written}{at}", line.code);
    };
    let own = own_place(estate, asset, language);
    let told = name(asset);
    if line.verdict != Verdict::Elsewhere {
        return format!("{told}, {own}{at}");
    }
    let seen = spot(estate, &line.spot);
    let text = text!(
        "{told} : vu à {seen}, sa fiche dit {own}{at}",
        "{told}: seen at {seen}, its record says {own}{at}"
    );
    text.get(language).to_owned()
}

fn own_place(estate: &Estate, asset: &Record, language: Language) -> String {
    let own = Spot {
        place: estate.first(asset, "site").map(|place| place.id),
        room: asset.view().text("room").map(str::to_owned),
    };
    if own == Spot::default() {
        return text!("sans lieu", "no place").get(language).to_owned();
    }
    spot(estate, &own)
}

fn spot(estate: &Estate, spot: &Spot) -> String {
    let place = spot.place.map(|id| places::told(estate, estate.record(id)));
    let parts: Vec<String> = place.into_iter().chain(spot.room.clone()).collect();
    parts.join(" – ")
}

/// The report as a table that a spreadsheet of the language opens.
pub(super) fn csv(estate: &Estate, found: &Comparison, language: Language) -> String {
    let head = [
        text!("Résultat", "Result"),
        text!("Code", "Code"),
        text!("Identifiant", "Id"),
        text!("Équipement", "Asset"),
        text!("Lieu de la fiche", "Place of the record"),
        text!("Vu à", "Seen at"),
        text!("Ligne", "Line"),
    ];
    let head: Vec<String> = head.iter().map(|it| it.get(language).to_owned()).collect();
    let rows = lines(found).into_iter().map(|line| {
        let asset = line.asset.map(|id| estate.record(id));
        let of = |tell: &dyn Fn(&Record) -> String| asset.map_or_else(String::new, tell);
        vec![
            line.verdict.text().get(language).to_owned(),
            asset.map_or_else(|| line.code.clone(), asset_tags::tag),
            of(&|asset| asset.source.id.clone()),
            of(&|asset| asset.title.clone()),
            of(&|asset| own_place(estate, asset, language)),
            line.written.unwrap_or_else(|| spot(estate, &line.spot)),
            line.number
                .map_or_else(String::new, |line| line.to_string()),
        ]
    });
    crate::site::people_table(&head, rows, language)
}
