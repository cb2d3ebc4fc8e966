//! One page being made: where it stands, in which language, and how it links to others.

use jiff::civil::{Date, DateTime};

use crate::diagnostic::Language;
use crate::estate::{Estate, Record, places};
use crate::format;
use crate::schema;
use crate::site::Site;
use crate::site::address::{encode, file, relative, root_of};
use crate::site::context::{AssetNames, Badge, Link, Moment, Tone};
use crate::site::templates::TemplateError;
use crate::typography;

/// What every part of a page needs to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub site: &'a Site,
    /// The output path.
    pub path: &'a str,
    pub language: Language,
    /// Texts are not written out: a name stands for each, another one for whatever would read differently. The page is
    /// not shown then but compared.
    pub is_sketch: bool,
}

impl<'a> Page<'a> {
    pub fn new(site: &'a Site, path: &'a str, language: Language) -> Self {
        Self {
            site,
            path,
            language,
            is_sketch: false,
        }
    }

    /// The same page to be compared.
    pub fn sketch(self) -> Self {
        Self {
            is_sketch: true,
            ..self
        }
    }

    pub fn estate(&self) -> &'a Estate {
        &self.site.estate
    }

    /// The files of the theme that the page's language loads.
    pub fn assets(&self) -> &'a AssetNames {
        let assets = self.site.assets.get(&self.language);
        assets.expect("every language has its files")
    }

    /// The way to the site's root.
    pub fn root(&self) -> String {
        root_of(self.path)
    }

    /// A relative link to an address from the root.
    pub fn to(&self, url: &str) -> String {
        self.opened(relative(self.path, url))
    }

    /// A link by way of the root: the same on all pages of one depth, for what they share.
    pub fn by_root(&self, url: &str) -> String {
        let link = self.root() + &encode(url);
        self.opened(if link.is_empty() {
            "./".to_owned()
        } else {
            link
        })
    }

    /// The link as it opens: without a server, no folder finds its page by itself.
    fn opened(&self, link: String) -> String {
        if self.estate().config.offline {
            file(link)
        } else {
            link
        }
    }

    /// A link to a record, by its title; a place by the one that tells it from those of other sites.
    pub fn link(&self, record: &Record) -> Link {
        let estate = self.estate();
        let url = estate.address_in(record, self.language);
        let shown = estate.translated(record, self.language);
        Link::new(places::told(estate, shown), self.to(&url))
    }

    /// A link to a record, its id beside the title where people know it by its number (`pc-0101`).
    pub fn link_with_id(&self, record: &Record) -> Link {
        let link = self.link(record);
        let id = &record.source.id;
        let is_number = id.contains(|letter: char| letter.is_ascii_digit()) && !id.contains('/');
        if is_number && !record.title.contains(id.as_str()) {
            link.hint(id)
        } else {
            link
        }
    }

    /// A link to a machine that tells its number and the site where it stands: of a row of batteries one looks for the
    /// one at hand.
    pub fn link_with_site(&self, asset: &Record) -> Link {
        let Link { text, url, hint } = self.link_with_id(asset);
        let site = places::whole(self.estate(), asset).map(|site| site.title.clone());
        let told: Vec<String> = [hint, site].into_iter().flatten().collect();
        let hint = (!told.is_empty()).then(|| told.join(" · "));
        Link { text, url, hint }
    }

    /// A word of the interface; the default theme has them all, which a test holds.
    pub fn word(&self, key: &str) -> String {
        self.site
            .templates(self.language)
            .labels()
            .get(key)
            .unwrap_or(key)
            .to_owned()
    }

    /// An author's text with the marks that a keyboard lacks, where it is shown as it is.
    pub fn set(&self, text: &str) -> String {
        typography::plain(text, self.language).into_owned()
    }

    /// A counted word of the interface.
    pub fn count(&self, key: &str, count: usize) -> String {
        let labels = self.site.templates(self.language).labels();
        labels.count(key, count).unwrap_or_else(|| key.to_owned())
    }

    /// A count as read, without a word.
    pub fn number(&self, count: usize) -> String {
        format::integer(i64::try_from(count).unwrap_or(i64::MAX), self.language)
    }

    /// Puts a count and the words that agree with it into a text (`{key}`, `{key:one/many}`).
    pub fn agree(&self, text: &str, key: &str, count: usize) -> String {
        super::labels::agree(text, key, count as u128, &self.number(count), self.language)
    }

    pub fn date(&self, date: Date) -> Moment {
        Moment::new(date.to_string(), format::short_date(date, self.language))
    }

    pub fn long_date(&self, date: Date) -> Moment {
        Moment::new(date.to_string(), format::long_date(date, self.language))
    }

    pub fn date_time(&self, moment: DateTime) -> Moment {
        Moment::new(moment.to_string(), format::date_time(moment, self.language))
    }

    /// How near a deadline is, coloured from two months on.
    pub fn nearness(&self, days: i32) -> Badge {
        let tone = match days {
            days if days < 0 => Tone::Danger,
            days if days <= 60 => Tone::Warning,
            _ => Tone::Neutral,
        };
        Badge::new(format::distance(days, self.language), tone)
    }

    /// Renders a template.
    pub fn render(
        &self,
        template: &str,
        context: &impl serde::Serialize,
    ) -> Result<String, TemplateError> {
        self.site.fill(self.language, template, context)
    }
}

/// The tone of a schema's value as templates know it.
pub(super) fn tone(tone: schema::Tone) -> Tone {
    match tone {
        schema::Tone::Neutral => Tone::Neutral,
        schema::Tone::Success => Tone::Success,
        schema::Tone::Warning => Tone::Warning,
        schema::Tone::Danger => Tone::Danger,
        schema::Tone::Info => Tone::Info,
    }
}
