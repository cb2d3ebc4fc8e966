//! The endpoint of GLPI agents: requests → answers, and inventories → a spool. What may not be stored
//! is gone before anything is written; importing is the command's, by the same way as files.
//!
//! A [`Collector`] is a [`Service`] of `http`: it sees whole requests, from several threads at once.

mod authentication;
mod compression;
mod protocol;
mod rate;
mod spool;
#[cfg(test)]
mod tests;
mod turns;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use authentication::{Credentials, SHORTEST_SECRET};
use compression::{Coding, Damage};
use protocol::{Form, Message};
use rate::Rate;
pub use spool::{Failure, Room, Spool, Waiting};
use turns::Turns;

use crate::diagnostic::{Language, Text};
use crate::http::{Request, Response, Service};
use crate::import::glpi;
use crate::text;

/// The most bytes of a body: agents pack theirs, and those that do not stay below the reader's bound.
const LARGEST_BODY: usize = glpi::LARGEST;

/// How many messages are unpacked and read at once: each may take some twenty times its size.
const READ_AT_ONCE: usize = 2;

/// How long a message waits for its turn to be read.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// After how many seconds an agent may come again that found no room.
const COME_AGAIN: u64 = 300;

/// What became of requests, counted by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// An agent asked what to do.
    Contact,
    /// An inventory was stored.
    Stored,
    /// No credentials: asked for them.
    Asked,
    /// Wrong credentials.
    NotAdmitted,
    /// Too often.
    TooOften,
    /// Not a message of an agent, too large, or sent by a browser.
    Refused,
    /// No room, no turn, or the disk refused.
    Failed,
}

/// Since when the process runs, or whatever a test says.
pub type Clock = Box<dyn Fn() -> Duration + Send + Sync>;

/// Takes what agents send.
pub struct Collector {
    spool: Arc<Spool>,
    credentials: Credentials,
    clock: Clock,
    by_address: Rate,
    by_agent: Rate,
    turns: Turns,
    counts: Mutex<BTreeMap<Fate, u64>>,
}

/// An answer before it is packed, and what became of the request.
struct Answer {
    status: u16,
    fate: Fate,
    form: Form,
    text: String,
    headers: Vec<(&'static str, String)>,
}

/// An inventory to store, with only what may be stored.
struct Parcel {
    device: String,
    text: String,
    form: Form,
}

impl Answer {
    fn new(status: u16, fate: Fate, form: Form, text: String) -> Self {
        Self {
            status,
            fate,
            form,
            text,
            headers: Vec::new(),
        }
    }

    fn refusal(status: u16, fate: Fate, form: Form, why: &Text) -> Self {
        Self::new(status, fate, form, protocol::refused(form, why))
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    fn later(self, seconds: u64) -> Self {
        self.with("Retry-After", seconds.max(1).to_string())
    }
}

impl Collector {
    /// A collector that stores into a spool what those send who have the credentials.
    pub fn new(spool: Arc<Spool>, credentials: Credentials, clock: Clock) -> Self {
        Self {
            spool,
            credentials,
            clock,
            // A whole fleet may stand behind one address, and be switched on at eight.
            by_address: Rate::new(2_000, Duration::from_millis(20)),
            // An agent that is asked for a password sends each of its two messages twice.
            by_agent: Rate::new(20, Duration::from_secs(30)),
            turns: Turns::new(READ_AT_ONCE),
            counts: Mutex::default(),
        }
    }

    /// What became of requests since this was asked last.
    pub fn counts(&self) -> BTreeMap<Fate, u64> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *counts)
    }

    /// Everything that is judged before the body is looked at.
    fn door(&self, request: &Request) -> Result<(), Answer> {
        let refusal = |status, fate, why: &Text| Answer::refusal(status, fate, Form::Json, why);
        if let Err(wait) = self.by_address.admit(&sender(request), (self.clock)()) {
            let why = text!("trop de requêtes", "too many requests");
            return Err(refusal(429, Fate::TooOften, &why).later(wait.as_secs() + 1));
        }
        // Agents send no origin; a page that a person of this machine reads would.
        if request.header("origin").is_some() {
            let why = text!("seuls les agents écrivent ici", "only agents write here");
            return Err(refusal(403, Fate::Refused, &why));
        }
        let given = request.header("authorization");
        if !self.credentials.admit(given) {
            let why = text!("accès refusé", "access denied");
            // Agents send their password only when they are asked for it.
            let fate = given.map_or(Fate::Asked, |_| Fate::NotAdmitted);
            return Err(refusal(401, fate, &why)
                .with("WWW-Authenticate", Credentials::challenges().to_owned()));
        }
        if !matches!(request.method.as_str(), "GET" | "HEAD" | "POST") {
            let why = text!("POST seulement", "POST only");
            return Err(refusal(405, Fate::Refused, &why).with("Allow", "GET, POST".to_owned()));
        }
        Ok(())
    }

    /// The answer to a request with a body.
    fn take(&self, request: Request, coding: Coding) -> Answer {
        match self.read(request, coding) {
            Ok(parcel) => self.store(&parcel),
            Err(answer) => answer,
        }
    }

    /// What of a body is to be stored; else the answer.
    fn read(&self, request: Request, coding: Coding) -> Result<Parcel, Answer> {
        let refusal = |status, form, why: &Text| Answer::refusal(status, Fate::Refused, form, why);
        let _turn = self.turns.take(LONGEST_WAIT).ok_or_else(|| {
            let why = text!("serveur occupé", "the server is busy");
            Answer::refusal(503, Fate::Failed, Form::Json, &why).later(COME_AGAIN)
        })?;
        let agent = agent(&request);
        let bytes = coding.unpack(request.body, glpi::LARGEST);
        let bytes = bytes.map_err(|damage| match damage {
            Damage::TooLarge => refusal(413, Form::Json, &text!("plus de 8 Mio", "over 8 MiB")),
            Damage::Broken => {
                let why = text!("compression abîmée", "damaged compression");
                refusal(400, Form::Json, &why)
            }
        })?;
        let (form, message) = protocol::message(&bytes);
        let message = message.map_err(|why| refusal(400, form, &why.message))?;
        let (device, kept) = match message {
            Message::Inventory { device, kept } => (device, kept),
            Message::Contact => {
                self.not_too_often(agent.as_deref(), form)?;
                return Err(contact(form, agent.is_some()));
            }
        };
        let who = agent.as_deref().unwrap_or(&device);
        self.not_too_often(Some(who).filter(|who| !who.is_empty()), form)?;
        let text = kept.to_string();
        // Refused now rather than at the import: the agent's log is where people look.
        let inventory = glpi::read(text.as_bytes(), Language::default());
        let inventory = inventory.map_err(|why| refusal(400, form, &why.message))?;
        if inventory.records.is_empty() {
            let why = text!("aucune machine n’y est nommée", "it names no machine");
            return Err(refusal(400, form, &why));
        }
        Ok(Parcel { device, text, form })
    }

    /// Fails with the answer to an agent that comes too often.
    fn not_too_often(&self, agent: Option<&str>, form: Form) -> Result<(), Answer> {
        let Some(agent) = agent else {
            return Ok(());
        };
        self.by_agent.admit(agent, (self.clock)()).map_err(|wait| {
            let why = text!("trop d’inventaires", "too many inventories");
            Answer::refusal(429, Fate::TooOften, form, &why).later(wait.as_secs() + 1)
        })
    }

    fn store(&self, parcel: &Parcel) -> Answer {
        let form = parcel.form;
        let stored = self.spool.store(&parcel.device, parcel.text.as_bytes());
        match stored {
            Ok(()) => Answer::new(200, Fate::Stored, form, protocol::stored(form)),
            Err(Failure::Full) => {
                let why = text!("trop d’inventaires attendent", "too many inventories wait");
                Answer::refusal(503, Fate::Failed, form, &why).later(COME_AGAIN)
            }
            Err(Failure::Disk(_)) => {
                let why = text!("le disque refuse", "the disk refuses");
                Answer::refusal(500, Fate::Failed, form, &why).later(COME_AGAIN)
            }
        }
    }
}

/// The answer to an agent that asks what to do. One that speaks the old protocol and says who it is can speak
/// that of today: it is led there, so that it learns what is not wanted before it looks.
fn contact(form: Form, has_id: bool) -> Answer {
    if form == Form::Xml && has_id {
        let text = protocol::ask_anew();
        return Answer::new(202, Fate::Contact, Form::Json, text);
    }
    Answer::new(200, Fate::Contact, form, protocol::go_on(form))
}

impl Service for Collector {
    fn largest_body(&self) -> usize {
        LARGEST_BODY
    }

    fn respond(&self, request: Request) -> Response {
        let says_deflate = ["content-encoding", "content-type"]
            .iter()
            .filter_map(|name| request.header(name))
            .any(|value| value.eq_ignore_ascii_case("deflate"));
        let coding = Coding::of(&request.body, says_deflate);
        let id = request.header("glpi-request-id").filter(|id| is_id(id));
        let id = id.map(str::to_owned);
        let answer = match self.door(&request) {
            Err(answer) => answer,
            // Older agents ask so for other tasks: there are none.
            Ok(()) if request.method != "POST" => {
                Answer::new(200, Fate::Contact, Form::Json, "{}".to_owned())
            }
            Ok(()) => self.take(request, coding),
        };
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(answer.fate).or_default() += 1;
        drop(counts);
        let plain = match answer.form {
            Form::Json => "application/json",
            Form::Xml => "application/xml",
        };
        let mut headers = answer.headers;
        headers.push(("Content-Type", coding.media_type(plain).to_owned()));
        headers.push(("Cache-Control", "no-store".to_owned()));
        headers.extend(id.map(|id| ("GLPI-Request-ID", id)));
        Response {
            status: answer.status,
            headers,
            body: coding.pack(answer.text.as_bytes()),
        }
    }
}

/// The number by which an agent finds its request in logs: eight hexadecimal digits.
fn is_id(id: &str) -> bool {
    id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What an agent calls itself: a UUID, sent by those that speak the protocol of today.
fn agent(request: &Request) -> Option<String> {
    let id = request.header("glpi-agent-id")?.trim();
    let is_uuid = id.len() == 36
        && id
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    is_uuid.then(|| id.to_ascii_lowercase())
}

/// Whose allowance a request is taken from: the address, of IPv6 the network of a machine. A reverse
/// proxy on this machine says whom it speaks for; nobody else is believed.
fn sender(request: &Request) -> String {
    let behind = request
        .header("x-forwarded-for")
        .filter(|_| request.from.is_loopback())
        .and_then(|all| all.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok());
    match behind.unwrap_or(request.from).to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}
