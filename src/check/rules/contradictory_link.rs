//! Finds cables that cannot all be as declared: the two ends name different ports, or one port holds two cables.
//!
//! Who unplugs by such a list unplugs the wrong machine. Mend it at the device: read the port (LLDP says it),
//! and correct the end that is wrong. A cable may be declared at one end only. Tunnels, radio links and virtual
//! machines share a port.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::topology::{Contradiction, declared_text};
use crate::estate::{Estate, RecordId};
use crate::source::Span;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "contradictory-link",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let id = |record: RecordId| &estate.record(record).source.id;
    let port = |declared, key| declared_text(estate, declared, key).unwrap_or_default();
    for contradiction in &estate.topology().contradictions {
        let (place, message) = match contradiction {
            Contradiction::EndsDisagree { one, other } => {
                let (a, b) = (id(one.0), id(other.0));
                let (near, far) = (port(*one, "port"), port(*one, "peer_port"));
                let (back, own) = (port(*other, "peer_port"), port(*other, "port"));
                let message = text!(
                    "les deux bouts se contredisent : selon `{a}`, son port `{near}` va au port `{far}` de `{b}` ; \
                     selon `{b}`, son port `{own}` va au port `{back}` de `{a}`",
                    "the two ends disagree: `{a}` says that its port `{near}` leads to port `{far}` of `{b}`; \
                     `{b}` says that its port `{own}` leads to port `{back}` of `{a}`"
                );
                (place_of(estate, *other), message)
            }
            Contradiction::ToItself { declared } => {
                let own = id(declared.0);
                let message = text!(
                    "ce câble part de `{own}` et y revient\u{a0}: il ne compte pas",
                    "this cable leaves `{own}` and comes back to it: it does not count"
                );
                (place_of(estate, *declared), message)
            }
            Contradiction::PortUsedTwice {
                asset,
                port,
                again,
                peers,
                ..
            } => {
                let device = id(*asset);
                let [one, other] = peers.map(id);
                let message = text!(
                    "le port `{port}` de `{device}` porte deux câbles : l’un vers `{one}`, l’autre vers `{other}`",
                    "port `{port}` of `{device}` holds two cables: one to `{one}`, the other to `{other}`"
                );
                (place_of(estate, *again), message)
            }
        };
        let help = text!(
            "relevez le port sur l’équipement (LLDP le dit) et corrigez le bout qui se trompe ; un lien qui partage \
             un port s’écrit `medium: tunnel`, `radio` ou `virtual`",
            "read the port at the device (LLDP tells it) and correct the end that is wrong; a link that shares \
             a port is written `medium: tunnel`, `radio` or `virtual`"
        );
        report.at(place, message, Some(help));
    }
}

/// Where a declaration stands.
fn place_of(estate: &Estate, (asset, place): (RecordId, usize)) -> Span {
    let record = estate.record(asset);
    let written = record.view().values("connected_to").get(place);
    let range = written.map_or(record.source.id_range, |it| it.range);
    record.source.span(range)
}
