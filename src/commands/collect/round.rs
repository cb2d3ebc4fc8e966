//! One import of what waits, the same as that of `carnet import glpi`: a file that cannot be imported is put
//! aside with the reason, and what is wrong with the project itself makes all wait.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use crate::cli::{Cli, ImportArguments, ImportSource, PullArguments, WholeArguments};
use crate::collect::{Spool, Waiting};
use crate::commands::collect::journal::Journal;
use crate::commands::{import, input, output};
use crate::diagnostic::{Language, Text};
use crate::history::visible;
use crate::import::{Light, Lock, Outcome, Plan, Writer, report};
use crate::text;

/// How many imports one round may take to find the files at fault.
const MOST_IMPORTS: usize = 64;

/// Imports what waits.
pub(super) struct Round<'a> {
    pub cli: &'a Cli,
    pub spool: &'a Spool,
    pub journal: Option<&'a Journal>,
}

/// What the imports of a round came to.
#[derive(Default)]
struct Found {
    imports: usize,
    /// Inventories that were imported.
    files: usize,
    outcomes: BTreeMap<Outcome, usize>,
    /// Files that fail alone, with the failure.
    suspects: Vec<(Waiting, anyhow::Error)>,
}

impl Round<'_> {
    /// Imports all that waits, and commits it when asked. Fails when some of it has to wait on.
    pub fn run(&self) -> anyhow::Result<()> {
        let waiting = self.spool.waiting()?;
        let project = input::light_project(self.cli, &Arc::default())?;
        let written = project.config.language;
        let language = output::language(self.cli, written);
        let mut found = Found::default();
        let mut settled = Ok(());
        if !waiting.is_empty() {
            import::refuse_unreadable(&project, language)?;
            // Each import reads it anew: two of them would take twice the memory.
            drop(project);
            self.halve(&waiting, &mut found);
            settled = self.settle(&mut found, language);
        }
        // What was imported is committed, whatever has to wait.
        self.commit(&found, written, language)?;
        settled
    }

    /// Imports all at once; where that fails, each half.
    fn halve(&self, files: &[Waiting], found: &mut Found) {
        if found.imports == MOST_IMPORTS {
            return;
        }
        found.imports += 1;
        // A bug of ours that one file brings out must not keep the others from their import.
        let done = catch_unwind(AssertUnwindSafe(|| self.import(files)));
        match done.unwrap_or_else(|_| Err(anyhow!(bug()))) {
            Ok(plan) => {
                found.files += files.len();
                for outcome in plan.outcomes.values() {
                    *found.outcomes.entry(*outcome).or_default() += 1;
                }
            }
            Err(error) => match files {
                [] => {}
                [one] => found.suspects.push((one.clone(), error)),
                files => {
                    let (first, second) = files.split_at(files.len() / 2);
                    self.halve(first, found);
                    self.halve(second, found);
                }
            },
        }
    }

    /// The very import of `carnet import glpi`. The project is read anew: it changed with the last import.
    fn import(&self, files: &[Waiting]) -> anyhow::Result<Plan> {
        // An import of somebody else's ends some time; these files can wait for it.
        let _lock = Lock::wait(&self.cli.root)?;
        let light = Arc::new(Light::default());
        let project = input::light_project(self.cli, &light)?;
        let language = output::language(self.cli, project.config.language);
        let paths: Vec<PathBuf> = files.iter().map(|one| one.path.clone()).collect();
        let arguments = ImportArguments {
            source: ImportSource::Glpi,
            paths: Vec::new(),
            pull: PullArguments::default(),
            dry_run: false,
            whole: WholeArguments::default(),
            last_seen: false,
            culture: None,
            sheet: None,
            as_of: None,
        };
        let mut writer = Writer::new(&self.cli.root);
        let mut left = Vec::new();
        let (plan, refused) = import::import_into(
            self.cli,
            &arguments,
            (&project, &light),
            &paths,
            &mut |batch| {
                if let Some(journal) = self.journal {
                    left.extend(journal.announce(&batch)?);
                }
                writer.write(&batch)
            },
        )?;
        output::line(visible(&report(&plan, language, false)).trim_end());
        tell_left(&left, language);
        for one in files {
            match refused.iter().find(|(path, _)| *path == one.path) {
                Some((_, why)) => self.put_aside(one, why.get(language), language)?,
                None => self.spool.done(one)?,
            }
        }
        Ok(plan)
    }

    /// Puts the files aside that failed where others did not; when none did not, it is not the files' fault.
    fn settle(&self, found: &mut Found, language: Language) -> anyhow::Result<()> {
        let suspects = std::mem::take(&mut found.suspects);
        if found.files == 0 {
            return match suspects.into_iter().next() {
                Some((_, error)) => Err(error),
                None => Err(anyhow!(bug())),
            };
        }
        for (one, error) in suspects {
            let reason = output::causes(language, &error);
            self.put_aside(&one, &reason, language)?;
        }
        if found.imports == MOST_IMPORTS {
            bail!(bug());
        }
        Ok(())
    }

    fn put_aside(&self, one: &Waiting, reason: &str, language: Language) -> anyhow::Result<()> {
        self.spool.reject(one, reason)?;
        let name = one.path.file_name().unwrap_or_default().to_string_lossy();
        let line = text!(
            "mis de côté : {name} ({reason})",
            "put aside: {name} ({reason})"
        );
        output::line(&visible(line.get(language)));
        Ok(())
    }

    fn commit(&self, found: &Found, written: Language, language: Language) -> anyhow::Result<()> {
        let Some(journal) = self.journal.filter(|journal| journal.is_open()) else {
            return Ok(());
        };
        let committed = journal.commit(message(found).get(written)).context(text!(
            "rien n’est validé dans Git pour l’instant",
            "nothing is committed for now"
        ))?;
        tell_left(&committed.left, language);
        if let Some(id) = committed.id {
            let id = &id[..id.len().min(10)];
            let line = text!("validé dans Git : {id}", "committed: {id}");
            output::line(line.get(language));
        }
        Ok(())
    }
}

fn tell_left(left: &[String], language: Language) {
    if !left.is_empty() {
        let left = left.join(", ");
        let line = text!(
            "pas validé dans Git, quelqu’un y travaille : {left}",
            "not committed, somebody works on it: {left}"
        );
        output::line(&visible(line.get(language)));
    }
}

/// A commit in numbers: what people look for in a log.
fn message(found: &Found) -> Text {
    let of = |outcome| found.outcomes.get(&outcome).copied().unwrap_or_default();
    let (created, changed) = (of(Outcome::Created), of(Outcome::Changed));
    let (unchanged, files) = (of(Outcome::Unchanged), found.files);
    let s = |count: usize| if count > 1 { "s" } else { "" };
    if files == 0 {
        return text!(
            "Inventaire des agents GLPI : suite d’un import interrompu\n\nÉcrit par `carnet collect`.\n",
            "Inventory of GLPI agents: what an interrupted import wrote\n\nWritten by `carnet collect`.\n"
        );
    }
    let (s1, s2, s3, s4) = (s(created), s(changed), s(files), s(unchanged));
    let received = if files == 1 {
        "inventory"
    } else {
        "inventories"
    };
    text!(
        "Inventaire des agents GLPI : {created} fiche{s1} créée{s1}, {changed} modifiée{s2}\n\n{files} inventaire{s3} importé{s3}, {unchanged} fiche{s4} inchangée{s4}. Écrit par `carnet collect`.\n",
        "Inventory of GLPI agents: {created} created, {changed} changed\n\n{files} {received} imported, {unchanged} unchanged. Written by `carnet collect`.\n"
    )
}

fn bug() -> Text {
    text!(
        "l’import a échoué ; les inventaires attendent",
        "the import failed; the inventories wait"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_says_how_much_it_holds() {
        let found = Found {
            files: 12,
            outcomes: [(Outcome::Created, 3), (Outcome::Changed, 1)].into(),
            ..Found::default()
        };
        let message = message(&found);
        assert_eq!(
            message.fr.lines().next(),
            Some("Inventaire des agents GLPI : 3 fiches créées, 1 modifiée")
        );
        assert!(message.en.contains("12 inventories imported, 0 unchanged"));
    }
}
