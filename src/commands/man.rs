//! `carnet man`: the manual page of a command on standard output, or those of all commands in a folder.

use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow};

use crate::cli::{Cli, ManArguments, ManPage, man_pages};
use crate::commands::{CLEAN, language_of_help, output};
use crate::diagnostic::nearest::did_you_mean;
use crate::text;

/// Prints a page, or writes all.
pub(super) fn man(cli: &Cli, arguments: &ManArguments) -> anyhow::Result<u8> {
    let language = language_of_help(cli);
    let pages = man_pages(language);
    let Some(folder) = &arguments.out else {
        let asked = arguments.command.as_deref().unwrap_or_default();
        output::result(&found(&pages, asked)?.text);
        return Ok(CLEAN);
    };
    write(folder, &pages)?;
    let (count, folder) = (pages.len(), folder.display());
    let told = text!(
        "pages de manuel dans {folder}\u{a0}: {count}",
        "manual pages in {folder}: {count}"
    );
    output::line(told.get(language));
    Ok(CLEAN)
}

/// The page of a command.
fn found<'p>(pages: &'p [ManPage], asked: &str) -> anyhow::Result<&'p ManPage> {
    let page = pages.iter().find(|page| page.command == asked);
    page.ok_or_else(|| {
        let names = pages.iter().map(|page| page.command.as_str());
        let near = did_you_mean(asked, names.filter(|name| !name.is_empty()));
        let near = near.unwrap_or_else(|| {
            text!(
                "`carnet --help` les nomme toutes",
                "`carnet --help` names them all"
            )
        });
        let (fr, en) = (near.fr, near.en);
        anyhow!(text!(
            "`{asked}` n’est pas une commande\u{202f}; {fr}",
            "`{asked}` is not a command; {en}"
        ))
    })
}

/// Writes the pages into a folder, which is made.
fn write(folder: &Path, pages: &[ManPage]) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for page in pages {
        let path = folder.join(&page.file);
        fs::write(&path, &page.text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}
