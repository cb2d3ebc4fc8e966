//! The program itself, the language it speaks, and what decides its day.

use jiff::Timestamp;

use crate::cli::Cli;
use crate::commands::doctor::Observation;
use crate::commands::{language_anywhere, locale};
use crate::text;

/// Which Carnet this is.
pub(super) fn program() -> Observation {
    let version = env!("CARNET_VERSION");
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    Observation::good(
        text!("Carnet", "Carnet"),
        text!(
            "{version}, {system} {machine}",
            "{version}, {system} {machine}"
        ),
    )
}

/// In which language it speaks, and why.
pub(super) fn language(cli: &Cli) -> Observation {
    let about = text!("langue", "language");
    let code = language_anywhere(cli).code();
    let set = locale().unwrap_or_default();
    let said = match (cli.lang, set.is_empty()) {
        (Some(_), _) => text!(
            "`{code}`, comme demandé par `--lang`",
            "`{code}`, as `--lang` asks"
        ),
        (None, true) => text!(
            "`{code}`\u{202f}; l’environnement n’en dit aucune (`LANG`)",
            "`{code}`; the environment names none (`LANG`)"
        ),
        (None, false) => text!(
            "`{code}`\u{202f}; l’environnement dit `{set}`",
            "`{code}`; the environment says `{set}`"
        ),
    };
    Observation::good(about, said)
}

/// The day that sites are true of, where the environment fixes it.
pub(super) fn day() -> Option<Observation> {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok()?;
    let about = text!("jour", "day");
    let seconds: Option<i64> = set.trim().parse().ok();
    let time = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    Some(match time {
        Some(time) => {
            let day = time.strftime("%Y-%m-%d");
            Observation::doubtful(
                about,
                text!(
                    "`SOURCE_DATE_EPOCH` fixe le {day}\u{a0}: échéances et retards sont ceux de ce jour-là",
                    "`SOURCE_DATE_EPOCH` sets {day}: deadlines and delays are those of that day"
                ),
                text!(
                    "`unset SOURCE_DATE_EPOCH` rend le jour d’aujourd’hui",
                    "`unset SOURCE_DATE_EPOCH` brings back today"
                ),
            )
        }
        None => Observation::bad(
            about,
            text!(
                "`SOURCE_DATE_EPOCH` n’est pas un nombre de secondes",
                "`SOURCE_DATE_EPOCH` is no number of seconds"
            ),
            text!(
                "donnez-lui celui de `date +%s`, ou `unset SOURCE_DATE_EPOCH`",
                "give it that of `date +%s`, or `unset SOURCE_DATE_EPOCH`"
            ),
        ),
    })
}
