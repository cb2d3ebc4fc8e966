//! What contradicts itself in racks and cables, each in a sentence with links: a number alone sends its reader
//! to the messages of a build that somebody else ran.

use crate::estate::RecordId;
use crate::estate::topology::{Contradiction, Elevation, Fault, declared_text};
use crate::site::context::{Contradictions, Value};
use crate::site::page::Page;

/// So many are told; then their number.
const MOST: usize = 20;

/// The cables that cannot all be as declared.
pub(super) fn of_links(page: &Page<'_>) -> Option<Contradictions> {
    let all = &page.estate().topology().contradictions;
    let told = all.iter().take(MOST).map(|it| link(page, it));
    list(page, told.collect(), all.len())
}

/// What cannot stand in its rack, in all of them.
pub(super) fn of_racks(page: &Page<'_>) -> Option<Contradictions> {
    let racks = &page.estate().topology().racks;
    let all = racks.iter().flat_map(|(id, rack)| {
        let faults = rack.faults.iter();
        faults.map(move |fault| (*id, rack, fault))
    });
    let count = all.clone().count();
    let told = all.take(MOST);
    let told = told.map(|(id, rack, fault)| position(page, id, rack, fault));
    list(page, told.collect(), count)
}

/// What cannot stand in one rack.
pub(super) fn of_rack(page: &Page<'_>, id: RecordId, rack: &Elevation) -> Option<Contradictions> {
    let told = rack.faults.iter().take(MOST);
    let told = told.map(|fault| position(page, id, rack, fault));
    list(page, told.collect(), rack.faults.len())
}

fn list(page: &Page<'_>, told: Vec<Vec<Value>>, count: usize) -> Option<Contradictions> {
    let more = count.saturating_sub(told.len());
    (count > 0).then(|| Contradictions {
        told,
        more: (more > 0).then(|| page.count("and-more", more)),
    })
}

fn position(page: &Page<'_>, rack: RecordId, elevation: &Elevation, fault: &Fault) -> Vec<Value> {
    let estate = page.estate();
    let record = |id: RecordId| Value::link(page.link_with_id(estate.record(id)));
    let unit = |unit: u32| Value::text(unit.to_string());
    let rack = ("{rack}", record(rack));
    match fault {
        Fault::Unreadable(asset) => {
            let written = estate.record(*asset).view().text("rack_position");
            let written = ("{position}", Value::code(written.unwrap_or_default()));
            let parts = [("{asset}", record(*asset)), rack, written];
            sentence(page, "racks-fault-unreadable", &parts)
        }
        Fault::TooHigh(asset, top) => {
            let height = ("{height}", unit(elevation.height));
            let parts = [
                ("{asset}", record(*asset)),
                rack,
                ("{top}", unit(*top)),
                height,
            ];
            sentence(page, "racks-fault-too-high", &parts)
        }
        Fault::Overlap(below, asset, at) => {
            let other = ("{other}", record(*below));
            let parts = [
                ("{asset}", record(*asset)),
                other,
                rack,
                ("{unit}", unit(*at)),
            ];
            sentence(page, "racks-fault-overlap", &parts)
        }
    }
}

fn link(page: &Page<'_>, contradiction: &Contradiction) -> Vec<Value> {
    let estate = page.estate();
    let record = |id: RecordId| Value::link(page.link_with_id(estate.record(id)));
    match contradiction {
        Contradiction::EndsDisagree { one, other } => {
            let port = |declared, key| {
                let text = declared_text(estate, declared, key);
                Value::code(text.unwrap_or_default())
            };
            let parts = [
                ("{one}", record(one.0)),
                ("{other}", record(other.0)),
                ("{near}", port(*one, "port")),
                ("{far}", port(*one, "peer_port")),
                ("{own}", port(*other, "port")),
                ("{back}", port(*other, "peer_port")),
            ];
            sentence(page, "topology-fault-ends", &parts)
        }
        Contradiction::ToItself { declared } => {
            let port = declared_text(estate, *declared, "port").unwrap_or_default();
            let parts = [
                ("{asset}", record(declared.0)),
                ("{port}", Value::code(port)),
            ];
            sentence(page, "topology-fault-itself", &parts)
        }
        Contradiction::PortUsedTwice {
            asset, port, peers, ..
        } => {
            let [one, other] = peers.map(record);
            let parts = [
                ("{port}", Value::code(port)),
                ("{asset}", record(*asset)),
                ("{one}", one),
                ("{other}", other),
            ];
            sentence(page, "topology-fault-port", &parts)
        }
    }
}

/// A label with values at the places of its words in braces.
fn sentence(page: &Page<'_>, key: &str, parts: &[(&str, Value)]) -> Vec<Value> {
    let label = page.word(key);
    let mut rest = label.as_str();
    let mut pieces = Vec::new();
    loop {
        let found = parts
            .iter()
            .filter_map(|part| Some((rest.find(part.0)?, part)));
        let Some((at, (name, value))) = found.min_by_key(|(at, _)| *at) else {
            break;
        };
        pieces.push(Value::text(&rest[..at]));
        pieces.push(value.clone());
        rest = &rest[at + name.len()..];
    }
    pieces.push(Value::text(rest));
    pieces.retain(|it| *it != Value::text(""));
    pieces
}
