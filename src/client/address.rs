//! The address of a server, as somebody typed it after `--url`, or put it into the environment: over https, or on this machine itself, with
//! nothing secret in it.

use std::net::IpAddr;

use anyhow::{anyhow, bail};
use ureq::http::Uri;

use crate::text;

/// Where a server stands: `https://glpi.example/apirest.php`, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    whole: String,
    host: String,
    is_encrypted: bool,
}

impl Address {
    /// Reads an address. Refused when it is none, holds a user's name or a query, or would send a token
    /// over the network unencrypted. `option` is where it was given, `example` an address as it should be.
    pub fn new(typed: &str, option: &str, example: &str) -> anyhow::Result<Self> {
        let typed = typed.trim();
        // Before anything is quoted: what stands before the @ may be a password.
        if typed.contains('@') {
            bail!(text!(
                "un nom ou un mot de passe dans l’adresse serait lisible dans l’historique du terminal et dans les journaux : retirez-le de `{option}`, et donnez le jeton dans l’environnement",
                "a name or a password in the address could be read in the terminal’s history and in logs: take it out of `{option}`, and give the token in the environment"
            ));
        }
        if typed.contains(['?', '#']) {
            bail!(text!(
                "`{option}` est l’adresse du serveur seul, sans `?…` ni `#…`",
                "`{option}` is the address of the server alone, without `?…` or `#…`"
            ));
        }
        let no_address = || {
            anyhow!(text!(
                "`{typed}` n’est pas une adresse : écrivez par exemple `{example}`",
                "`{typed}` is no address: write for example `{example}`"
            ))
        };
        let uri: Uri = typed.parse().map_err(|_| no_address())?;
        let host = uri.host().filter(|host| !host.is_empty());
        let host = host.ok_or_else(no_address)?.to_ascii_lowercase();
        let is_encrypted = match uri.scheme_str() {
            Some("https") => true,
            Some("http") if is_this_machine(&host) => false,
            Some("http") => bail!(text!(
                "`{typed}` n’est pas chiffré : le jeton pourrait être lu par quiconque est sur le chemin ; donnez l’adresse en `https://` (`http://` n’est accepté que vers cette machine)",
                "`{typed}` is not encrypted: the token could be read by anybody on the way; give the address in `https://` (`http://` is taken to this machine only)"
            )),
            _ => return Err(no_address()),
        };
        Ok(Self {
            whole: typed.trim_end_matches('/').to_owned(),
            host,
            is_encrypted,
        })
    }

    /// The same with a path behind it, unless it ends in one of `known` already.
    #[must_use]
    pub fn below(mut self, path: &str, known: &[&str]) -> Self {
        if !known.iter().any(|end| self.whole.ends_with(end)) {
            self.whole.push_str(path);
        }
        self
    }

    /// The address of something on this server.
    pub(crate) fn of(&self, path: &str) -> String {
        format!("{}/{path}", self.whole)
    }

    /// The address itself.
    pub fn whole(&self) -> &str {
        &self.whole
    }

    /// The name of the server, in lower case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether nobody on the way can read what is sent.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address: Option<IpAddr> = bare.parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(typed: &str) -> anyhow::Result<Address> {
        Address::new(typed, "--url", "https://glpi.example")
    }

    #[test]
    fn addresses_are_encrypted_or_of_this_machine() {
        for (typed, whole) in [
            ("https://glpi.example/", "https://glpi.example"),
            (" https://GLPI.example/a/b ", "https://GLPI.example/a/b"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost/glpi", "http://localhost/glpi"),
            ("http://[::1]:80/", "http://[::1]:80"),
        ] {
            assert_eq!(address(typed).expect(typed).whole(), whole);
        }
        for (typed, why) in [
            ("http://glpi.example", "n’est pas chiffré"),
            ("http://127.0.0.1.example", "n’est pas chiffré"),
            ("http://localhost.example", "n’est pas chiffré"),
            ("http://192.0.2.1", "n’est pas chiffré"),
            ("https://a:CANARI@glpi.example", "un nom ou un mot de passe"),
            ("https://glpi.example/?token=CANARI", "sans `?…`"),
            ("glpi.example", "n’est pas une adresse"),
            ("ftp://glpi.example", "n’est pas une adresse"),
            ("https://", "n’est pas une adresse"),
            ("", "n’est pas une adresse"),
        ] {
            let error = address(typed).expect_err(typed).to_string();
            assert!(error.contains(why), "{typed}: {error}");
            assert!(!error.contains("CANARI"), "{error}");
        }
    }

    #[test]
    fn a_path_is_put_behind_once() {
        let whole = |typed| address(typed).expect("an address");
        let below = |typed| whole(typed).below("/apirest.php", &["/apirest.php", "/v1"]);
        let end = "https://glpi.example/apirest.php";
        assert_eq!(below("https://glpi.example").whole(), end);
        assert_eq!(below(end).whole(), end);
        assert_eq!(
            below("https://glpi.example/api.php/v1").of("Computer"),
            "https://glpi.example/api.php/v1/Computer"
        );
    }
}
