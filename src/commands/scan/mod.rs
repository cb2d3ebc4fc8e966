//! `carnet scan`: a list of codes that somebody scanned on site, compared with the estate.
//!
//! What was seen can be noted in the records; what stands elsewhere is told, and left to a person to move.

mod note;
mod report;

use std::io::Read;
use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::civil::Date;

use crate::cli::{Cli, ScanArguments, ScanFormat, SourceArguments};
use crate::commands::{CLEAN, FINDINGS, audience, input, output};
use crate::diagnostic::Text;
use crate::estate::Estate;
use crate::estate::physical_inventory::scan::{Comparison, Seen, Spot, compare, place, read};
use crate::history::{Absence, History};
use crate::import::table::decode;
use crate::project;
use crate::text;

/// Compares a list, prints what it tells and, when asked, notes the day. The code is that of findings when a code is
/// unknown or an asset is missing or elsewhere.
pub(super) fn scan(cli: &Cli, arguments: &ScanArguments) -> anyhow::Result<u8> {
    let project = if arguments.write {
        input::project_to_edit(cli)?
    } else {
        input::project(cli, None)?
    };
    let language = output::language(cli, project.config.language);
    let audience = audience::asked(cli.audience.as_deref(), &project.config)?;
    let source = SourceArguments {
        no_history: true,
        ..SourceArguments::default()
    };
    let as_of = input::as_of(&source, &project.config, None)?;
    let day = arguments.date.as_deref();
    let day = day.map(|text| day_of(text, as_of)).transpose()?;
    let history = Arc::new(History::absent(Absence::TurnedOff));
    let estate = input::seen(&audience, &project, history, as_of);
    let spot = spot(&estate, arguments)?;
    let list = read(&text_of(&arguments.file)?, as_of);
    if list.lines.is_empty() && list.refused.is_empty() {
        let file = &arguments.file;
        if list.unticked > 0 {
            bail!(text!(
                "`{file}` : rien n’est coché dans la colonne « Trouvé » ; écrivez `x` ou `oui` là où l’équipement a été vu",
                "`{file}`: nothing is ticked in the column “Found”; write `x` or `yes` where the asset was seen"
            ));
        }
        bail!(text!(
            "`{file}` ne tient aucun code : un par ligne est attendu, ou une colonne `code`",
            "`{file}` holds no code: one a line is expected, or a column `code`"
        ));
    }
    let found = compare(&estate, list, &spot);
    output::result(&match arguments.format {
        ScanFormat::Human => report::human(&estate, &found, language),
        ScanFormat::Csv => report::csv(&estate, &found, language),
    });
    if arguments.write {
        let noted = note::note(cli, &estate, &found, day.unwrap_or(as_of))?;
        for refusal in &noted.refusals {
            output::line(refusal.get(language));
        }
        output::line(noted.told().get(language));
        if !noted.refusals.is_empty() {
            return Ok(FINDINGS);
        }
    }
    Ok(if is_clean(&found) { CLEAN } else { FINDINGS })
}

/// The list, from a file or from standard input, in any of the encodings that imports read.
fn text_of(file: &str) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if file == "-" {
        std::io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file).with_context(|| file.to_owned())?;
    }
    match decode(&bytes) {
        Ok(text) => Ok(text.into_owned()),
        Err(refusal) => {
            let Text { fr, en } = refusal.message;
            bail!(text!("`{file}` : {fr}", "`{file}`: {en}"))
        }
    }
}

/// The day of `--date`, no later than the site's.
fn day_of(written: &str, today: Date) -> anyhow::Result<Date> {
    let Some(day) = project::date(written) else {
        bail!(text!(
            "`--date {written}` n’est pas une date : écrivez AAAA-MM-JJ",
            "`--date {written}` is not a date: write YYYY-MM-DD"
        ));
    };
    if day > today {
        bail!(text!(
            "`--date {written}` vient après le jour du site, {today}",
            "`--date {written}` comes after the site’s day, {today}"
        ));
    }
    Ok(day)
}

/// Where the whole list was scanned.
fn spot(estate: &Estate, arguments: &ScanArguments) -> anyhow::Result<Spot> {
    let Some(name) = &arguments.site else {
        return Ok(Spot::default());
    };
    let Some(site) = place(estate, name) else {
        bail!(text!(
            "`{name}` ne désigne aucun lieu, ou plusieurs : donnez son identifiant",
            "`{name}` means no place, or several: give its id"
        ));
    };
    Ok(Spot {
        place: Some(site),
        room: arguments.room.clone(),
    })
}

fn is_clean(found: &Comparison) -> bool {
    let is_well = |it: &Seen| it.elsewhere.is_none() && it.is_expected;
    found.unknown.is_empty()
        && found.ambiguous.is_empty()
        && found.unknown_places.is_empty()
        && found.refused.is_empty()
        && found.missing.is_empty()
        && found.seen.iter().all(is_well)
}
