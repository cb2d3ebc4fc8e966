//! `carnet serve`: what happens while the site is shown, in words, and the browser when asked for.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::civil::Date;

use crate::audience::Audience;
use crate::cli::{Cli, ServeArguments, SourceArguments};
use crate::commands::{audience, input, output};
use crate::diagnostic::{Diagnostic, Language, Severity, count, failure};
use crate::history::History;
use crate::project::Config;
use crate::schema::Schema;
use crate::serve::{self, Event, Settings, Surroundings};

/// Serves until the system asks the process to end.
pub(super) fn serve(cli: &Cli, arguments: &ServeArguments) -> anyhow::Result<u8> {
    let settings = Settings {
        root: cli.root.clone(),
        bind: arguments.bind,
        port: arguments.port,
        allowed_hosts: arguments.allow_host.clone(),
        poll: arguments.poll,
    };
    let terminal = Terminal {
        root: cli.root.clone(),
        source: arguments.source.clone(),
        audience: cli.audience.clone(),
        asked: cli.lang.map(Language::from),
        spoken: Mutex::new(cli.lang.map_or(Language::default(), Language::from)),
        open: arguments.open,
    };
    let surroundings: Arc<dyn Surroundings> = Arc::new(terminal);
    serve::serve(&settings, &surroundings)?;
    Ok(0)
}

/// The person who typed the command.
struct Terminal {
    root: PathBuf,
    source: SourceArguments,
    audience: Option<String>,
    asked: Option<Language>,
    /// The language asked for, else that of the site as last read.
    spoken: Mutex<Language>,
    open: bool,
}

impl Surroundings for Terminal {
    fn history(&self, schema: &Arc<Schema>) -> Arc<History> {
        input::history(&self.root, &self.source, schema, None)
    }

    fn as_of(&self, config: &Config) -> anyhow::Result<Date> {
        input::as_of(&self.source, config, None)
    }

    fn audience(&self, config: &Config) -> anyhow::Result<Audience> {
        audience::of_readers(self.audience.as_deref(), config)
    }

    fn language(&self, site: Language) -> Language {
        let language = self.asked.unwrap_or(site);
        *self.spoken.lock().unwrap_or_else(PoisonError::into_inner) = language;
        language
    }

    fn report(&self, event: Event<'_>) {
        let language = *self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Ready {
                address,
                open_to_network,
            } => {
                for line in ready(&address, open_to_network, language) {
                    output::line(&line);
                }
                if self.open {
                    open_browser(&address, language);
                }
            }
            Event::Built {
                elapsed,
                files,
                diagnostics,
                fresh,
            } => {
                output::findings_for_people(fresh, language);
                let what = built(elapsed, files, diagnostics, language);
                output::line(&format!("{} {what}", clock()));
            }
            Event::Failed(failure) => {
                output::line(&format!("{} {}", clock(), failure.get(language)));
            }
            Event::WatchLimit => output::line(watch_limit(language)),
        }
    }
}

fn ready(address: &str, open_to_network: bool, language: Language) -> Vec<String> {
    let mut lines = vec![match language {
        Language::Fr => format!("Carnet : {address} (Ctrl+C pour arrêter)"),
        Language::En | Language::Other(_) => format!("Carnet: {address} (Ctrl+C to stop)"),
    }];
    if open_to_network {
        let warning = match language {
            Language::Fr => "attention : tout le réseau peut lire ce site",
            Language::En | Language::Other(_) => "warning: the whole network can read this site",
        };
        lines.push(warning.to_owned());
    }
    lines
}

/// `reconstruit en 42 ms, 3 fichiers, 1 erreur`.
fn built(
    elapsed: Duration,
    files: Option<usize>,
    diagnostics: &[Diagnostic],
    language: Language,
) -> String {
    let s = |count: usize| if count > 1 { "s" } else { "" };
    let (errors, milliseconds) = (count(diagnostics, Severity::Error), elapsed.as_millis());
    let problems = match (errors, language) {
        (0, _) => output::summary(diagnostics, language),
        (errors, Language::Fr) => format!("{errors} erreur{}", s(errors)),
        (errors, Language::En | Language::Other(_)) => format!("{errors} error{}", s(errors)),
    };
    let files = match (files, language) {
        (Some(files), Language::Fr) => format!("{files} fichier{}, ", s(files)),
        (Some(files), Language::En | Language::Other(_)) => format!("{files} file{}, ", s(files)),
        (None, Language::Fr) => "tous les fichiers, ".to_owned(),
        (None, Language::En | Language::Other(_)) => "all files, ".to_owned(),
    };
    match language {
        Language::Fr => format!("construit en {milliseconds} ms, {files}{problems}"),
        Language::En | Language::Other(_) => {
            format!("built in {milliseconds} ms, {files}{problems}")
        }
    }
}

fn watch_limit(language: Language) -> &'static str {
    match language {
        Language::Fr => {
            "le système n’a plus de surveillances à donner : les fichiers sont comparés chaque seconde \
             (Linux : `sysctl fs.inotify.max_user_watches=524288`)"
        }
        Language::En | Language::Other(_) => {
            "the system has no watches left: files are compared every second \
             (Linux: `sysctl fs.inotify.max_user_watches=524288`)"
        }
    }
}

/// The time of day, to the second.
fn clock() -> String {
    jiff::Zoned::now().strftime("%H:%M:%S").to_string()
}

/// Opens the address, which is ours, with the system's own opener.
fn open_browser(address: &str, language: Language) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let started = Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = started {
        let error = failure::words(&error);
        let error = error.get(language);
        output::line(&match language {
            Language::Fr => format!("{program} : {error} ; ouvrez l’adresse vous-même"),
            Language::En | Language::Other(_) => {
                format!("{program}: {error}; open the address yourself")
            }
        });
    }
}
