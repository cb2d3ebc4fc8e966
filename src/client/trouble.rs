//! What went wrong between us and a server, in words that say what to do. Nothing that was sent is quoted; of
//! what a server answered, a few words at most.

use std::io::ErrorKind;
use std::time::Duration;

use anyhow::anyhow;
use rustls::CertificateError;
use ureq::Timeout;

use super::address::Address;
use super::request::{Answer, Known};
use crate::diagnostic::Text;
use crate::history::visible_line;
use crate::text;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The connection broke: another try may do better.
    Cut(Text),
    /// Another try would do no better.
    Told(Text),
}

impl From<Failure> for anyhow::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Cut(text) | Failure::Told(text) => anyhow!(text),
        }
    }
}

/// The words for a server that has no time.
pub(crate) fn busy(status: u16, wished: Option<Duration>) -> Text {
    let wish = match wished.map(|wished| wished.as_secs()) {
        Some(seconds) => text!(
            " et demande d’attendre {seconds} s",
            " and asks to wait {seconds} s"
        ),
        None => Text::default(),
    };
    let (fr, en) = (wish.fr, wish.en);
    text!(
        "le serveur est occupé ({status}){fr}",
        "the server is busy ({status}){en}"
    )
}

/// The words for a request that is not tried again.
pub(crate) fn given_up(why: &Text, tried: u32) -> Text {
    let (fr, en) = (&why.fr, &why.en);
    text!(
        "{fr} ; abandon après {tried} essais. Relancez la même commande plus tard : elle reprendra où elle s’est arrêtée",
        "{en}; given up after {tried} tries. Run the same command later: it goes on where it stopped"
    )
}

/// The words for a redirection, which is never followed: the token would go along.
pub(crate) fn moved(address: &Address, location: &str, known: &Known) -> Text {
    // What follows a question mark may be a secret of the server's.
    let plain = location.split(['?', '#']).next().unwrap_or_default();
    let to: String = visible_line(plain).chars().take(200).collect();
    let (host, option) = (address.host(), known.address);
    text!(
        "{host} renvoie ailleurs (`{to}`) ; le jeton n’y est pas envoyé. Si cette adresse est la bonne, donnez-la à `{option}` ; si c’est une page de connexion, c’est que l’adresse n’est pas celle de l’API",
        "{host} sends elsewhere (`{to}`); the token is not sent there. If that address is right, give it to `{option}`; if it is a login page, the address is not that of the API"
    )
}

/// Why a request came to nothing.
pub(crate) fn failure(error: &ureq::Error, address: &Address, known: &Known) -> Failure {
    let host = address.host();
    match error {
        ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => Failure::Told(text!(
            "{host} ne répond pas : vérifiez l’adresse, le réseau, le pare-feu",
            "{host} does not answer: check the address, the network, the firewall"
        )),
        ureq::Error::Timeout(_) => Failure::Cut(text!(
            "{host} n’a pas fini de répondre à temps",
            "{host} did not finish its answer in time"
        )),
        ureq::Error::HostNotFound => Failure::Told(text!(
            "aucun serveur du nom de {host} : vérifiez l’adresse et le DNS",
            "no server is called {host}: check the address and the DNS"
        )),
        ureq::Error::BodyExceedsLimit(most) => {
            let most = most >> 20;
            Failure::Told(text!(
                "{host} répond plus de {most} Mio d’un coup : rien n’en est gardé",
                "{host} answers over {most} MiB at once: nothing of it is kept"
            ))
        }
        ureq::Error::LargeResponseHeader(..) | ureq::Error::Protocol(_) => Failure::Told(text!(
            "ce que {host} répond n’est pas du HTTP : vérifiez l’adresse et le port",
            "what {host} answers is no HTTP: check the address and the port"
        )),
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => Failure::Told(text!(
            "le serveur mandataire (`HTTPS_PROXY`) ne mène pas à {host} ; pour un serveur de l’intranet, mettez son nom dans `NO_PROXY`",
            "the proxy (`HTTPS_PROXY`) does not lead to {host}; for a server of the intranet, put its name into `NO_PROXY`"
        )),
        ureq::Error::Rustls(error) => Failure::Told(secured(error, host, known)),
        ureq::Error::Tls(_) | ureq::Error::TlsRequired => Failure::Told(no_tls(host)),
        ureq::Error::Io(error) => broken(error, host, known),
        _ => Failure::Told(text!(
            "la demande à {host} a échoué",
            "the request to {host} failed"
        )),
    }
}

fn broken(error: &std::io::Error, host: &str, known: &Known) -> Failure {
    let inner = error.get_ref();
    if let Some(error) = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return Failure::Told(secured(error, host, known));
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Failure::Told(text!(
            "{host} refuse la connexion : vérifiez l’adresse et le port",
            "{host} refuses the connection: check the address and the port"
        )),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Failure::Told(text!(
            "aucun chemin ne mène à {host} : vérifiez le réseau",
            "no way leads to {host}: check the network"
        )),
        _ => Failure::Cut(text!(
            "la connexion à {host} s’est rompue",
            "the connection to {host} broke"
        )),
    }
}

/// Why a connection could not be secured.
fn secured(error: &rustls::Error, host: &str, known: &Known) -> Text {
    match error {
        rustls::Error::InvalidCertificate(error) => certificate(error, host, known),
        // The machine's verifier has no narrower error for a store without a certificate.
        rustls::Error::General(said) if said.contains("No CA certificates") => {
            no_authorities(host, known)
        }
        _ => no_tls(host),
    }
}

/// Containers and minimal systems come without a store of authorities.
fn no_authorities(host: &str, known: &Known) -> Text {
    let authority = known.authority;
    text!(
        "cette machine ne connaît aucune autorité de certification, et ne peut vérifier {host}\u{a0}: installez `ca-certificates`, ou donnez le certificat de l’autorité (PEM) à `{authority}`",
        "this machine knows no certificate authority, and cannot verify {host}: install `ca-certificates`, or give the authority’s certificate (PEM) to `{authority}`"
    )
}

fn no_tls(host: &str) -> Text {
    text!(
        "la connexion à {host} n’a pas pu être chiffrée : le port parle-t-il TLS 1.2 ou 1.3 ?",
        "the connection to {host} could not be encrypted: does the port speak TLS 1.2 or 1.3?"
    )
}

fn certificate(error: &CertificateError, host: &str, known: &Known) -> Text {
    let (option, authority) = (known.address, known.authority);
    match error {
        CertificateError::UnknownIssuer => text!(
            "le certificat de {host} est signé par une autorité que cette machine ne connaît pas ; donnez le certificat de cette autorité (PEM) à `{authority}`",
            "the certificate of {host} is signed by an authority that this machine does not know; give that authority’s certificate (PEM) to `{authority}`"
        ),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => text!(
            "le certificat de {host} a expiré : faites-le renouveler",
            "the certificate of {host} has expired: have it renewed"
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            text!(
                "le certificat n’est pas celui de {host} : donnez à `{option}` le nom qu’il porte",
                "the certificate is not that of {host}: give `{option}` the name that it bears"
            )
        }
        _ => text!(
            "le certificat de {host} n’est pas valable",
            "the certificate of {host} is not valid"
        ),
    }
}

/// What to do about an answer that is none of the expected. `said` are words of the server's.
pub(crate) fn refused(answer: &Answer, known: &Known, said: &str) -> Text {
    let status = answer.status;
    let Known {
        name,
        variables,
        example,
        address: option,
        ..
    } = known;
    if looks_like_a_page(answer) && status != 401 && status != 403 {
        return no_api(known);
    }
    let said: String = visible_line(said).chars().take(300).collect();
    let said = said.trim();
    let words = if said.is_empty() {
        Text::default()
    } else {
        text!(" ; il dit : {said}", "; it says: {said}")
    };
    let (fr, en) = (words.fr, words.en);
    match status {
        401 => text!(
            "{name} ne reconnaît pas ce jeton (401) : vérifiez {variables} dans l’environnement, et qu’il n’a ni expiré ni été révoqué{fr}",
            "{name} does not know this token (401): check {variables} in the environment, and that it has neither expired nor been revoked{en}"
        ),
        403 => text!(
            "{name} connaît ce jeton, et lui refuse cette demande (403) : donnez-lui le droit de lire, et vérifiez que cette machine peut se servir de l’API{fr}",
            "{name} knows this token, and refuses it this request (403): give it the right to read, and check that this machine may use the API{en}"
        ),
        404 => text!(
            "{name} n’a rien à cette adresse (404) : `{option}` doit être comme `{example}`{fr}",
            "{name} has nothing at this address (404): `{option}` is to be like `{example}`{en}"
        ),
        _ => text!(
            "{name} a répondu {status}{fr}",
            "{name} answered {status}{en}"
        ),
    }
}

/// The words for a page instead of JSON.
pub(crate) fn no_api(known: &Known) -> Text {
    let Known { name, example, .. } = known;
    text!(
        "le serveur répond par une page et non par du JSON : c’est souvent une page de connexion ; l’adresse de l’API de {name} est comme `{example}`",
        "the server answers with a page and not with JSON: often it is a login page; the address of {name}’s API is like `{example}`"
    )
}

/// Whether an answer is a page for people.
pub(crate) fn looks_like_a_page(answer: &Answer) -> bool {
    let kind = answer.header("content-type").unwrap_or_default();
    let first = answer.bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    kind.to_ascii_lowercase().starts_with("text/html") || first == Some(&b'<')
}
