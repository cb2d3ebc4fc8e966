//! What is written twice, among those that can meet.

use super::{CLIENTS, with};
use crate::estate::network::repeats;

#[test]
fn repeats_are_found_among_those_that_can_meet() {
    let estate = with(&[
        CLIENTS,
        (
            "prefixes",
            "- {id: p, prefix: 192.0.2.0/24, organisation: a}\n",
        ),
        (
            "assets",
            "- {id: a1, name: a1, organisation: a, hostname: SRV, ip: [192.0.2.5, 10.0.0.5], mac: ['00:00:5e:00:53:01']}\n\
             - {id: a2, name: a2, organisation: a, hostname: srv., ip: [192.0.2.5], mac: [00-00-5E-00-53-01]}\n\
             - {id: a3, name: a3, organisation: a, hostname: srv, status: planned, ip: [192.0.2.5], mac: ['02:00:5e:00:53:01']}\n\
             - {id: b1, name: b1, organisation: b, hostname: srv, ip: [10.0.0.5], mac: ['02:00:5e:00:53:01']}\n\
             - {id: fw1, name: fw1, organisation: a, ip: [192.0.2.1], redundant_with: [fw2]}\n\
             - {id: fw2, name: fw2, organisation: a, ip: [192.0.2.1, 0.0.0.0]}\n\
             - {id: old, name: old, organisation: a, status: lost, hostname: srv, ip: [192.0.2.5], mac: ['00:00:5e:00:53:01']}\n",
        ),
    ]);
    let id = |id| estate.record(id).source.id.clone();
    let told = |all: &[repeats::Repeat]| -> Vec<String> {
        let line =
            |it: &repeats::Repeat| format!("{} {} {}", it.written, id(it.first), id(it.asset));
        all.iter().map(line).collect()
    };
    assert_eq!(told(repeats::addresses(&estate)), ["192.0.2.5 a1 a2"]);
    assert_eq!(told(&repeats::macs(&estate)), ["00-00-5E-00-53-01 a1 a2"]);
    assert_eq!(told(&repeats::host_names(&estate)), ["srv a1 a2"]);
}
