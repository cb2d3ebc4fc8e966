//! `carnet labels`: a file that prints sheets of labels, with the QR code and the number of each asset.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use crate::cli::{Cli, LabelsArguments, SourceArguments};
use crate::commands::{CLEAN, audience, input, output};
use crate::estate::asset_labels::{Selection, select};
use crate::history::{Absence, History};
use crate::project::LabelSettings;
use crate::site::label_sheets::{Format, MARK, MARK_WITHIN, file, pages, too_small};
use crate::text;

/// Writes the labels of the assets asked for, to a file or to standard output.
pub(super) fn labels(cli: &Cli, arguments: &LabelsArguments) -> anyhow::Result<u8> {
    let project = input::project(cli, None)?;
    let language = output::language(cli, project.config.language);
    let audience = audience::asked(cli.audience.as_deref(), &project.config)?;
    let (format, start) = paper(arguments, &project.config.labels)?;
    let as_of = input::as_of(&SourceArguments::default(), &project.config, None)?;
    let history = Arc::new(History::absent(Absence::TurnedOff));
    let estate = input::seen(&audience, &project, history, as_of);
    let asked = Selection {
        names: arguments.ids.clone(),
        site: arguments.site.clone(),
        room: arguments.room.clone(),
        kind: arguments.kind.clone(),
    };
    let assets = select(&estate, &asked).map_err(|text| anyhow!(text))?;
    if estate.config.base_url.is_none() {
        let warning = text!(
            "sans `base_url` dans carnet.yaml, les codes QR ne tiennent que le code de l’équipement : un téléphone ne mène pas à sa fiche",
            "without `base_url` in carnet.yaml, QR codes hold the code of the asset alone: a telephone does not lead to its record"
        );
        output::line(warning.get(language));
    }
    if let Some(side) = too_small(&estate, &assets, &format) {
        let (fr, en) = (format!("0,{side:02}"), format!("0.{side:02}"));
        let warning = text!(
            "les points des codes QR n’ont que {fr} mm : un téléphone les lira mal ; prenez des étiquettes plus grandes, ou une `base_url` plus courte",
            "the dots of the QR codes are {en} mm only: a telephone will hardly read them; take larger labels, or a shorter `base_url`"
        );
        output::line(warning.get(language));
    }
    let sheets = file(&estate, &assets, &format, start, language);
    match &arguments.out {
        Some(path) => {
            refuse_foreign(path)?;
            fs::write(path, sheets).with_context(|| path.display().to_string())?;
        }
        None => output::result(&sheets),
    }
    let (name, count) = (&format.name, assets.len());
    let pages = pages(&format, count, start);
    let said = text!(
        "étiquettes : {count} ; pages : {pages} ({name}), à imprimer à 100 %",
        "labels: {count}; pages: {pages} ({name}), to be printed at 100%"
    );
    output::line(said.get(language));
    Ok(CLEAN)
}

/// Refuses to write over a file that is not one of labels: `--out carnet.yaml` would lose the site's settings.
fn refuse_foreign(path: &Path) -> anyhow::Result<()> {
    // `/dev/stdout` and the like hold nothing that could be lost.
    if !fs::metadata(path).is_ok_and(|about| about.is_file()) {
        return Ok(());
    }
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let mut start = Vec::new();
    let most = u64::try_from(MARK_WITHIN).unwrap_or(u64::MAX);
    file.take(most)
        .read_to_end(&mut start)
        .with_context(|| path.display().to_string())?;
    let is_own = String::from_utf8_lossy(&start).contains(MARK);
    if is_own || start.is_empty() {
        return Ok(());
    }
    let path = path.display();
    bail!(text!(
        "{path} existe et n’est pas un fichier d’étiquettes fait par Carnet\u{a0}: choisissez un autre nom",
        "{path} exists and is no file of labels made by Carnet: choose another name"
    ))
}

/// The format that is asked for, else that of the site, and the place of the first label.
fn paper(arguments: &LabelsArguments, own: &LabelSettings) -> anyhow::Result<(Format, usize)> {
    let asked = arguments.format.as_deref().map(format).transpose()?;
    let format = asked.unwrap_or_else(|| own.format.clone());
    // The site's place is one of its own sheets.
    let begun = if format == own.format { own.start } else { 1 };
    let start = arguments.start.map_or(begun, usize::from);
    if start > format.count() {
        let (name, count) = (&format.name, format.count());
        bail!(text!(
            "`--start {start}` : une page de {name} n’en tient que {count}",
            "`--start {start}`: a page of {name} holds {count} only"
        ));
    }
    Ok((format, start))
}

/// The format of a name or size; the error lists those that have a name.
fn format(name: &str) -> anyhow::Result<Format> {
    Format::named(name).ok_or_else(|| {
        let all = Format::all();
        let names: Vec<String> = all.iter().map(|it| format!("`{}`", it.name)).collect();
        let names = names.join(", ");
        anyhow!(text!(
            "`--format {name}` n’est pas connu : {names}, ou une taille en millimètres comme `50x25`",
            "`--format {name}` is not known: {names}, or a size in millimetres such as `50x25`"
        ))
    })
}
