//! Cables told by one end or both, ends that disagree, racks and layers.

use super::{Contradiction, Fault, Topology, natural_order, ports};
use crate::estate::Estate;
use crate::estate::samples::estate;

const SITES: &str = "\
- {id: lyon, name: Lyon}
- {id: lyon-1, name: Salle, parent: lyon}
- {id: annecy, name: Annecy}
";
const MODELS: &str = "\
- {id: m-sw, name: SW4, u_height: 1, ports: [{name: Gi1 à Gi4, speed: 1 Gbit/s}]}
- {id: m-srv, name: SRV, u_height: 2}
- {id: m-rack, name: RACK, u_height: 12}
";
const ASSETS: &str = "\
- {id: rt, name: rt, type: router, site: lyon}
- id: fw
  name: fw
  type: firewall
  site: lyon
  connected_to:
    - {port: wan1, asset: rt, peer_port: lan1}
    - {port: lan1, asset: core, peer_port: Gi1}
    - {port: wan1, asset: fw-a, peer_port: wan1, medium: tunnel}
    - {port: wan1, asset: fw-a, peer_port: wan2, medium: tunnel}
- {id: fw-a, name: fw-a, type: firewall, site: annecy}
- id: core
  name: core
  type: switch
  model: m-sw
  site: lyon-1
  connected_to:
    - {port: gi1, asset: fw, peer_port: LAN1, speed: 10 Gbit/s}
    - {port: Gi2, asset: sw}
    - {port: Gi10, asset: srv, peer_port: e0}
- {id: rack, name: rack, type: rack, site: lyon-1}
- {id: sw, name: sw, type: switch, rack: rack, connected_to: [{port: Gi4, asset: core}]}
- {id: srv, name: srv, type: server, site: lyon, connected_to: [{asset: core, peer_port: Gi10}]}
- {id: tel, name: tel, type: phone, site: lyon, connected_to: [{port: net, asset: sw, peer_port: Gi2}]}
- {id: pc, name: pc, type: desktop, site: lyon, connected_to: [{asset: tel, peer_port: pc}]}
- {id: old, name: old, type: desktop, status: retired, connected_to: [{asset: sw, peer_port: Gi2}]}
- {id: ap, name: ap, type: access-point, site: lyon, connected_to: [{asset: sw, peer_port: Gi3}]}
";

fn sample(assets: &str) -> Estate {
    estate(&[
        ("inventory/sites/all.yaml", SITES),
        ("inventory/models/all.yaml", MODELS),
        ("inventory/assets/all.yaml", assets),
    ])
}

/// Each link as `fw/lan1 core/Gi1`.
fn links(estate: &Estate, topology: &Topology) -> Vec<String> {
    let end = |end: &super::End| {
        let id = &estate.record(end.asset).source.id;
        format!("{id}/{}", end.port.as_deref().unwrap_or("?"))
    };
    let links = topology.links.iter();
    links
        .map(|link| format!("{} {}", end(&link.ends[0]), end(&link.ends[1])))
        .collect()
}

#[test]
fn a_cable_told_by_both_ends_is_one() {
    let estate = sample(ASSETS);
    let topology = estate.topology();
    assert_eq!(
        links(&estate, topology),
        [
            "ap/? sw/Gi3",
            "core/gi1 fw/LAN1",
            "core/Gi10 srv/e0",
            "core/Gi2 sw/Gi4",
            "fw/wan1 fw-a/wan1",
            "fw/wan1 fw-a/wan2",
            "fw/wan1 rt/lan1",
            "pc/? tel/pc",
            "sw/Gi2 tel/net",
        ]
    );
    let both = &topology.links[1];
    assert_eq!(both.declared.len(), 2);
    assert_eq!(both.speed.as_deref(), Some("10 Gbit/s"));
    // Tunnels share the port of the cable that carries them.
    assert_eq!(topology.contradictions, []);
}

#[test]
fn ports_stand_in_the_order_people_count() {
    let estate = sample(ASSETS);
    let core = estate.find("asset", "core").unwrap();
    let ports = ports(&estate, core);
    let told: Vec<(&str, usize)> = ports
        .iter()
        .map(|port| (port.name.as_str(), port.links.len()))
        .collect();
    assert_eq!(
        told,
        [("Gi1", 1), ("Gi2", 1), ("Gi3", 0), ("Gi4", 0), ("Gi10", 1)]
    );
    assert!(ports[0].of_model.is_some() && ports[4].of_model.is_none());
    assert!(natural_order("Gi1/0/2") < natural_order("Gi1/0/10"));
}

#[test]
fn what_cannot_all_be_true_is_found() {
    let estate = sample(
        "- {id: a, name: a, type: switch, connected_to: [{port: p1, asset: b, peer_port: p1}, {port: p2, asset: c, peer_port: x}]}\n\
         - {id: b, name: b, type: switch, connected_to: [{port: p1, asset: a, peer_port: p9}]}\n\
         - {id: c, name: c, type: server}\n\
         - {id: d, name: d, type: server, connected_to: [{asset: a, peer_port: P2}]}\n\
         - {id: e, name: e, type: laptop, connected_to: [{port: w, asset: a, peer_port: p2, medium: radio}]}\n",
    );
    let id = |id: &str| estate.find("asset", id).unwrap().id;
    // Neither the port that one end names nor that of the other is free; the radio shares its port.
    let used = |device: &str| {
        let all = ports(&estate, estate.find("asset", device).unwrap());
        let all = all.into_iter();
        all.map(|port| (port.name, port.links.len()))
            .collect::<Vec<_>>()
    };
    let port = |name: &str, links| (name.to_owned(), links);
    assert_eq!(used("a"), [port("p1", 1), port("p2", 3), port("p9", 1)]);
    let links = &estate.topology().links;
    let wrong = |of: fn(&super::Link) -> bool| links.iter().filter(|it| of(it)).count();
    assert_eq!(wrong(super::Link::is_contradicted), 1);
    assert_eq!(wrong(super::Link::is_crowded), 2);
    assert_eq!(
        estate.topology().contradictions,
        [
            Contradiction::EndsDisagree {
                one: (id("a"), 0),
                other: (id("b"), 0),
            },
            Contradiction::PortUsedTwice {
                asset: id("a"),
                port: "P2".to_owned(),
                first: (id("a"), 1),
                again: (id("d"), 0),
                peers: [id("c"), id("d")],
            },
        ]
    );
}

#[test]
fn a_site_stands_in_layers_with_what_is_plugged_in() {
    let estate = sample(ASSETS);
    let topology = estate.topology();
    let id = |kind: &str, id: &str| estate.find(kind, id).unwrap().id;
    let (lyon, annecy) = (id("site", "lyon"), id("site", "annecy"));
    assert_eq!(topology.sites(&estate), [Some(annecy), Some(lyon)]);
    let map = topology.map(&estate, Some(lyon));
    let layers: Vec<Vec<&str>> = map
        .layers
        .iter()
        .map(|layer| {
            let ids = layer.iter().filter_map(|node| node.asset);
            ids.map(|id| estate.record(id).source.id.as_str()).collect()
        })
        .collect();
    assert_eq!(layers, [["rt"], ["fw"], ["core"], ["sw"]]);
    let sw = &map.layers[3][0];
    assert_eq!(sw.named, [id("asset", "ap")]);
    // The workstation is plugged into the telephone; the retired one is gone.
    let counted: Vec<(&str, usize)> = sw
        .counted
        .iter()
        .map(|(key, n)| (key.as_str(), *n))
        .collect();
    assert_eq!(counted, [("desktop", 1), ("phone", 1)]);
    let outside: Vec<_> = map.layers[1][0]
        .outside
        .iter()
        .map(|(site, _)| *site)
        .collect();
    assert_eq!(outside, [Some(annecy), Some(annecy)]);
    assert_eq!(map.edges.len(), 3);
    let between = topology.between_sites();
    assert_eq!(between.len(), 1);
    assert_eq!(between.values().next().map(Vec::len), Some(2));
}

#[test]
fn racks_tell_what_is_free_and_what_cannot_be() {
    let estate = sample(
        "- {id: rack, name: rack, type: rack, model: m-rack}\n\
         - {id: bare, name: bare, type: rack}\n\
         - {id: a, name: a, type: server, model: m-srv, rack: rack, rack_position: U1}\n\
         - {id: b, name: b, type: switch, model: m-sw, rack: rack, rack_position: U2}\n\
         - {id: c, name: c, type: switch, model: m-sw, rack: rack, rack_position: U2 arrière}\n\
         - {id: d, name: d, type: server, model: m-srv, rack: rack, rack_position: U12}\n\
         - {id: e, name: e, type: server, rack: rack, rack_position: en haut}\n\
         - {id: f, name: f, type: nas, rack: rack, rack_position: U5-U7}\n\
         - {id: g, name: g, type: nas, rack: rack}\n\
         - {id: h, name: h, type: nas, rack: rack, rack_position: U5, status: retired}\n",
    );
    let id = |id: &str| estate.find("asset", id).unwrap().id;
    let racks = &estate.topology().racks;
    assert_eq!(racks[&id("bare")].height, 42);
    let rack = &racks[&id("rack")];
    assert_eq!(
        rack.faults,
        [
            Fault::Unreadable(id("e")),
            Fault::TooHigh(id("d"), 13),
            Fault::Overlap(id("a"), id("b"), 2),
        ]
    );
    assert_eq!(rack.free(), [3, 4, 8, 9, 10, 11, 12]);
    assert_eq!(rack.longest_free(), 5);
    assert_eq!(rack.somewhere, [id("e"), id("g"), id("d")]);
}
