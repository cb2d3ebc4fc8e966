//! What every page receives around its own content: names of assets, navigation, contents, footer.

use serde::Serialize;

use super::changes::{Change, Dates};
use super::value::{Html, Link, Tone};

/// Received by every page as `frame`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Frame {
    /// The way from this page to the site's root: `""`, `"../"`, `"../../"`; for the 404 page, which may be
    /// shown at any depth, the path of the site (`/` or `/carnet/`) when it is known.
    pub root: String,
    /// A link to the site's home page.
    pub home: String,
    /// A link to the search page.
    pub search: String,
    /// Whether the site is made to open without a server.
    pub offline: bool,
    /// Final file names of the assets under `_carnet/`.
    pub assets: AssetNames,
    /// The site's name.
    pub site_name: String,
    /// The page's title: its only `<h1>`.
    pub title: String,
    /// A sentence for machines (`<meta name="description">`).
    pub description: Option<String>,
    /// From the home page down to the parent of this page; empty on the home page.
    pub breadcrumb: Vec<Link>,
    /// The navigation: `navigation.html` rendered with a [`NavigationContext`]. Pages of one section at one
    /// depth share the same bytes, so the caller renders it once for all of them.
    pub navigation: Html,
    /// The headings of the page, for "on this page"; empty leaves the column out.
    pub contents: Vec<Heading>,
    /// The page before, in reading order.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
    /// The same page in other languages, each named in its own.
    pub translations: Vec<Translation>,
    /// The language of the text, where it is not the page's: nobody has translated it.
    pub text_language: Option<&'static str>,
    /// That this is a past state of the site, and which: said above everything, on every page.
    pub past: Option<String>,
    /// The day that « dans 3 jours » counts from, where the project fixes it; `None` on pages of text.
    pub counted_from: Option<String>,
    /// What must be said at the top of the page: history cut short, a past state, a review that is overdue.
    pub notices: Vec<Notice>,
    /// How fresh the record of the page is.
    pub dates: Option<Dates>,
    /// The Atom feed of what the page lists.
    pub feed: Option<Link>,
    /// Whether the page may have steps to tick.
    pub steps: bool,
    /// Whether the page may have tabs, or pictures in its text.
    pub tabs_or_pictures: bool,
    /// On paper, the code that leads back to the page; for texts that are printed and carried about.
    pub qr: Option<Html>,
    /// Under the page.
    pub footer: Footer,
    /// File name under `_carnet/` of the script that reloads the page; only `serve` gives one.
    pub live_script: Option<String>,
}

/// The same page in another language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Translation {
    /// The language's code.
    pub language: &'static str,
    /// The language's own name, linked to the page.
    pub link: Link,
}

/// File names under `_carnet/`, each with the hash of its content (`style.3f9c2a71.css`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AssetNames {
    /// `style.css`.
    pub style: String,
    /// `carnet.js`.
    pub script: String,
    /// The scripts of the search, in the order they run in.
    pub search: Vec<String>,
    /// `search-engine.js`, which comes when a search box is entered.
    pub search_engine: String,
    /// `search-page.js`, for the search page.
    pub search_page: String,
    /// `history.js`, for the pages of the history.
    pub history: String,
    /// `placeholders.js`, for procedures with holes for an asset's values.
    pub placeholders: String,
    /// `run.js`, for pages with steps to tick.
    pub run: String,
    /// `prose.js`, for pages with tabs or pictures in their text.
    pub prose: String,
    /// `visits.js`, for the home page.
    pub visits: String,
    /// `offline.js`, for the page where a reader chooses what to keep.
    pub offline: String,
    /// `on-call.js`, for pages that say who is on call.
    pub on_call: String,
    /// `labels.js`, for the sheets of labels to print.
    pub labels: String,
    /// `labels.css`, for the same.
    pub labels_style: String,
    /// `tags.js`, for the pages that printed labels lead to.
    pub tags: String,
    /// `table.js`, for pages with a table that is sorted and filtered.
    pub table: String,
    /// `sort.js`, for the table of the home page.
    pub sort: String,
    /// `theme.js`.
    pub theme: String,
    /// `favicon.svg`.
    pub favicon: String,
    /// The picture in the place of the site's name, where the site gives one.
    pub logo: Option<String>,
}

/// A heading of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// Its `id`.
    pub id: String,
    /// Its text.
    pub text: String,
    /// 2 to 6; the contents show 2 and 3.
    pub level: u8,
}

/// A message about the page as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Its tone.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// Where to go from there.
    pub link: Option<Link>,
}

/// The foot of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Footer {
    /// The date that deadlines are judged on, as read.
    pub as_of: String,
    /// Carnet's version.
    pub version: String,
    /// The last change of what the page shows.
    pub changed: Option<Change>,
    /// Where the page was written; `None` for pages that are computed.
    pub source: Option<EditLinks>,
    /// The page where a reader chooses what to keep without the network; `None` on a site without a server.
    pub offline: Option<String>,
    /// The page's full address, printed on paper; known only with a base URL.
    pub address: Option<String>,
}

/// Where the source of a page is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EditLinks {
    /// Path in the repository, with the line where a record shares its file (`inventory/assets/lyon.yaml:42`).
    pub path: String,
    /// The forge's page that shows it.
    pub view: Option<String>,
    /// The forge's editor.
    pub edit: Option<String>,
    /// The forge's form to report an error on this page.
    pub report: Option<String>,
}

/// Received by `navigation.html`, the tree on the left; rendered on its own and shared between pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NavigationContext {
    /// The groups, in order: fleet, software, …, procedures, pages.
    pub groups: Vec<NavigationGroup>,
}

/// A titled group of the navigation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NavigationGroup {
    /// Its title; empty for the links above all groups.
    pub title: String,
    /// Whether it is unfolded: the group of the current page, and a few short ones.
    pub open: bool,
    /// What it holds. Keep it short: only the current section lists its pages.
    pub entries: Vec<NavigationEntry>,
}

/// A line of the navigation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NavigationEntry {
    /// Label and address; the hint is not shown.
    pub link: Link,
    /// How many records stand behind it.
    pub count: Option<usize>,
    /// Whether this is the current page (`page`) or the section it is in (`section`).
    pub current: Option<&'static str>,
    /// Lines under it, shown when it is current or holds the current page.
    pub entries: Vec<NavigationEntry>,
}
