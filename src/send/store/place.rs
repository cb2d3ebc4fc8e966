//! Where in a store a site stands: `s3://bucket/prefix`, the region, and the store's address. Amazon's buckets
//! have names of their own in the DNS; those of other stores stand in the path.

use anyhow::{anyhow, bail};

use crate::client::Address;
use crate::text;

/// What a target of this sort starts with.
const SCHEME: &str = "s3://";

/// A prefix of a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    bucket: String,
    /// Without slashes around it; may be empty.
    prefix: String,
    pub(super) region: String,
    /// The store's own address, where it is not Amazon's.
    endpoint: Option<String>,
}

impl Place {
    /// Reads `s3://bucket/prefix`; `None` when a target is of another sort.
    pub fn parse(
        target: &str,
        region: &str,
        endpoint: Option<&str>,
    ) -> anyhow::Result<Option<Self>> {
        let Some(rest) = target.strip_prefix(SCHEME) else {
            return Ok(None);
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let plain =
            |byte: u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_');
        let prefix = prefix.trim_end_matches('/');
        let parts_are_names = || {
            prefix
                .split('/')
                .all(|part| !matches!(part, "" | "." | ".."))
        };
        let has_bucket = !bucket.is_empty() && bucket.bytes().all(plain);
        if !has_bucket || !(prefix.is_empty() || parts_are_names()) {
            bail!(text!(
                "`{target}` : écrivez `s3://compartiment/préfixe`",
                "`{target}`: write `s3://bucket/prefix`"
            ));
        }
        if region.is_empty() || !region.bytes().all(plain) {
            return Err(anyhow!(text!(
                "`AWS_REGION` n’est pas le nom d’une région",
                "`AWS_REGION` is no name of a region"
            )));
        }
        Ok(Some(Self {
            bucket: bucket.to_owned(),
            prefix: prefix.to_owned(),
            region: region.to_owned(),
            endpoint: endpoint.map(own_address).transpose()?,
        }))
    }

    /// The address of the store, or of the bucket where it has one.
    pub(super) fn address(&self, option: &str, example: &str) -> anyhow::Result<Address> {
        Address::new(&self.whole(), option, example)
    }

    fn whole(&self) -> String {
        if let Some(endpoint) = &self.endpoint {
            return endpoint.clone();
        }
        let host = format!("s3.{}.amazonaws.com", self.region);
        if self.is_in_path() {
            format!("https://{host}")
        } else {
            format!("https://{}.{host}", self.bucket)
        }
    }

    /// Whether the bucket stands in the path: no certificate is for a name with more dots.
    fn is_in_path(&self) -> bool {
        self.endpoint.is_some() || self.bucket.contains(['.', '_'])
    }

    /// What the client writes as `Host`.
    pub(super) fn authority(&self) -> String {
        let whole = self.whole();
        let authority = whole.split_once("://").map(|(_, authority)| authority);
        authority.unwrap_or(&whole).to_owned()
    }

    /// The path of a request for a key, from the first slash, not yet encoded.
    pub(super) fn path(&self, key: &str) -> String {
        if !self.is_in_path() {
            format!("/{key}")
        } else if key.is_empty() {
            format!("/{}", self.bucket)
        } else {
            format!("/{}/{key}", self.bucket)
        }
    }

    /// The key of a path of the site.
    pub(super) fn key(&self, path: &str) -> String {
        if self.prefix.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.prefix)
        }
    }

    /// A path of the site for people.
    pub(super) fn shown(&self, path: &str) -> String {
        format!("{SCHEME}{}/{}", self.bucket, self.key(path))
    }
}

/// The address of a store of one's own, as the head of a request has it: what is signed must be what is sent.
fn own_address(typed: &str) -> anyhow::Result<String> {
    let whole = typed.trim().trim_end_matches('/').to_ascii_lowercase();
    let (scheme, authority) = whole.split_once("://").unwrap_or(("", &whole));
    if authority.contains('/') {
        bail!(text!(
            "`AWS_ENDPOINT_URL` est l’adresse du serveur seul, sans chemin : `https://s3.example`",
            "`AWS_ENDPOINT_URL` is the address of the server alone, without a path: `https://s3.example`"
        ));
    }
    let usual = if scheme == "http" { ":80" } else { ":443" };
    Ok(whole.strip_suffix(usual).unwrap_or(&whole).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(target: &str, endpoint: Option<&str>) -> Place {
        let place = Place::parse(target, "eu-west-3", endpoint);
        place.expect(target).expect("a store")
    }

    #[test]
    fn buckets_stand_in_the_name_or_in_the_path() {
        let amazon = place("s3://parc/intranet/", None);
        assert_eq!(amazon.authority(), "parc.s3.eu-west-3.amazonaws.com");
        assert_eq!(amazon.path(&amazon.key("a.html")), "/intranet/a.html");
        assert_eq!(amazon.path(""), "/");
        let dotted = place("s3://parc.example", None);
        assert_eq!(dotted.authority(), "s3.eu-west-3.amazonaws.com");
        assert_eq!(dotted.path(&dotted.key("a.html")), "/parc.example/a.html");
        let own = place("s3://parc/x/y", Some("http://127.0.0.1:9000/"));
        assert_eq!(
            (own.authority().as_str(), own.path("").as_str()),
            ("127.0.0.1:9000", "/parc")
        );
        assert_eq!(own.path(&own.key("a.html")), "/parc/x/y/a.html");
        assert_eq!(
            place("s3://parc", Some("https://S3.example:443")).authority(),
            "s3.example"
        );
    }

    #[test]
    fn other_forms_are_refused() {
        for target in [
            "s3://",
            "s3:///x",
            "s3://a b/c",
            "s3://a?b",
            "s3://a/../b",
            "s3://a//b",
        ] {
            assert!(Place::parse(target, "eu-west-3", None).is_err(), "{target}");
        }
        assert_eq!(Place::parse("/srv/site", "", None).expect("no store"), None);
        assert!(Place::parse("s3://a", "eu west", None).is_err());
        assert!(Place::parse("s3://a", "eu-west-3", Some("https://s3.example/x")).is_err());
    }
}
