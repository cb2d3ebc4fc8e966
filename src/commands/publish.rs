//! `carnet publish`: a built site sent somewhere else, or the list of what another tool is to send.

use std::borrow::Borrow;
use std::env::{self, VarError};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};

use crate::cli::{Cli, ListedPart, PublishArguments};
use crate::client::{Secret, Waits};
use crate::commands::{CLEAN, input, language_anywhere, output};
use crate::diagnostic::{Language, Text};
use crate::history::visible;
use crate::publish::{MANIFEST, Manifest};
use crate::send::{
    Credentials, Folder, Part, Place, Plan, Sending, Source, Store, Sum, Target, known, plan,
};
use crate::text;

/// The region of stores that have none.
const REGION: &str = "us-east-1";

/// Sends a site, or says what would be sent.
pub(super) fn publish(cli: &Cli, arguments: &PublishArguments) -> anyhow::Result<u8> {
    refuse(arguments)?;
    let language = language_anywhere(cli);
    let source = Source::open(&input::site(cli, arguments.site.as_deref()))?;
    if let Some(part) = arguments.list
        && let Some(manifest) = manifest_file(Path::new(&arguments.target))?
    {
        let plan = plan(source.manifest(), &known(&manifest), None);
        let plan = plan.expect("nothing is in the way of a list");
        list(&plan, part, manifest != *source.manifest());
        return Ok(CLEAN);
    }
    let tell = |text: &Text| output::line(&visible(text.get(language)));
    let target = target(cli, arguments, source.folder(), &tell)?;
    let started = Instant::now();
    let sending = Sending::prepare(source, target.as_ref(), arguments.precompress)?;
    if let Some(part) = arguments.list {
        list(sending.plan(), part, sending.is_new());
    } else if arguments.dry_run {
        show(sending.plan());
        said(&sending.sum(), None, language);
    } else {
        if sending.is_resumed() {
            tell(&text!(
                "reprise d’une publication interrompue",
                "going on with a publication that was cut short"
            ));
        }
        let sum = sending.send()?;
        said(&sum, Some(started.elapsed()), language);
    }
    Ok(CLEAN)
}

/// What does not go together.
fn refuse(arguments: &PublishArguments) -> anyhow::Result<()> {
    let other = match (arguments.dry_run, arguments.precompress) {
        _ if arguments.list.is_none() => return Ok(()),
        (true, _) => "--dry-run",
        (_, true) => "--precompress",
        _ => return Ok(()),
    };
    bail!(text!(
        "`--list` et `{other}` ne vont pas ensemble",
        "`--list` and `{other}` do not go together"
    ))
}

/// The manifest in a file, for a target that another tool reaches. An empty file is that of an empty target.
fn manifest_file(path: &Path) -> anyhow::Result<Option<Manifest>> {
    if !path.is_file() {
        return Ok(None);
    }
    let shown = path.display();
    let bytes = fs::read(path).with_context(|| shown.to_string())?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Some(Manifest::new([].into())));
    }
    match Manifest::parse(&bytes) {
        Some(manifest) => Ok(Some(manifest)),
        None => bail!(text!(
            "`{shown}` n’est pas un manifeste de Carnet (`manifest.json`) ; pour une cible encore vide, donnez un fichier vide",
            "`{shown}` is no manifest of Carnet (`manifest.json`); for a target that is still empty give an empty file"
        )),
    }
}

/// The target of an address.
fn target<'a>(
    cli: &Cli,
    arguments: &PublishArguments,
    site: &Path,
    tell: &'a (dyn Fn(&Text) + Sync),
) -> anyhow::Result<Box<dyn Target + 'a>> {
    let typed = arguments.target.as_str();
    let region = variable(&["AWS_REGION", "AWS_DEFAULT_REGION"])?;
    let endpoint = variable(&["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"])?;
    let region = region.as_deref().unwrap_or(REGION);
    if let Some(place) = Place::parse(typed, region, endpoint.as_deref())? {
        let authority = variable(&["AWS_CA_BUNDLE"])?;
        let authority = authority.map(|path| fs::read(&path).with_context(|| visible(&path)));
        // A file may be large and the line slow; yet a signature holds for a quarter of an hour.
        let waits = Waits {
            answer: Duration::from_mins(10),
            ..Waits::default()
        };
        let credentials = credentials()?;
        let authority = authority.transpose()?;
        let store = Store::new(place, credentials, authority.as_deref(), (waits, tell))?;
        return Ok(Box::new(store));
    }
    let folder = typed.strip_prefix("file://").unwrap_or(typed);
    if folder.contains("://") || (folder != typed && !folder.starts_with('/')) {
        bail!(text!(
            "`{typed}` : une cible est un dossier, `file:///…` ou `s3://…` ; pour `ssh`, voyez `--list`",
            "`{typed}`: a target is a folder, `file:///…` or `s3://…`; for `ssh` see `--list`"
        ));
    }
    if Path::new(folder).is_file() {
        bail!(text!(
            "`{typed}` est un fichier : une cible est un dossier ; un manifeste va avec `--list`",
            "`{typed}` is a file: a target is a folder; a manifest goes with `--list`"
        ));
    }
    let folder = Path::new(folder);
    Ok(Box::new(if arguments.dry_run || arguments.list.is_some() {
        Folder::look(folder, site)?
    } else {
        Folder::open(folder, site, &cli.root)?
    }))
}

/// The credentials of the environment.
fn credentials() -> anyhow::Result<Credentials> {
    let secret = |name: &str| {
        let value = variable(&[name])?;
        value.map(|value| Secret::new(name, &value)).transpose()
    };
    let needed = |name: &str| {
        secret(name)?.ok_or_else(|| {
            anyhow!(text!(
                "il manque `{name}` dans l’environnement",
                "`{name}` is missing in the environment"
            ))
        })
    };
    Ok(Credentials {
        key: needed("AWS_ACCESS_KEY_ID")?,
        secret: needed("AWS_SECRET_ACCESS_KEY")?,
        session: secret("AWS_SESSION_TOKEN")?,
    })
}

/// The first of some variables of the environment that is set and not empty.
fn variable(names: &[&str]) -> anyhow::Result<Option<String>> {
    for name in names {
        match env::var(name) {
            Ok(value) if !value.is_empty() => return Ok(Some(value)),
            Ok(_) | Err(VarError::NotPresent) => {}
            Err(VarError::NotUnicode(_)) => {
                bail!(text!("`{name}` n’est pas du texte", "`{name}` is no text"))
            }
        }
    }
    Ok(None)
}

/// Prints paths for another tool.
fn list(plan: &Plan, listed: ListedPart, is_new: bool) {
    let part = match listed {
        ListedPart::All => None,
        ListedPart::Hashed => Some(Part::Hashed),
        ListedPart::Files => Some(Part::Files),
        ListedPart::Pages => Some(Part::Pages),
        ListedPart::Indexes => Some(Part::Indexes),
        ListedPart::Removed => {
            return lines(&plan.removals);
        }
    };
    let puts = plan.puts.iter();
    let puts = puts.filter(|put| part.is_none_or(|part| put.part == part));
    let mut paths: Vec<&str> = puts.map(|put| put.path.as_str()).collect();
    if is_new && part.is_none_or(|part| part == Part::Indexes) {
        paths.push(MANIFEST);
    }
    lines(&paths);
}

/// Prints a text a line.
fn lines(texts: &[impl Borrow<str>]) {
    for text in texts {
        output::result(&format!("{}\n", text.borrow()));
    }
}

/// Prints what would be done, a file a line: `+` and its size, or `-`.
fn show(plan: &Plan) {
    let puts = plan.puts.iter();
    let puts = puts.map(|put| format!("+ {} {}", put.entry.length, put.path));
    let removals = plan.removals.iter().map(|path| format!("- {path}"));
    lines(&puts.chain(removals).collect::<Vec<String>>());
}

/// The closing line; without a time nothing was done.
fn said(sum: &Sum, time: Option<Duration>, language: Language) {
    let Sum {
        sent,
        bytes,
        unchanged,
        removed,
    } = *sum;
    #[expect(
        clippy::cast_precision_loss,
        reason = "a size for people, to one decimal"
    )]
    let size = bytes as f64 / 1e6;
    let (fr, en) = (
        output::decimal(size, Language::Fr),
        output::decimal(size, Language::En),
    );
    let text = match time.map(|time| output::decimal(time.as_secs_f64(), language)) {
        Some(seconds) => text!(
            "publié en {seconds} s : {sent} fichiers envoyés ({fr} Mo), {unchanged} inchangés, {removed} retirés",
            "published in {seconds} s: {sent} files sent ({en} MB), {unchanged} unchanged, {removed} removed"
        ),
        None => text!(
            "à envoyer : {sent} fichiers ({fr} Mo) ; inchangés : {unchanged} ; à retirer : {removed} ; rien n’a été écrit",
            "to be sent: {sent} files ({en} MB); unchanged: {unchanged}; to be removed: {removed}; nothing was written"
        ),
    };
    output::line(text.get(language));
}
