//! The table of checks that are more than an order of dates; one function each, silent on a sound record.

use crate::estate::{Estate, Record, RecordId, accounts, deadlines, places};
use crate::schema::Choice;
use crate::text;

use super::{Seen, in_words};

/// A check, with the kind that it is for.
type Check = (&'static str, fn(&mut Seen<'_>));

/// All checks; those of a record are told in this order.
pub(super) const CHECKS: &[Check] = &[
    ("asset", present_yet_gone),
    ("asset", stock_with_user),
    ("asset", user_who_left),
    ("asset", user_of_another_organisation),
    ("asset", away_from_its_rack),
    ("asset", virtual_in_a_rack),
    ("asset", rack_that_is_none),
    ("asset", seen_after_its_end),
    ("asset", erased_after_leaving),
    ("person", own_manager),
    ("licence", seat_of_a_leaver),
];

/// What a status means; the key where the schema says nothing more.
fn status(record: &Record) -> Option<&str> {
    record.view().choice("status").map(Choice::meaning)
}

/// A status of the fleet beside a day of retirement that is past.
fn present_yet_gone(seen: &mut Seen<'_>) {
    let present = ["in-service", "in-repair", "in-stock", "planned"];
    if !status(seen.record).is_some_and(|status| present.contains(&status)) {
        return;
    }
    let as_of = seen.estate.as_of;
    let past = |key: &&str| seen.view.date(key).is_some_and(|day| day <= as_of);
    let Some(key) = ["disposed", "retired"].into_iter().find(|key| past(key)) else {
        return;
    };
    let Some((choice, day)) = seen.view.choice("status").zip(seen.view.date(key)) else {
        return;
    };
    let [day_fr, day_en] = in_words(day);
    let (fr, en) = (&choice.labels.fr, &choice.labels.en);
    let message = text!(
        "le statut est «\u{a0}{fr}\u{a0}», et `{key}` dit que l’équipement est sorti le {day_fr}",
        "the status is “{en}”, and `{key}` says that the asset left on {day_en}"
    );
    seen.tell("status", Some(key), message);
}

fn stock_with_user(seen: &mut Seen<'_>) {
    if status(seen.record) != Some("in-stock") {
        return;
    }
    if let Some(user) = seen.estate.first(seen.record, "user") {
        let name = &user.title;
        let message = text!(
            "l’équipement est en stock et a un utilisateur, {name}",
            "the asset is in stock and has a user, {name}"
        );
        seen.tell("user", Some("status"), message);
    }
}

fn user_who_left(seen: &mut Seen<'_>) {
    if !deadlines::is_live(seen.estate, seen.record) {
        return;
    }
    let Some(user) = seen.estate.first(seen.record, "user") else {
        return;
    };
    if !accounts::has_left(seen.estate, user) {
        return;
    }
    let name = &user.title;
    let message = match user.view().date("left") {
        Some(day) => {
            let [fr, en] = in_words(day);
            text!(
                "l’utilisateur, {name}, a quitté l’organisation le {fr}",
                "the user, {name}, left on {en}"
            )
        }
        None => text!(
            "l’utilisateur, {name}, n’est plus là",
            "the user, {name}, is no longer there"
        ),
    };
    seen.tell("user", None, message);
}

/// Both of them are written, and neither organisation lies in the other.
fn user_of_another_organisation(seen: &mut Seen<'_>) {
    let estate = seen.estate;
    if !deadlines::is_live(estate, seen.record) {
        return;
    }
    let Some(user) = estate.first(seen.record, "user") else {
        return;
    };
    let Some(own) = estate.clients().owner(seen.record) else {
        return;
    };
    let Some(theirs) = estate.first(user, "organisation") else {
        return;
    };
    if is_within(estate, own, theirs.id) || is_within(estate, theirs.id, own) {
        return;
    }
    let (name, theirs, own) = (&user.title, &theirs.title, &estate.record(own).title);
    let message = text!(
        "l’organisation de l’utilisateur, {name}, est «\u{a0}{theirs}\u{a0}», et celle de l’équipement «\u{a0}{own}\u{a0}»",
        "the organisation of the user, {name}, is “{theirs}”, and that of the asset “{own}”"
    );
    seen.tell("user", Some("organisation"), message);
}

/// Whether an organisation is another, or lies in it at some depth.
fn is_within(estate: &Estate, inner: RecordId, outer: RecordId) -> bool {
    const DEEPEST: usize = 8;
    let above = |one: &&Record| estate.first(estate.record(one.id), "parent");
    let line = std::iter::successors(Some(estate.record(inner)), above);
    line.take(DEEPEST).any(|one| one.id == outer)
}

/// The places of a machine and of its rack, neither of which lies in the other.
fn away_from_its_rack(seen: &mut Seen<'_>) {
    let estate = seen.estate;
    let Some(rack) = estate.first(seen.record, "rack") else {
        return;
    };
    let (own, theirs) = (
        places::places(estate, seen.record),
        places::places(estate, rack),
    );
    let (Some(here), Some(there)) = (own.first(), theirs.first()) else {
        return;
    };
    let holds = |all: &[&Record], one: &Record| all.iter().any(|place| place.id == one.id);
    if holds(&own, there) || holds(&theirs, here) {
        return;
    }
    let (here, there) = (places::told(estate, here), places::told(estate, there));
    let name = &rack.title;
    let message = text!(
        "l’équipement est à «\u{a0}{here}\u{a0}», et sa baie, {name}, à «\u{a0}{there}\u{a0}»",
        "the asset is at “{here}”, and its rack, {name}, at “{there}”"
    );
    seen.tell("site", Some("rack"), message);
}

fn virtual_in_a_rack(seen: &mut Seen<'_>) {
    let own_type = seen.view.choice("type");
    if own_type.is_none_or(|own| own.key != "virtual-machine") {
        return;
    }
    let mut keys = ["rack", "rack_position"].into_iter();
    if let Some(key) = keys.find(|key| seen.view.entry(key).is_some()) {
        let message = text!(
            "une machine virtuelle n’a pas de place dans une baie",
            "a virtual machine has no place in a rack"
        );
        seen.tell(key, Some("type"), message);
    }
}

fn rack_that_is_none(seen: &mut Seen<'_>) {
    let Some(rack) = seen.estate.first(seen.record, "rack") else {
        return;
    };
    let Some(own) = rack.view().choice("type").filter(|own| own.key != "rack") else {
        return;
    };
    let (name, fr, en) = (&rack.title, &own.labels.fr, &own.labels.en);
    let message = text!(
        "`rack` nomme {name}, qui n’est pas une baie\u{a0}: son type est «\u{a0}{fr}\u{a0}»",
        "`rack` names {name}, which is no rack: its type is “{en}”"
    );
    seen.tell("rack", None, message);
}

/// A machine that an inventory tool, or a person, saw after it had left.
fn seen_after_its_end(seen: &mut Seen<'_>) {
    let ends = ["disposed", "retired"].into_iter();
    let end = ends.filter_map(|key| Some((key, seen.view.date(key)?)));
    let Some((key, end)) = end.min_by_key(|(_, day)| *day) else {
        return;
    };
    // What is retired may wait in a cupboard, and be counted there; only a machine that runs is at work.
    let Some(last) = seen.view.date("last_seen").filter(|last| *last > end) else {
        return;
    };
    let ([last_fr, last_en], [end_fr, end_en]) = (in_words(last), in_words(end));
    let message = text!(
        "l’équipement a été vu le {last_fr}, après sa sortie (`{key}`), le {end_fr}",
        "the asset was seen on {last_en}, after its end (`{key}`), on {end_en}"
    );
    seen.tell("last_seen", Some(key), message);
}

fn erased_after_leaving(seen: &mut Seen<'_>) {
    let days = seen
        .view
        .date("data_erased")
        .zip(seen.view.date("disposed"));
    let Some((erased, gone)) = days.filter(|(erased, gone)| erased > gone) else {
        return;
    };
    let ([erased_fr, erased_en], [gone_fr, gone_en]) = (in_words(erased), in_words(gone));
    let message = text!(
        "les données sont effacées le {erased_fr}, après la sortie du parc, le {gone_fr}",
        "the data are erased on {erased_en}, after the asset left on {gone_en}"
    );
    seen.tell("data_erased", Some("disposed"), message);
}

fn own_manager(seen: &mut Seen<'_>) {
    let manager = seen.estate.first(seen.record, "manager");
    if manager.is_some_and(|manager| manager.id == seen.record.id) {
        let message = text!(
            "cette personne est sa propre responsable",
            "this person is their own manager"
        );
        seen.tell("manager", None, message);
    }
}

/// A seat that still counts, of somebody who left.
fn seat_of_a_leaver(seen: &mut Seen<'_>) {
    let (estate, as_of) = (seen.estate, seen.estate.as_of);
    if !deadlines::is_live(estate, seen.record)
        || seen.view.date("expires").is_some_and(|end| end < as_of)
    {
        return;
    }
    for seat in seen.view.structures("assignments") {
        if seat.date("until").is_some_and(|end| end <= as_of) {
            continue;
        }
        let holder = estate.linked_in(seen.record, seat, "to").next();
        let left =
            |person: &&Record| person.kind().name == "person" && accounts::has_left(estate, person);
        if let Some((person, entry)) = holder.filter(left).zip(seat.entry("to")) {
            let name = &person.title;
            seen.found.push(super::Contradiction {
                record: seen.record.id,
                place: entry.value.range,
                other: None,
                message: text!(
                    "cette licence est affectée à {name}, qui a quitté l’organisation",
                    "this licence is assigned to {name}, who left"
                ),
            });
        }
    }
}
