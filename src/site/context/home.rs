//! The home page: what a technician needs first, then who steers, then who writes.

use serde::Serialize;

use super::changes::SiteChange;
use super::frame::Frame;
use super::list::{Column, Row};
use super::on_call::OnCallClock;
use super::pages::ActivityProcedures;
use super::review::LinkedFigure;
use super::value::{Badge, Html, Link, Moment};

/// Received by `home.html`. Every part but `frame` may be empty, and is then left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HomeContext {
    /// Around the page.
    pub frame: Frame,
    /// The words of `content/index.md`.
    pub introduction: Option<Html>,
    /// The command that makes a first record, while there is none at all.
    pub new_command: Option<String>,
    /// Kinds with their counts, the most used first.
    pub kinds: Vec<KindCount>,
    /// Open tickets.
    pub tickets: Option<TicketBoard>,
    /// What ends soon or is past, the nearest first.
    pub deadlines: Vec<Deadline>,
    /// The page that shows all deadlines.
    pub all_deadlines: Option<Link>,
    /// Promises and budgets, for those who steer.
    pub steering: Vec<HomeCard>,
    /// What lacks and what is stale, for those who write.
    pub upkeep: Vec<HomeCard>,
    /// The latest changes of the site.
    pub changes: Vec<SiteChange>,
    /// The page that shows all changes.
    pub history: Option<Link>,
    /// What `visits.js` compares with the last visit.
    pub visits: Option<Visits>,
    /// The three activities, a few procedures each.
    pub activities: Vec<ActivityProcedures>,
    /// What the browser's clock tells of `on_call`.
    pub on_call_clock: OnCallClock,
    /// Who is on call on the day that the site is true of.
    pub on_call: Vec<OnCallRota>,
}

/// A few figures or records, and the page that has the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HomeCard {
    /// Anchor of its heading.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// What is counted, with the list of it where there is one.
    pub figures: Vec<LinkedFigure>,
    /// Links with what there is to say of them.
    pub lines: Vec<(Link, Badge)>,
    /// What `lines` leaves out.
    pub note: Option<String>,
    /// The page.
    pub more: Option<Link>,
}

/// The newest commits, for what is new since the reader's last visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Visits {
    /// The script's file name under `_carnet/`.
    pub script: String,
    /// Short id and time in seconds since 1970 of each, newest first: `3f9c2a71:1795190400 …`.
    pub commits: String,
}

/// A kind and how many records it has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct KindCount {
    /// The kind's label in the plural, linked to its list.
    pub link: Link,
    /// How many.
    pub count: usize,
}

/// Open tickets at a glance.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TicketBoard {
    /// All open tickets.
    pub all: Link,
    /// How many are open.
    pub open: usize,
    /// How many missed their time, with the list of these as address.
    pub late: Option<Link>,
    /// How many by priority, the highest first.
    pub priorities: Vec<(Badge, usize)>,
    /// Headings of `rows`.
    pub columns: Vec<Column>,
    /// The most urgent ones.
    pub rows: Vec<Row>,
}

/// Something that ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// What, with its kind as hint.
    pub link: Link,
    /// What ends (« fin de garantie »).
    pub what: String,
    /// When.
    pub date: Moment,
    /// How near (« dans 12 jours »).
    pub badge: Badge,
}

/// Who is on call by one rota.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OnCallRota {
    /// The rota.
    pub rota: Link,
    /// The number that whoever is on call answers, as read, linked with `tel:`.
    pub phone: Option<Link>,
    /// Those of the day, and when nobody is.
    pub duties: Vec<OnCall>,
}

/// Someone on call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OnCall {
    /// Who.
    pub person: Link,
    /// Their own telephone, as read, linked with `tel:`.
    pub phone: Option<Link>,
    /// The level of support, as read.
    pub level: Option<String>,
    /// Until when.
    pub until: Option<Moment>,
    /// Start and end in seconds since 1970, for the browser's clock.
    pub span: String,
}
