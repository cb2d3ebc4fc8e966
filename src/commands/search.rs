//! `carnet search`: the site's search in the terminal, from the same index with the same ranking.

use std::sync::Arc;

use anyhow::bail;
use serde_json::json;

use crate::cli::{Cli, SearchArguments, SearchFormat, SourceArguments};
use crate::commands::{CLEAN, FINDINGS, audience, input, output};
use crate::diagnostic::Language;
use crate::pipeline;
use crate::remembered::Remembered;
use crate::search::{self, Answer, Hit};
use crate::site;
use crate::text;

/// Prints what a query finds; the code is that of findings when there is nothing.
pub(super) fn search(cli: &Cli, arguments: &SearchArguments) -> anyhow::Result<u8> {
    let words = words(&arguments.words)?;
    let source = SourceArguments {
        no_history: true,
        ..SourceArguments::default()
    };
    let project = input::project(cli, None)?;
    let language = output::language(cli, project.config.language);
    let audience = audience::asked(cli.audience.as_deref(), &project.config)?;
    let as_of = input::as_of(&source, &project.config, None)?;
    let history = input::history(&cli.root, &source, &project.schema, None);
    let estate = Arc::new(input::seen(&audience, &project, history, as_of));
    let (site, _) = site::plan(&estate, &project.theme, None);
    let documents = pipeline::documents(&estate, &site);
    let settings = search::settings(&estate);
    let index = search::index_again(documents, &settings, &Remembered::default());
    let limit = usize::from(arguments.limit);
    let answer = search::query_all(&index, language.code(), &words, limit);
    match arguments.format {
        SearchFormat::Human => {
            output::result(&human(&answer, output::has_colour(), language));
            output::line(&said(&answer, language));
        }
        SearchFormat::Json => output::result(&json(&answer)),
    }
    Ok(if answer.hits.is_empty() {
        FINDINGS
    } else {
        CLEAN
    })
}

/// The query of the command line.
fn words(typed: &[String]) -> anyhow::Result<String> {
    let words = typed.join(" ");
    if words.trim().is_empty() {
        bail!(text!(
            "la recherche est vide : donnez au moins un mot, par exemple `carnet search imprimante`",
            "the search is empty: give a word at least, for instance `carnet search imprimante`"
        ));
    }
    Ok(words)
}

/// One result a paragraph: what it is and where it opens, then where the words stand.
fn human(answer: &Answer, colour: bool, language: Language) -> String {
    let (bold, end) = if colour {
        ("\u{1b}[1m", "\u{1b}[0m")
    } else {
        ("", "")
    };
    let mut out = String::new();
    for hit in &answer.hits {
        let heading = hit.heading.iter().map(|heading| format!(" › {heading}"));
        let title = format!("{}{}", hit.title, heading.collect::<String>());
        let (kind, id, url) = (&hit.kind_label, &hit.id, &hit.url);
        out.extend([bold, &title, end, "  ", kind, " · ", id, "\n  ", url, "\n"]);
        if !hit.missing.is_empty() {
            let missing = hit.missing.join(", ");
            let without = text!("sans\u{a0}: {missing}", "without: {missing}");
            out.extend(["  ", without.get(language), "\n"]);
        }
        let excerpt: String = hit
            .excerpt
            .iter()
            .map(|piece| {
                if piece.marked {
                    format!("{bold}{}{end}", piece.text)
                } else {
                    piece.text.clone()
                }
            })
            .collect();
        if !excerpt.is_empty() {
            out.extend(["  ", &excerpt, "\n"]);
        }
    }
    out
}

/// How many there are, and what had to be left out or corrected.
fn said(answer: &Answer, language: Language) -> String {
    let mut said = Vec::new();
    for word in &answer.unknown {
        said.push(text!(
            "rien ne correspond à « {word} »",
            "nothing matches `{word}`"
        ));
    }
    if let Some(better) = &answer.suggestion {
        said.push(text!("cherché : {better}", "searched for: {better}"));
    }
    if answer.hits.is_empty() && !answer.plain.is_empty() {
        let plain = &answer.plain;
        said.push(text!(
            "à chercher sans les filtres : {plain}",
            "to search for without the filters: {plain}"
        ));
    }
    if answer.partial && !answer.hits.is_empty() {
        said.push(text!(
            "aucune page ne contient tous ces mots, voici les plus proches",
            "no page holds all these words, here are the nearest"
        ));
    }
    let more = if answer.more { "+" } else { "" };
    let total = answer.total;
    said.push(match (total, answer.hits.len()) {
        (0, _) => text!("aucun résultat", "no result"),
        (1, _) => text!("1 résultat", "1 result"),
        (_, shown) if shown < total as usize => text!(
            "{total}{more} résultats, dont {shown} ici",
            "{total}{more} results, {shown} of them here"
        ),
        _ => text!("{total}{more} résultats", "{total}{more} results"),
    });
    let said: Vec<&str> = said.iter().map(|text| text.get(language)).collect();
    said.join("\n")
}

/// An array of results, one object each.
fn json(answer: &Answer) -> String {
    let object = |hit: &Hit| {
        let excerpt: String = hit
            .excerpt
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        json!({
            "kind": hit.kind, "id": hit.id, "url": hit.url, "title": hit.title,
            "heading": hit.heading, "excerpt": excerpt, "missing": hit.missing, "score": hit.score,
        })
    };
    let hits: Vec<_> = answer.hits.iter().map(object).collect();
    format!("{:#}\n", serde_json::Value::from(hits))
}
