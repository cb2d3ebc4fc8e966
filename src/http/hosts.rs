//! The names by which this server may be called. A page of another site can make its own name point at
//! this machine (DNS rebinding); the `Host` it then sends is not one of ours.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

/// Who may be asked for.
#[derive(Debug)]
pub(super) struct Hosts {
    port: u16,
    /// Names that need our port after them.
    own: BTreeSet<String>,
    /// Names given by `--allow-host`: a proxy in front may have another port, or none.
    allowed: BTreeSet<String>,
    /// Whether every address is ours: when we listen on all of them. A rebound name is no address.
    any_address: bool,
}

impl Hosts {
    pub(super) fn new(address: SocketAddr, allowed: &[String]) -> Self {
        let mut own: BTreeSet<String> = ["localhost", "127.0.0.1", "[::1]"]
            .into_iter()
            .map(str::to_owned)
            .collect();
        own.insert(match address.ip() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        });
        Self {
            port: address.port(),
            own,
            allowed: allowed.iter().map(|name| name.to_lowercase()).collect(),
            any_address: address.ip().is_unspecified(),
        }
    }

    /// Whether a `Host` header's value is one of ours.
    pub(super) fn allow(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let Some((name, port)) = split(&host) else {
            return false;
        };
        if self.allowed.contains(name) {
            return true;
        }
        let is_address = || match name.strip_prefix('[') {
            Some(rest) => rest.trim_end_matches(']').parse::<IpAddr>().is_ok(),
            None => name.parse::<IpAddr>().is_ok(),
        };
        port.unwrap_or(80) == self.port
            && (self.own.contains(name) || (self.any_address && is_address()))
    }

    /// Whether an `Origin` header's value is one of ours.
    pub(super) fn allow_origin(&self, origin: &str) -> bool {
        let host = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"));
        host.is_some_and(|host| self.allow(host))
    }
}

/// Name (brackets kept) and port.
fn split(host: &str) -> Option<(&str, Option<u16>)> {
    let (name, port) = if host.starts_with('[') {
        let end = host.find(']')? + 1;
        (&host[..end], &host[end..])
    } else {
        host.split_at(host.find(':').unwrap_or(host.len()))
    };
    if name.is_empty() {
        return None;
    }
    match port.strip_prefix(':') {
        None if port.is_empty() => Some((name, None)),
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some((name, Some(digits.parse().ok()?)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_with_the_own_port() {
        let hosts = Hosts::new(SocketAddr::from(([127, 0, 0, 1], 4646)), &[]);
        for host in [
            "127.0.0.1:4646",
            "localhost:4646",
            "LOCALHOST:4646",
            "[::1]:4646",
        ] {
            assert!(hosts.allow(host), "{host}");
        }
        for host in [
            "evil.example:4646",
            "127.0.0.1.evil.example:4646",
            "localhost.:4646",
            "localhost",
            "localhost:80",
            "localhost:+4646",
            "localhost:4646:4646",
            "[::1",
            "[::1]x:4646",
            "192.0.2.1:4646",
            ":4646",
            "",
            "user@localhost:4646",
        ] {
            assert!(!hosts.allow(host), "{host}");
        }
    }

    #[test]
    fn on_all_addresses_any_address_is_ours_but_no_name() {
        let all = Hosts::new(
            SocketAddr::from(([0, 0, 0, 0], 80)),
            &["Parc.example".into()],
        );
        assert!(all.allow("192.0.2.1") && all.allow("[2001:db8::1]:80"));
        assert!(all.allow("parc.example") && all.allow("parc.example:8443"));
        assert!(!all.allow("evil.example") && !all.allow("192.0.2.1:81"));
    }

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        let hosts = Hosts::new(SocketAddr::from(([127, 0, 0, 1], 4646)), &[]);
        assert!(hosts.allow_origin("http://localhost:4646"));
        for origin in [
            "null",
            "http://evil.example",
            "file://localhost:4646",
            "http://localhost:3000",
        ] {
            assert!(!hosts.allow_origin(origin), "{origin}");
        }
    }
}
