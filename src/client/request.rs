//! One request and its answer, within bounds: certificates are always verified, no redirection is followed,
//! every wait has an end, and nothing longer than the readers take is read.

use std::fmt;
use std::thread;
use std::time::SystemTime;

use anyhow::anyhow;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy, RequestBuilder};

use super::address::Address;
use super::secret::Secret;
use super::trouble::{self, Failure};
use super::waits::{Waits, asked};
use crate::diagnostic::Text;
use crate::text;

/// The longest answer that is read, in bytes: what the readers take of a file.
const LONGEST: u64 = 48 << 20;
/// The longest that is read of an answer that says no.
const LONGEST_REFUSAL: u64 = 1 << 20;
/// The longest head of an answer.
const LONGEST_HEAD: usize = 64 << 10;

/// What is said to whoever runs the command.
pub type Tell<'a> = &'a (dyn Fn(&Text) + Sync);

/// A server, and how it is asked.
pub(crate) struct Client<'a> {
    agent: Agent,
    address: Address,
    waits: Waits,
    tell: Tell<'a>,
    /// What failures say of the source.
    pub known: &'static Known,
}

/// What failures say of a source.
#[derive(Debug)]
pub(crate) struct Known {
    /// Its name for people.
    pub name: &'static str,
    /// The variables of the environment that hold its secrets.
    pub variables: &'static str,
    /// An address as it should be.
    pub example: &'static str,
    /// Where the address was given: an option, or a variable of the environment.
    pub address: &'static str,
    /// Where the certificates of an authority are given.
    pub authority: &'static str,
}

/// Heads of a request.
pub(crate) type Headers = Vec<(&'static str, Secret)>;

/// A request.
#[derive(Default)]
pub(crate) struct Ask<'a> {
    /// From the address: `Computer`.
    pub path: &'a str,
    pub query: Vec<(String, String)>,
    pub headers: Headers,
    /// Makes more heads, anew for each try: a signature holds for some minutes only.
    pub signed: Option<&'a dyn Fn() -> Headers>,
    pub body: Question<'a>,
    /// To be asked again only when the server says that it gave nothing: of a cursor that moves on at
    /// each answer, one that was lost on the way would be passed over.
    pub moves_on: bool,
    /// The longest answer that is read, where it may be longer than what the readers take.
    pub longest: Option<u64>,
}

/// The body of a request.
#[derive(Debug, Default)]
pub(crate) enum Question<'a> {
    /// None: it is a GET.
    #[default]
    Empty,
    Form(&'a [(&'a str, &'a Secret)]),
    Json(String),
    /// A whole file; its type stands among the headers.
    Put(&'a [u8]),
    Delete,
}

/// An answer, whole.
pub(crate) struct Answer {
    pub status: u16,
    pub bytes: Vec<u8>,
    headers: HeaderMap,
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a server answers may be a token.
        write!(formatter, "{} ({} bytes)", self.status, self.bytes.len())
    }
}

impl Answer {
    /// A header in letters; nothing where there is none.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl<'a> Client<'a> {
    /// A client of a server. `authority` are the certificates (PEM) that sign the server's, in the place of
    /// those the machine trusts. Fails when there is none in it.
    pub fn new(
        address: Address,
        authority: Option<&[u8]>,
        waits: Waits,
        (tell, known): (Tell<'a>, &'static Known),
    ) -> anyhow::Result<Self> {
        let roots = match authority {
            Some(pem) => RootCerts::new_with_certs(&certificates(pem, known)?),
            None => RootCerts::PlatformVerifier,
        };
        let tls = TlsConfig::builder().root_certs(roots);
        let provider = rustls::crypto::ring::default_provider();
        let tls = tls.unversioned_rustls_crypto_provider(provider.into());
        // What is not encrypted stays on this machine: a proxy elsewhere would read it.
        let proxy = Proxy::try_from_env().filter(|_| address.is_encrypted());
        let config = Agent::config_builder()
            .https_only(address.is_encrypted())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(proxy)
            .timeout_connect(Some(waits.connect))
            .timeout_global(Some(waits.answer))
            .max_response_header_size(LONGEST_HEAD)
            .user_agent(concat!("carnet/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls.build())
            .build();
        Ok(Self {
            agent: Agent::new_with_config(config),
            address,
            waits,
            tell,
            known,
        })
    }

    /// Says something to whoever runs the command.
    pub fn tell(&self, text: &Text) {
        (self.tell)(text);
    }

    /// Asks, again and again within the waits when the server is busy or the connection breaks. Any
    /// status but those of a busy server and of a redirection is an answer.
    pub fn ask(&self, ask: &Ask<'_>) -> Result<Answer, Failure> {
        let mut tried = 0;
        loop {
            tried += 1;
            let (why, wished) = match self.once(ask) {
                Ok(answer) if is_busy(answer.status, &ask.body) => {
                    let header = answer.header("retry-after");
                    let wished = header.and_then(|value| asked(value, SystemTime::now()));
                    (trouble::busy(answer.status, wished), wished)
                }
                Ok(answer) if (300..400).contains(&answer.status) => {
                    let to = answer.header("location").unwrap_or_default();
                    return Err(Failure::Told(trouble::moved(&self.address, to, self.known)));
                }
                Ok(answer) => return Ok(answer),
                Err(Failure::Cut(why)) if !ask.moves_on => (why, None),
                Err(failure) => return Err(failure),
            };
            let Some(wait) = self.waits.after(tried, wished) else {
                return Err(Failure::Told(trouble::given_up(&why, tried)));
            };
            let seconds = wait.as_secs_f64().ceil();
            let (fr, en) = (&why.fr, &why.en);
            self.tell(&text!(
                "{fr} ; nouvel essai dans {seconds} s",
                "{en}; another try in {seconds} s"
            ));
            thread::sleep(wait);
        }
    }

    fn once(&self, ask: &Ask<'_>) -> Result<Answer, Failure> {
        let failed = |error: ureq::Error| trouble::failure(&error, &self.address, self.known);
        let mut response = self.send(ask).map_err(failed)?;
        let status = response.status().as_u16();
        let is_good = (200..300).contains(&status);
        let longest = ask.longest.unwrap_or(LONGEST);
        let most = if is_good { longest } else { LONGEST_REFUSAL };
        let body = response.body_mut().with_config().limit(most).read_to_vec();
        let bytes = match body {
            Ok(bytes) => bytes,
            // What a refusal says besides is no reason to fail otherwise than by it.
            Err(_) if !is_good => Vec::new(),
            Err(error) => return Err(failed(error)),
        };
        Ok(Answer {
            status,
            bytes,
            headers: response.headers().clone(),
        })
    }

    fn send(&self, ask: &Ask<'_>) -> Result<Response<Body>, ureq::Error> {
        let address = self.address.of(ask.path);
        let agent = &self.agent;
        match &ask.body {
            Question::Empty => headed(agent.get(address), ask).call(),
            Question::Delete => headed(agent.delete(address), ask).call(),
            Question::Put(bytes) => headed(agent.put(address), ask).send(*bytes),
            Question::Form(pairs) => {
                let pairs = pairs.iter().map(|(key, value)| (*key, value.value()));
                headed(agent.post(address), ask).send_form(pairs)
            }
            Question::Json(text) => {
                let request = headed(agent.post(address), ask);
                request.content_type("application/json").send(text)
            }
        }
    }
}

/// A request with its query and its heads.
fn headed<B>(request: RequestBuilder<B>, ask: &Ask<'_>) -> RequestBuilder<B> {
    let query = ask.query.iter();
    let query = query.map(|(key, value)| (key.as_str(), value.as_str()));
    let mut request = request.query_pairs(query);
    let signed = ask.signed.map(|sign| sign()).unwrap_or_default();
    for (name, value) in ask.headers.iter().chain(&signed) {
        request = request.header(*name, value.value());
    }
    request.header("Accept", "application/json")
}

/// Whether another try may do better. A store that stumbles over a file is to be given it again, as its makers say.
fn is_busy(status: u16, body: &Question<'_>) -> bool {
    let is_file = matches!(body, Question::Put(_) | Question::Delete);
    matches!(status, 429 | 502 | 503 | 504) || status == 500 && is_file
}

/// The certificates of a file.
fn certificates(pem: &[u8], known: &Known) -> anyhow::Result<Vec<Certificate<'static>>> {
    let items = parse_pem(pem).filter_map(Result::ok);
    let found: Vec<Certificate<'static>> = items
        .filter_map(|item| match item {
            PemItem::Certificate(certificate) => Some(certificate),
            _ => None,
        })
        .collect();
    if found.is_empty() {
        let option = known.authority;
        return Err(anyhow!(text!(
            "`{option}` : aucun certificat dans ce fichier ; il en faut en PEM (`-----BEGIN CERTIFICATE-----`)",
            "`{option}`: no certificate in this file; it takes PEM (`-----BEGIN CERTIFICATE-----`)"
        )));
    }
    Ok(found)
}
