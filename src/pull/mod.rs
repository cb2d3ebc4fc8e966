//! What the interfaces of other systems answer, asked for page by page and kept on disk until `import` reads
//! it as it reads files that people saved: one file an interface ([`glpi`], [`jira`], [`ninjaone`]), one way
//! through all of them here.
//!
//! A pull that is interrupted goes on where it stopped. Tokens come from the caller, go into the heads of
//! requests, and nowhere else.

mod glpi;
mod jira;
mod ninjaone;
mod spool;

use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use crate::client::{Address, Secret, Tell, Waits};

use crate::client::{Answer, Client, looks_like_a_page, no_api};
use crate::diagnostic::Text;
use crate::import;
use crate::text;
use spool::{Spool, State};

/// The most pages of a pull.
const MOST_PAGES: usize = 50_000;
/// How often a part is begun again when it changed while it was asked.
const MOST_AGAIN: u32 = 3;

/// Whom to ask, with the secrets it takes.
#[derive(Debug)]
pub enum Login {
    /// GLPI: the token of a user, and that of the application where GLPI wants one.
    Glpi(Secret, Option<Secret>),
    /// Jira: with a user's address, Jira Cloud and its token; without, the token of a server of one's own.
    Jira(Option<Secret>, Secret),
    /// NinjaOne: the number and the secret of an application (client credentials).
    Ninjaone(Secret, Secret),
}

impl Login {
    /// The address of the interface, from that of the server.
    fn address(&self, address: Address) -> Address {
        match self {
            Self::Glpi(..) => address.below("/apirest.php", &["/apirest.php", "/v1"]),
            Self::Jira(..) | Self::Ninjaone(..) => address,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The address, as it was given.
    pub url: String,
    /// Only what changed on this day or later (`2026-11-01`).
    pub since: Option<String>,
    /// Only the issues of a search (Jira).
    pub filter: Option<String>,
}

/// A pull to be made.
pub struct Pull<'a> {
    /// What is asked for.
    pub asked: Asked,
    /// By whom.
    pub login: Login,
    /// The certificates (PEM) of the authority that signs the server's, in the place of those that the
    /// machine trusts.
    pub authority: Option<Vec<u8>>,
    /// The folder of the pages, of this source alone.
    pub folder: PathBuf,
    /// How long is waited for what.
    pub waits: Waits,
    /// Takes what people should know meanwhile.
    pub tell: Tell<'a>,
}

/// What came of a pull: all pages, on disk.
#[derive(Debug)]
pub struct Pulled {
    /// The files of the pages, in their order.
    pub pages: Vec<PathBuf>,
    /// Whether the server refused a part of what was asked.
    pub is_partial: bool,
    spool: Spool,
}

impl Pulled {
    /// Removes the pages, once they are imported.
    pub fn remove(self) -> anyhow::Result<()> {
        let folder = self.spool.folder().display().to_string();
        self.spool.remove().context(folder)
    }
}

/// A page of a part.
struct Page {
    /// What is stored: nothing, or JSON that a reader takes.
    value: Option<Value>,
    /// How many items it has.
    count: usize,
    next: Next,
}

/// What follows a page.
enum Next {
    /// The part goes on there.
    At(String),
    /// The part is whole.
    End,
    /// The part changed meanwhile: it is asked from its start, for a page might be missing.
    Again,
    /// The server refuses this part.
    Refused(Text),
}

impl Page {
    /// No page, but what follows.
    fn none(next: Next) -> Self {
        Self {
            value: None,
            count: 0,
            next,
        }
    }
}

/// An interface: parts of pages.
trait Interface {
    /// The names of its parts, in the order in which they are asked.
    fn parts(&self) -> &'static [&'static str];

    /// Whether a part may go on where another process stopped.
    fn goes_on(&self, part: usize) -> bool;

    /// Asks for the page of a part at a position; at its start when that is empty.
    fn page(&mut self, client: &Client<'_>, part: usize, position: &str) -> anyhow::Result<Page>;

    /// Takes leave.
    fn close(&mut self, _client: &Client<'_>) {}
}

/// Asks for all pages, or for those that an interrupted pull of the same question has not.
pub fn pull(pull: Pull<'_>) -> anyhow::Result<Pulled> {
    let known = match &pull.login {
        Login::Glpi(..) => &glpi::KNOWN,
        Login::Jira(..) => &jira::KNOWN,
        Login::Ninjaone(..) => &ninjaone::KNOWN,
    };
    let address = Address::new(&pull.asked.url, known.address, known.example)?;
    let address = pull.login.address(address);
    let mut interface: Box<dyn Interface> = match pull.login {
        Login::Glpi(user, application) => {
            Box::new(glpi::Glpi::new(user, application, pull.asked.since.clone()))
        }
        Login::Jira(user, token) => Box::new(jira::Jira::new(
            (user.as_ref(), &token),
            address.host(),
            &pull.asked,
        )?),
        Login::Ninjaone(id, secret) => Box::new(ninjaone::Ninjaone::new(id, secret)),
    };
    let authority = pull.authority.as_deref();
    let client = Client::new(address, authority, pull.waits, (pull.tell, known))?;
    let spool = opened(&pull.folder)?;
    let shown = || pull.folder.display().to_string();
    let now = SystemTime::now();
    let mut state = spool.state(&pull.asked, now).with_context(shown)?;
    if state.part >= interface.parts().len() && !state.refused.is_empty() {
        // All was asked for, and in vain: the token may have been given more rights since.
        state = spool.fresh(&pull.asked, now).with_context(shown)?;
    }
    if state.pages > 0 {
        tell_resumed(&state, &client);
    }
    if !state.position.is_empty() && !interface.goes_on(state.part) {
        state.pages = state.part_began;
        state.position.clear();
    }
    let done = all_parts(interface.as_mut(), &client, (&spool, &mut state));
    interface.close(&client);
    done?;
    Ok(Pulled {
        pages: (0..state.pages).map(|page| spool.page(page)).collect(),
        is_partial: !state.refused.is_empty(),
        spool,
    })
}

fn opened(folder: &Path) -> anyhow::Result<Spool> {
    Spool::open(folder).map_err(|error| {
        let shown = folder.display();
        if error.kind() == io::ErrorKind::WouldBlock {
            return anyhow!(text!(
                "un autre import de cette source est en cours (`{shown}`)",
                "another import of this source is under way (`{shown}`)"
            ));
        }
        anyhow!(error).context(shown.to_string())
    })
}

fn tell_resumed(state: &State, client: &Client<'_>) {
    let now = SystemTime::now();
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let minutes = now.saturating_sub(state.began) / 60;
    let pages = state.pages;
    client.tell(&text!(
        "reprise d’une demande commencée il y a {minutes} min : {pages} pages sont déjà là",
        "going on with a pull begun {minutes} min ago: {pages} pages are there already"
    ));
}

/// Asks for what is missing, page by page.
fn all_parts(
    interface: &mut dyn Interface,
    client: &Client<'_>,
    (spool, state): (&Spool, &mut State),
) -> anyhow::Result<()> {
    let parts = interface.parts();
    let mut count = 0;
    while let Some(name) = parts.get(state.part) {
        let page = interface.page(client, state.part, &state.position)?;
        if let Some(value) = &page.value {
            if state.pages == MOST_PAGES {
                bail!(text!(
                    "plus de {MOST_PAGES} pages : demandez-en moins, par exemple avec `--since`",
                    "over {MOST_PAGES} pages: ask for fewer, for example with `--since`"
                ));
            }
            spool.store(state.pages, &serde_json::to_vec(value)?)?;
            state.pages += 1;
        }
        count += page.count;
        match page.next {
            Next::At(position) => state.position = position,
            Next::End => {
                if count > 0 {
                    client.tell(&text!("{name} : {count}", "{name}: {count}"));
                }
                next_part(state, &mut count);
            }
            Next::Refused(why) => {
                let (fr, en) = (&why.fr, &why.en);
                client.tell(&text!(
                    "{name}, laissé de côté : {fr}",
                    "{name}, left aside: {en}"
                ));
                state.refused.push((*name).to_owned());
                next_part(state, &mut count);
            }
            Next::Again => {
                begin_again(state, name)?;
                count = 0;
            }
        }
        spool.remember(state)?;
    }
    if state.refused.len() == parts.len() {
        bail!(text!(
            "le serveur a refusé tout ce qui lui était demandé : donnez à ce jeton le droit de lire",
            "the server refused all that it was asked for: give this token the right to read"
        ));
    }
    Ok(())
}

fn next_part(state: &mut State, count: &mut usize) {
    state.part += 1;
    state.part_began = state.pages;
    state.position.clear();
    state.again = 0;
    *count = 0;
}

fn begin_again(state: &mut State, name: &str) -> anyhow::Result<()> {
    if state.again == MOST_AGAIN {
        bail!(text!(
            "{name} change sans cesse pendant la lecture : recommencez à une heure plus calme",
            "{name} keeps changing while it is read: try again at a quieter hour"
        ));
    }
    state.again += 1;
    state.pages = state.part_began;
    state.position.clear();
    Ok(())
}

/// The JSON of an answer, within the bounds of a file; what to do when it is none.
fn json(answer: &Answer, client: &Client<'_>) -> anyhow::Result<Value> {
    match import::read_json(&answer.bytes) {
        Ok(value) => Ok(value),
        Err(_) if looks_like_a_page(answer) => Err(anyhow!(no_api(client.known))),
        Err(refusal) => Err(anyhow!(refusal.message)),
    }
}

/// A key and a value of a query.
fn pair(key: &str, value: &(impl ToString + ?Sized)) -> (String, String) {
    (key.to_owned(), value.to_string())
}
