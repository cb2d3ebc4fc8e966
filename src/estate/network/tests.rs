//! Longest match by owner, ranges as people write them, states and counts; on 20 November 2026.

mod written_twice;

use std::net::IpAddr;

use super::{Network, Prefix, State, known, next_blocks, ranges, repeats};
use crate::estate::Estate;
use crate::estate::samples::estate;

fn with(files: &[(&str, &str)]) -> Estate {
    let paths: Vec<String> = files
        .iter()
        .map(|(kind, _)| format!("inventory/{kind}/all.yaml"))
        .collect();
    let all = paths.iter().zip(files);
    estate(
        &all.map(|(path, (_, text))| (path.as_str(), *text))
            .collect::<Vec<_>>(),
    )
}

fn network(text: &str) -> Network {
    let (address, length) = text.split_once('/').unwrap();
    Network::new(address.parse().unwrap(), length.parse().unwrap())
}

fn prefix<'a>(estate: &'a Estate, id: &str) -> &'a Prefix {
    let record = estate.find("prefix", id).unwrap();
    &estate.addressing().prefixes[&record.id]
}

/// Each asset's address with the id of its prefix.
fn placed(estate: &Estate) -> Vec<String> {
    let id = |id| estate.record(id).source.id.clone();
    let told = estate.addressing().addresses.iter().map(|held| {
        let prefix = held.prefix.map_or("-".to_owned(), id);
        format!("{} {} {prefix}", id(held.asset), held.address)
    });
    told.collect()
}

/// The stretches of a prefix in a line each.
fn stretches(estate: &Estate, id: &str) -> Vec<String> {
    let usage = estate.addressing().usage(prefix(estate, id));
    let told = usage.stretches.iter().map(|it| {
        let whose = it
            .whose
            .iter()
            .map(|id| estate.record(*id).source.id.as_str());
        let whose = whose.collect::<Vec<_>>().join("+");
        let usage = it.usage.as_deref().unwrap_or_default();
        format!("{} {} {whose}{usage}", it.range, it.state.key())
            .trim_end()
            .to_owned()
    });
    told.collect()
}

#[test]
fn ranges_as_people_write_them() {
    let told = |text: &str| {
        let all = ranges(text)?;
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        Some(all.join(" "))
    };
    let read = |text: &str| told(text).unwrap_or_else(|| "unreadable".to_owned());
    assert_eq!(read("192.0.2.10-192.0.2.19"), "192.0.2.10-192.0.2.19");
    assert_eq!(read("192.0.2.10 – 192.0.2.19"), "192.0.2.10-192.0.2.19");
    assert_eq!(read("192.0.2.10 à 192.0.2.19"), "192.0.2.10-192.0.2.19");
    assert_eq!(read("192.0.2.10-19"), "192.0.2.10-192.0.2.19");
    assert_eq!(read("192.0.2.10-.19"), "192.0.2.10-192.0.2.19");
    assert_eq!(read("192.0.2.77/28"), "192.0.2.64-192.0.2.79");
    assert_eq!(
        read("192.0.2.1, 192.0.2.4-5"),
        "192.0.2.1 192.0.2.4-192.0.2.5"
    );
    assert_eq!(
        read("2001:db8::10-2001:db8::1f"),
        "2001:db8::10-2001:db8::1f"
    );
    assert_eq!(
        read("2001:db8::/64"),
        "2001:db8::-2001:db8::ffff:ffff:ffff:ffff"
    );
    let unreadable = [
        "",
        ",",
        "192.0.2.19-192.0.2.10",
        "192.0.2.10-2001:db8::1",
        "192.0.2.10-300",
        "192.0.2.0/33",
        "2001:db8::1-5",
        "par le routeur",
        "192.0.2.10-",
    ];
    for text in unreadable {
        assert_eq!(told(text), None, "{text}");
    }
}

#[test]
fn networks_know_their_size_and_their_ends() {
    let facts = |text: &str| {
        let it = network(text);
        (it.range.size(), it.usable(), it.to_string())
    };
    assert_eq!(
        facts("192.0.2.77/24"),
        (256, 254, "192.0.2.0/24".to_owned())
    );
    assert_eq!(facts("192.0.2.0/30"), (4, 2, "192.0.2.0/30".to_owned()));
    assert_eq!(facts("192.0.2.1/31"), (2, 2, "192.0.2.0/31".to_owned()));
    assert_eq!(facts("192.0.2.1/32"), (1, 1, "192.0.2.1/32".to_owned()));
    assert_eq!(facts("0.0.0.0/0").0, 1 << 32);
    assert_eq!(
        facts("2001:db8::/64"),
        (1 << 64, (1 << 64) - 1, "2001:db8::/64".to_owned())
    );
    assert_eq!(facts("2001:db8::/127").1, 2);
    assert_eq!(facts("2001:db8::7/128").1, 1);
    assert_eq!(facts("::/0"), (u128::MAX, u128::MAX - 1, "::/0".to_owned()));
}

const CLIENTS: (&str, &str) = (
    "organisations",
    "- {id: a, name: A, type: client}\n- {id: b, name: B, type: client}\n- {id: b2, name: B2, parent: b}\n",
);

#[test]
fn one_private_range_belongs_to_each_client_by_itself() {
    let estate = with(&[
        CLIENTS,
        (
            "sites",
            "- {id: sa, name: SA, organisation: a}\n- {id: sb, name: SB, organisation: b}\n- {id: room, name: R, parent: sa}\n",
        ),
        (
            "prefixes",
            "- {id: pa, prefix: 10.0.0.0/24, organisation: a, site: sa}\n\
             - {id: pb, prefix: 10.0.0.0/24, organisation: b, site: sb}\n\
             - {id: free, prefix: 10.9.0.0/24}\n\
             - {id: ps, prefix: 10.3.0.0/24, organisation: a, site: sa}\n\
             - {id: wide, prefix: 10.0.0.0/8, organisation: a, role: container}\n",
        ),
        (
            "assets",
            "- {id: one, name: one, organisation: a, ip: [10.0.0.1]}\n\
             - {id: two, name: two, organisation: b, ip: [10.0.0.1, 10.9.0.2, 10.7.0.2]}\n\
             - {id: below, name: below, organisation: b2, ip: [10.0.0.3]}\n\
             - {id: placed, name: placed, site: room, ip: [10.0.0.4, 10.1.0.4]}\n\
             - {id: guest, name: guest, organisation: b, site: room, ip: [10.1.0.5]}\n\
             - {id: hosted, name: hosted, organisation: b, site: room, ip: [10.0.0.6, 10.3.0.6]}\n\
             - {id: stray, name: stray, ip: [10.0.0.7, 10.2.0.7, 10.9.0.7]}\n\
             - {id: gone, name: gone, organisation: a, status: retired, ip: [10.0.0.8]}\n\
             - {id: sold, name: sold, organisation: a, disposed: 2026-11-20, ip: [10.0.0.9]}\n",
        ),
    ]);
    assert_eq!(
        placed(&estate),
        [
            "one 10.0.0.1 pa",
            "two 10.0.0.1 pb",
            "below 10.0.0.3 pb",
            "placed 10.0.0.4 pa",
            "hosted 10.0.0.6 pb",
            "stray 10.0.0.7 -",
            "placed 10.1.0.4 wide",
            "guest 10.1.0.5 -",
            "stray 10.2.0.7 wide",
            "hosted 10.3.0.6 ps",
            "two 10.7.0.2 -",
            "two 10.9.0.2 free",
            "stray 10.9.0.7 free",
        ]
    );
    assert_eq!(repeats::addresses(&estate), []);
}

#[test]
fn the_tree_is_made_of_the_nearest_around() {
    let estate = with(&[
        CLIENTS,
        (
            "prefixes",
            "- {id: all, prefix: 10.0.0.0/8}\n\
             - {id: mid, prefix: 10.0.0.0/16, organisation: a}\n\
             - {id: low, prefix: 10.0.0.0/24, organisation: a, role: users}\n\
             - {id: box, prefix: 10.0.0.0/24, organisation: a, role: container}\n\
             - {id: six, prefix: '2001:db8::/48', organisation: a}\n\
             - {id: other, prefix: 10.0.0.128/25, organisation: b}\n",
        ),
    ]);
    let parent = |id: &str| {
        let parent = prefix(&estate, id).parent;
        parent.map_or("", |id| estate.record(id).source.id.as_str())
    };
    assert_eq!(
        ["low", "box", "mid", "six", "other", "all"].map(parent),
        ["box", "mid", "all", "", "all", ""]
    );
    let is_container = |id: &str| prefix(&estate, id).is_container;
    assert_eq!(
        ["all", "mid", "box", "low", "six"].map(is_container),
        [true, true, true, false, false]
    );
    let roots = estate.addressing().roots();
    let roots: Vec<&str> = roots
        .iter()
        .map(|it| estate.record(it.record).source.id.as_str())
        .collect();
    assert_eq!(roots, ["all", "mid", "six", "other"]);
}

#[test]
fn states_cover_each_address_once() {
    let estate = with(&[
        (
            "prefixes",
            "- id: p\n  prefix: 192.0.2.0/27\n  gateway: 192.0.2.1\n  dhcp_range: 192.0.2.20-192.0.2.40\n  \
             reserved:\n    - {range: 192.0.2.1-4, use: routeurs}\n    - {range: 192.0.2.25, use: borne}\n\
             - {id: sub, prefix: 192.0.2.8/30, role: users}\n",
        ),
        (
            "assets",
            "- {id: gw, name: gw, ip: [192.0.2.1]}\n- {id: pc, name: pc, ip: [192.0.2.3, '::ffff:192.0.2.5', 192.0.2.9, 0.0.0.0]}\n\
             - {id: pd, name: pd, ip: [192.0.2.5]}\n",
        ),
    ]);
    assert_eq!(
        stretches(&estate, "p"),
        [
            "192.0.2.0 end",
            "192.0.2.1 gateway gwrouteurs",
            "192.0.2.2 reserved routeurs",
            "192.0.2.3 used pcrouteurs",
            "192.0.2.4 reserved routeurs",
            "192.0.2.5 used pc+pd",
            "192.0.2.6-192.0.2.7 free",
            "192.0.2.8-192.0.2.11 subnet sub",
            "192.0.2.12-192.0.2.19 free",
            "192.0.2.20-192.0.2.24 dhcp",
            "192.0.2.25 reserved borne",
            "192.0.2.26-192.0.2.30 dhcp",
            "192.0.2.31 end",
        ]
    );
    let usage = estate.addressing().usage(prefix(&estate, "p"));
    let counts = State::ALL.map(|state| usage.count(state));
    assert_eq!(counts, [2, 1, 2, 4, 3, 10, 10]);
    assert_eq!(counts.iter().sum::<u128>(), 32);
    let next: Vec<String> = usage.next_free(4).iter().map(ToString::to_string).collect();
    assert_eq!(next, ["192.0.2.6", "192.0.2.7", "192.0.2.12", "192.0.2.13"]);
}

#[test]
fn what_is_large_is_counted_by_its_ends() {
    let estate = with(&[
        (
            "prefixes",
            "- {id: wide, prefix: 10.0.0.0/8, role: container}\n- {id: one, prefix: 10.0.1.0/24, role: users}\n\
             - {id: two, prefix: 10.0.3.0/24, role: users}\n\
             - {id: six, prefix: '2001:db8:0:1::/64', gateway: '2001:db8:0:1::1', dhcp_range: '2001:db8:0:1::1000-2001:db8:0:1::1fff'}\n\
             - {id: all, prefix: '::/0', role: container}\n",
        ),
        ("assets", "- {id: pc, name: pc, ip: ['2001:db8:0:1::5']}\n"),
    ]);
    let plan = estate.addressing();
    let wide = plan.usage(prefix(&estate, "wide"));
    assert_eq!(
        (wide.count(State::Subnet), wide.count(State::Free)),
        (512, (1 << 24) - 512)
    );
    let blocks = |length| {
        let blocks = next_blocks(wide, length, 3).into_iter();
        blocks.map(|it| it.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(blocks(24), ["10.0.0.0/24", "10.0.2.0/24", "10.0.4.0/24"]);
    assert_eq!(blocks(22), ["10.0.4.0/22", "10.0.8.0/22", "10.0.12.0/22"]);
    assert_eq!(blocks(9), ["10.128.0.0/9"]);
    let six = plan.usage(prefix(&estate, "six"));
    assert_eq!(
        State::ALL.map(|state| six.count(state)),
        [1, 1, 1, 0, 0, 4096, (1 << 64) - 4099]
    );
    let next: Vec<IpAddr> = six.next_free(2);
    assert_eq!(
        next,
        ["2001:db8:0:1::2", "2001:db8:0:1::3"].map(|it| it.parse::<IpAddr>().unwrap())
    );
    let all = plan.usage(prefix(&estate, "all"));
    assert_eq!(all.count(State::Subnet), 1 << 64);
    assert_eq!(all.count(State::Free), u128::MAX - (1 << 64) + 1);
}

#[test]
fn what_is_too_small_for_ends_has_none() {
    let estate = with(&[
        (
            "prefixes",
            "- {id: link, prefix: 192.0.2.0/31, gateway: 192.0.2.0}\n- {id: loop, prefix: 192.0.2.9/32}\n",
        ),
        ("assets", "- {id: r, name: r, ip: [192.0.2.1, 192.0.2.9]}\n"),
    ]);
    assert_eq!(
        stretches(&estate, "link"),
        ["192.0.2.0 gateway", "192.0.2.1 used r"]
    );
    assert_eq!(stretches(&estate, "loop"), ["192.0.2.9 used r"]);
}

#[test]
fn what_nobody_can_have_is_not_used() {
    let estate = with(&[
        (
            "prefixes",
            "- {id: p, prefix: 192.0.2.0/29, gateway: 192.0.2.7}\n\
             - {id: six, prefix: '2001:db8::/64', gateway: '2001:db8::'}\n",
        ),
        (
            "assets",
            "- {id: pc, name: pc, ip: [192.0.2.0, 192.0.2.2]}\n- {id: gw, name: gw, ip: ['2001:db8::']}\n",
        ),
    ]);
    assert_eq!(
        stretches(&estate, "p"),
        [
            "192.0.2.0 end pc",
            "192.0.2.1 free",
            "192.0.2.2 used pc",
            "192.0.2.3-192.0.2.6 free",
            "192.0.2.7 end",
        ]
    );
    let plan = estate.addressing();
    let network = prefix(&estate, "p");
    assert_eq!(plan.usage(network).taken(), 1);
    assert_eq!(plan.taken_below(network), 1);
    // The first address of an IPv6 network means its routers: it can be the gateway.
    assert_eq!(plan.usage(prefix(&estate, "six")).taken(), 1);
    let standings: Vec<&str> = known(&estate).iter().map(|it| it.standing.key()).collect();
    assert_eq!(standings, ["unusable", "static", "unusable", "gateway"]);
}

#[test]
fn shared_addresses_are_known_by_prefix() {
    let estate = with(&[
        (
            "prefixes",
            "- {id: p, prefix: 192.0.2.0/28}\n- {id: q, prefix: 198.51.100.0/28}\n",
        ),
        (
            "assets",
            "- {id: a, name: a, ip: [192.0.2.3, 203.0.113.9]}\n- {id: b, name: b, ip: [192.0.2.3]}\n\
             - {id: c, name: c, ip: [192.0.2.3, 203.0.113.9, 192.0.2.4]}\n",
        ),
    ]);
    let shared = estate.shared_addresses();
    let told = |it: &repeats::Shared| {
        let ids = it
            .assets
            .iter()
            .map(|id| estate.record(*id).source.id.clone());
        format!("{} {}", it.address, ids.collect::<Vec<_>>().join("+"))
    };
    let all: Vec<String> = shared.all.iter().map(told).collect();
    assert_eq!(all, ["192.0.2.3 a+b+c", "203.0.113.9 a+c"]);
    let (p, q) = (prefix(&estate, "p").record, prefix(&estate, "q").record);
    assert_eq!(shared.in_prefix(p).count(), 1);
    assert_eq!(shared.in_prefix(q).count(), 0);
    let address = |text: &str| text.parse::<IpAddr>().unwrap();
    assert!(shared.of(p, address("192.0.2.3")).is_some());
    assert!(shared.of(p, address("192.0.2.4")).is_none());
}
