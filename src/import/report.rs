//! A plan in words: numbers first, then what people should look at.

mod dropped;

use std::fmt::Write;

use crate::diagnostic::{Language, Text};
use crate::history::Recorded;
use crate::import::plan::{Doubt, Outcome, Plan, Retirement};
use crate::project::free_text;
use crate::secrets;
use crate::text;

/// The most lines of one sort; more are counted.
const MOST: usize = 50;
/// The longest value shown, in characters.
const LONGEST: usize = 60;

/// The report of an import, or of one that would be made.
pub fn report(plan: &Plan, language: Language, dry_run: bool) -> String {
    let mut out = String::new();
    for note in &plan.notes {
        let _ = writeln!(out, "{}", note.get(language));
    }
    let sections = [
        kept(plan),
        doubts(plan),
        renamed(plan),
        refused(plan),
        not_seen(plan),
        retirement(plan),
    ];
    out.extend(sections.iter().map(|lines| section(language, lines)));
    out.push_str(&links(plan, language, dry_run));
    out.push_str(&how_to_link(plan, language));
    if plan.deleted > 0 {
        let (count, s) = (plan.deleted, plural(plan.deleted));
        let line = text!(
            "toujours à la source, et supprimée{s} de vos fiches\u{a0}: {count} (`deleted_since` dans `inventory/_imports/`)",
            "still at the source, and deleted from your records: {count} (`deleted_since` in `inventory/_imports/`)"
        );
        let _ = writeln!(out, "{}", line.get(language));
    }
    let left: Vec<String> = left_out(plan)
        .iter()
        .map(|text| text.get(language).to_owned())
        .collect();
    if !left.is_empty() {
        let left = left.join(", ");
        let line = text!("laissé de côté : {left}", "left out: {left}");
        let _ = writeln!(out, "{}", line.get(language));
    }
    let _ = writeln!(out, "{}", numbers(plan, dry_run).get(language));
    out
}

/// Some lines, and how many more there are.
fn section(language: Language, lines: &[Text]) -> String {
    let mut out = String::new();
    for line in lines.iter().take(MOST) {
        let _ = writeln!(out, "{}", line.get(language));
    }
    if lines.len() > MOST {
        let more = lines.len() - MOST;
        let line = text!("  … et {more} de plus", "  … and {more} more");
        let _ = writeln!(out, "{}", line.get(language));
    }
    out
}

fn numbers(plan: &Plan, dry_run: bool) -> Text {
    let of = |outcome| {
        plan.outcomes
            .values()
            .filter(|own| **own == outcome)
            .count()
    };
    let (created, changed, unchanged) = (
        of(Outcome::Created),
        of(Outcome::Changed),
        of(Outcome::Unchanged),
    );
    let (kept, doubts) = (plan.kept.len(), plan.doubts.len());
    let (s1, s2, s3, s4) = (
        plural(created),
        plural(changed),
        plural(unchanged),
        plural(kept),
    );
    let (fr, en) = if dry_run {
        (" ; rien n’est écrit", "; nothing is written")
    } else {
        ("", "")
    };
    let fr = fr.replace(" ;", "\u{202f};");
    let gone = gone(plan);
    let (gone_fr, gone_en) = (gone.fr, gone.en);
    text!(
        "{created} fiche{s1} créée{s1}, {changed} modifiée{s2}, {unchanged} inchangée{s3} ; {kept} valeur{s4} gardée{s4}, {doubts} en doute{gone_fr}{fr}",
        "{created} created, {changed} changed, {unchanged} unchanged; {kept} kept by hand, {doubts} in doubt{gone_en}{en}"
    )
}

/// How many records have another name now, how many a complete import lacks, and how many are now out of use or back.
fn gone(plan: &Plan) -> Text {
    let of = |outcome: &Retirement| {
        let all = plan.retirement.values();
        all.filter(|own| *own == outcome).count()
    };
    let (missing, retired, back) = (
        plan.not_seen.len(),
        of(&Retirement::Retired),
        of(&Retirement::Back),
    );
    let (s1, s2) = (plural(missing), plural(retired));
    let renamed = plan.renamed.len();
    let s3 = plural(renamed);
    let parts = [
        (
            renamed,
            text!("\u{202f}; {renamed} renommée{s3}", "; {renamed} renamed"),
        ),
        (
            missing,
            text!(" ; {missing} plus vue{s1}", "; {missing} not seen"),
        ),
        (
            retired,
            text!(
                ", {retired} marquée{s2} hors service",
                ", {retired} marked as out of use"
            ),
        ),
        (back, text!(" ; {back} de retour", "; {back} back")),
    ];
    let mut all = text!("", "");
    for (_, part) in parts.iter().filter(|(count, _)| *count > 0) {
        all.fr.push_str(&part.fr);
        all.en.push_str(&part.en);
    }
    all
}

fn plural(count: usize) -> &'static str {
    if count > 1 { "s" } else { "" }
}

fn kept(plan: &Plan) -> Vec<Text> {
    let lines = plan.kept.iter().map(|kept| {
        let (record, field) = (&kept.record, &kept.field);
        let theirs = kept.theirs.as_ref().map(shown);
        let ours = kept.ours.as_ref().map(shown);
        match (ours, theirs) {
            (Some(ours), None) => text!(
                "gardé\u{a0}: {record}, `{field}` vaut «\u{a0}{ours}\u{a0}», la source ne dit plus rien",
                "kept: {record}, `{field}` is “{ours}”, the source says nothing any more"
            ),
            (Some(ours), Some(theirs)) => {
                text!(
                    "gardé : {record}, `{field}` vaut « {ours} », la source dit « {theirs} »",
                    "kept: {record}, `{field}` is “{ours}”, the source says “{theirs}”"
                )
            }
            (None, Some(theirs)) => text!(
                "gardé : {record}, `{field}` a été retiré à la main, la source dit « {theirs} »",
                "kept: {record}, `{field}` was taken out by hand, the source says “{theirs}”"
            ),
            (None, None) => text!("", ""),
        }
    });
    lines.collect()
}

fn renamed(plan: &Plan) -> Vec<Text> {
    let lines = plan.renamed.iter().map(|(record, (old, new))| {
        let (old, new) = (cut(old), cut(new));
        let (_, id) = record.split_once(':').unwrap_or_default();
        text!(
            "renommé\u{a0}: {record}, «\u{a0}{old}\u{a0}» → «\u{a0}{new}\u{a0}»\u{202f}; la fiche garde son identifiant, `{id}`",
            "renamed: {record}, “{old}” → “{new}”; the record keeps its id, `{id}`"
        )
    });
    lines.collect()
}

fn doubts(plan: &Plan) -> Vec<Text> {
    let named = |records: &[String]| {
        let shown = records.iter().map(|record| match plan.places.get(record) {
            Some(place) => format!("{record} ({place})"),
            None => record.clone(),
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    let lines = plan.doubts.iter().map(|doubt| match doubt {
        Doubt::Several(title, records) => {
            let records = named(records);
            text!(
                "en doute : « {title} » pourrait être {records} ; donnez son numéro de série à la bonne fiche, ou un autre nom à l’autre",
                "in doubt: “{title}” could be {records}; give its serial number to the right record, or another name to the other"
            )
        }
        Doubt::Same(title, records) => {
            let records = named(records);
            text!(
                "en doute : « {title} » a le numéro de {records}, et un autre nom ; corrigez le numéro là où il est faux, ou ne gardez qu’une fiche",
                "in doubt: “{title}” has the number of {records}, and another name; correct the number where it is wrong, or keep one record alone"
            )
        }
        Doubt::Address(title, records) => {
            let records = named(records);
            text!(
                "en doute\u{a0}: «\u{a0}{title}\u{a0}» n’a en commun avec {records} qu’une adresse MAC, et un autre nom\u{202f}; si c’est la même machine, écrivez ce nom dans la fiche (`hostname`)\u{202f}; sinon, créez celle de l’autre sous ce nom (`carnet new asset`)",
                "in doubt: “{title}” has a MAC address alone in common with {records}, and another name; if it is the same machine, write that name into the record (`hostname`); else make the record of the other under that name (`carnet new asset`)"
            )
        }
        Doubt::Deleted(title, record, path) => text!(
            "en doute : « {title} » est vu, et sa fiche {record} a été supprimée ; supprimez `{path}` pour la recréer",
            "in doubt: “{title}” is seen, and its record {record} was deleted; delete `{path}` to have it created again"
        ),
    });
    lines.collect()
}

fn refused(plan: &Plan) -> Vec<Text> {
    let lines = plan.refused.iter().map(|(record, refusal)| {
        let (path, line) = (&refusal.path, refusal.place.line);
        let Text { fr, en } = refusal.reason.text();
        text!(
            "non modifié : {record}, {path}:{line} : {fr}",
            "not edited: {record}, {path}:{line}: {en}"
        )
    });
    lines.collect()
}

fn not_seen(plan: &Plan) -> Vec<Text> {
    let lines = plan.not_seen.iter().map(|(record, day)| {
        text!(
            "plus vu depuis le {day} : {record}",
            "not seen since {day}: {record}"
        )
    });
    lines.collect()
}

fn retirement(plan: &Plan) -> Vec<Text> {
    let lines = plan.retirement.iter().map(|(record, told)| match told {
        Retirement::Retired => text!(
            "marqué hors service : {record}",
            "marked as out of use: {record}"
        ),
        Retirement::Back => text!("de retour : {record}", "back: {record}"),
        Retirement::Kept(field, ours) => {
            let ours = ours.as_ref().map(shown).unwrap_or_default();
            text!(
                "non marqué hors service\u{a0}: {record}, plus vu, mais `{field}: {ours}` est de votre main",
                "not marked as out of use: {record}, not seen, but `{field}: {ours}` is by your hand"
            )
        }
        Retirement::Elsewhere(day) => text!(
            "non marqué hors service\u{a0}: {record}, vu ailleurs le {day}",
            "not marked as out of use: {record}, seen elsewhere on {day}"
        ),
    });
    lines.collect()
}

/// The names to link, those that most records wait for first: all of them where nothing is written.
fn links(plan: &Plan, language: Language, dry_run: bool) -> String {
    let lines = to_link(plan);
    if !dry_run {
        let mut out = section(language, &lines);
        if lines.len() > MOST {
            let line = text!("  (tous : `--dry-run`)", "  (all of them: `--dry-run`)");
            let _ = writeln!(out, "{}", line.get(language));
        }
        return out;
    }
    let mut out = String::new();
    for line in &lines {
        let _ = writeln!(out, "{}", line.get(language));
    }
    out
}

/// How the names that no record has come into the estate.
fn how_to_link(plan: &Plan, language: Language) -> String {
    if plan.to_link.is_empty() {
        return String::new();
    }
    // A text of the record itself keeps what somebody is called.
    let fields = plan.to_link.keys().map(|(field, _)| field);
    let (kept, lost): (Vec<&String>, Vec<&String>) =
        fields.partition(|field| plan.in_words.contains(*field));
    let how = text!(
        "créez la fiche de chacun (`carnet new`, ou l’import d’une liste), puis recommencez cet import, qui fera le lien",
        "make the record of each (`carnet new`, or the import of a list), then run this import again, which links them"
    );
    let Text { fr, en } = how;
    let line = match (kept.is_empty(), lost.is_empty()) {
        (true, _) => text!(
            "  ces noms ne sont écrits dans aucune fiche\u{a0}: {fr}",
            "  no record has these names: {en}"
        ),
        (false, true) => text!(
            "  ces noms restent en toutes lettres (`alternate_user`, note d’un événement)\u{a0}: {fr}",
            "  these names stay as words (`alternate_user`, the note of an event): {en}"
        ),
        (false, false) => text!(
            "  ces noms ne sont écrits dans aucune fiche, sauf ceux d’utilisateurs (`alternate_user`) et de déroulés (note)\u{a0}: {fr}",
            "  no record has these names, but for those of users (`alternate_user`) and of timelines (note): {en}"
        ),
    };
    format!("{}\n", line.get(language))
}

fn to_link(plan: &Plan) -> Vec<Text> {
    let mut all: Vec<(&(String, String), &usize)> = plan.to_link.iter().collect();
    all.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    let lines = all.into_iter().map(|((field, name), count)| {
        let name = cut(name);
        let Text { fr, en } = called(plan, field);
        text!(
            "à lier : {fr} « {name} » ({count}), aucune fiche de ce nom",
            "to link: {en} “{name}” ({count}), no record of that name"
        )
    });
    lines.collect()
}

/// What a field is called (`kind.field`), by its label.
fn called(plan: &Plan, field: &str) -> Text {
    let label = plan.labels.get(field).cloned();
    label.unwrap_or_else(|| text!("{field}", "{field}"))
}

/// What the reader or the schema left out, by kind, and the files that no reader was asked to read.
fn left_out(plan: &Plan) -> Vec<Text> {
    let dropped = plan.dropped.iter().map(|(what, count)| {
        let Text { fr, en } = dropped::label(what);
        text!("{fr} ({count})", "{en} ({count})")
    });
    let unfit = plan.unfit.iter().map(|(field, count)| {
        let Text { fr, en } = called(plan, field);
        text!(
            "valeurs inutilisables de {fr} ({count})",
            "unusable values of {en} ({count})"
        )
    });
    let passed_over = plan.passed_over.iter();
    let passed_over = passed_over.map(|(end, count)| {
        if end.is_empty() {
            return text!(
                "fichiers sans extension ({count})",
                "files without an extension ({count})"
            );
        }
        let end = cut(end);
        text!("fichiers `.{end}` ({count})", "`.{end}` files ({count})")
    });
    dropped.chain(unfit).chain(passed_over).collect()
}

fn shown(value: &Recorded) -> String {
    let text = match value {
        Recorded::Text(text) => text.clone(),
        Recorded::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            items.join(", ")
        }
        Recorded::Structure(parts) => {
            let parts: Vec<String> = parts.values().map(shown).collect();
            parts.join(" ")
        }
    };
    cut(&text)
}

/// A text on one line, not too long, and without the secrets that people wrote into it.
fn cut(text: &str) -> String {
    let shown = free_text::without(text);
    let text = shown.as_ref().map_or(text, |(shown, _)| shown);
    let (text, _) = secrets::starred(text);
    let text: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
