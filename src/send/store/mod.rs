//! A store that speaks S3 as a target: Amazon's, or one of one's own (`MinIO`, Ceph, Garage…). Five requests in
//! all, each signed by `signature`; the credentials come from the environment alone.

mod listing;
mod place;
mod signature;

use std::collections::BTreeMap;

use anyhow::{anyhow, bail};
use jiff::Timestamp;

pub use place::Place;

use super::Target;
use crate::client::{Answer, Ask, Client, Failure, Headers, Known, Question, Secret, Tell, Waits};
use crate::diagnostic::Text;
use crate::history::visible_line;
use crate::http::media_type;
use crate::text;
use signature::{Request, Signer, encoded, hash, moment, query};

/// What failures say of a store.
const KNOWN: Known = Known {
    name: "S3",
    variables: "`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`",
    example: "https://s3.example",
    address: "AWS_ENDPOINT_URL",
    authority: "AWS_CA_BUNDLE",
};

/// Files whose names carry their hash are kept for a year, all others are asked for each time.
const LASTING: &str = "public, max-age=31536000, immutable";
const FRESH: &str = "no-cache";
/// The longest answer: the manifest of four million files.
const LONGEST: u64 = 1 << 30;

/// Who may write to a store.
#[derive(Debug)]
pub struct Credentials {
    /// `AWS_ACCESS_KEY_ID`.
    pub key: Secret,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret: Secret,
    /// `AWS_SESSION_TOKEN`, of credentials that were lent.
    pub session: Option<Secret>,
}

/// A prefix of a bucket.
pub struct Store<'a> {
    place: Place,
    credentials: Credentials,
    client: Client<'a>,
}

impl<'a> Store<'a> {
    /// A store. `authority` are certificates (PEM) that sign the store's, in the place of those that the machine
    /// trusts; `tell` takes what people should know meanwhile.
    pub fn new(
        place: Place,
        credentials: Credentials,
        authority: Option<&[u8]>,
        (waits, tell): (Waits, Tell<'a>),
    ) -> anyhow::Result<Self> {
        let address = place.address(KNOWN.address, KNOWN.example)?;
        let client = Client::new(address, authority, waits, (tell, &KNOWN))?;
        Ok(Self {
            place,
            credentials,
            client,
        })
    }

    /// Asks for something. `key` is the object, with its prefix; the bucket itself without.
    fn ask(
        &self,
        (method, key): (&str, &str),
        pairs: &[(&str, &str)],
        headers: &[(&'static str, &str)],
        body: Question<'_>,
    ) -> Result<Answer, Failure> {
        let path = encoded(&self.place.path(key), true);
        let digest = match body {
            Question::Put(bytes) => hash(bytes),
            _ => hash(b""),
        };
        let sign = || self.signed(method, (&path, pairs), headers, &digest);
        let mut target = path[1..].to_owned();
        if !pairs.is_empty() {
            target = format!("{target}?{}", query(pairs));
        }
        self.client.ask(&Ask {
            path: &target,
            signed: Some(&sign),
            body,
            longest: Some(LONGEST),
            ..Ask::default()
        })
    }

    /// The headers of a request, and its signature of this moment.
    fn signed(
        &self,
        method: &str,
        (path, query): (&str, &[(&str, &str)]),
        headers: &[(&'static str, &str)],
        digest: &str,
    ) -> Headers {
        let now = moment(Timestamp::now());
        let mut sent = headers.to_vec();
        sent.extend([
            ("x-amz-content-sha256", digest),
            ("x-amz-date", now.as_str()),
        ]);
        if let Some(session) = &self.credentials.session {
            sent.push(("x-amz-security-token", session.value()));
        }
        // The client itself writes the host.
        let host = self.place.authority();
        let mut all = sent.clone();
        all.push(("host", host.as_str()));
        let signer = Signer {
            key: self.credentials.key.value(),
            secret: self.credentials.secret.value(),
            region: &self.place.region,
        };
        let request = Request {
            method,
            path,
            query,
            headers: &all,
            body: digest,
        };
        let authorization = signer.authorization(&request, &now);
        sent.push(("authorization", authorization.as_str()));
        let headers = sent.into_iter();
        headers
            .map(|(name, value)| (name, Secret::made(value.to_owned())))
            .collect()
    }

    /// The failure of an answer that is none of the expected.
    fn refused(&self, answer: &Answer, path: &str) -> anyhow::Error {
        let (code, words) = listing::refusal(&answer.bytes);
        let said: String = visible_line(&words).chars().take(300).collect();
        let code: String = visible_line(&code).chars().take(60).collect();
        let (status, place) = (answer.status, self.place.shown(path));
        let Text { fr, en } = advice(&code, status);
        anyhow!(text!(
            "`{place}` : le dépôt d’objets a répondu {status} {code} {said}{fr}",
            "`{place}`: the store answered {status} {code} {said}{en}"
        ))
    }
}

/// What to do about a refusal.
fn advice(code: &str, status: u16) -> Text {
    match (code, status) {
        ("SignatureDoesNotMatch" | "InvalidAccessKeyId" | "ExpiredToken" | "InvalidToken", _) => {
            text!(
                " ; vérifiez `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` et `AWS_SESSION_TOKEN` dans l’environnement",
                "; check `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN` in the environment"
            )
        }
        (
            "AuthorizationHeaderMalformed"
            | "PermanentRedirect"
            | "IllegalLocationConstraintException",
            _,
        ) => {
            text!(
                " ; vérifiez `AWS_REGION` : ce doit être la région de ce compartiment",
                "; check `AWS_REGION`: it is to be the region of this bucket"
            )
        }
        ("RequestTimeTooSkewed", _) => text!(
            " ; l’horloge de cette machine n’est pas à l’heure",
            "; the clock of this machine is wrong"
        ),
        ("NoSuchBucket", _) => text!(
            " ; créez d’abord ce compartiment, ou vérifiez `AWS_ENDPOINT_URL`",
            "; make this bucket first, or check `AWS_ENDPOINT_URL`"
        ),
        (_, 401 | 403) => text!(
            " ; ces identifiants doivent pouvoir lister, lire, écrire et supprimer sous ce préfixe",
            "; these credentials must be allowed to list, read, write and delete below this prefix"
        ),
        _ => Text::default(),
    }
}

impl Target for Store<'_> {
    fn list(&self) -> anyhow::Result<BTreeMap<String, u64>> {
        let prefix = self.place.key("");
        let mut found = BTreeMap::new();
        let mut next: Option<String> = None;
        loop {
            let mut pairs = vec![("list-type", "2"), ("prefix", prefix.as_str())];
            if let Some(token) = &next {
                pairs.push(("continuation-token", token));
            }
            let answer = self.ask(("GET", ""), &pairs, &[], Question::Empty)?;
            if answer.status != 200 {
                return Err(self.refused(&answer, ""));
            }
            let Some(page) = listing::page(&answer.bytes) else {
                let place = self.place.shown("");
                bail!(text!(
                    "`{place}` : la réponse n’est pas une liste d’objets S3 ; vérifiez `AWS_ENDPOINT_URL`",
                    "`{place}`: the answer is no list of S3 objects; check `AWS_ENDPOINT_URL`"
                ));
            };
            let objects = page.objects.into_iter();
            let objects = objects.filter_map(|(key, length)| {
                let path = key.strip_prefix(&prefix)?;
                // Some tools make an empty object for a folder.
                (!path.is_empty() && !path.ends_with('/')).then(|| (path.to_owned(), length))
            });
            found.extend(objects);
            match page.next {
                Some(token) => next = Some(token),
                None => return Ok(found),
            }
        }
    }

    fn read(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let answer = self.ask(("GET", &self.place.key(path)), &[], &[], Question::Empty)?;
        match (answer.status, listing::refusal(&answer.bytes).0.as_str()) {
            (200, _) => Ok(Some(answer.bytes)),
            (404, code) if code != "NoSuchBucket" => Ok(None),
            _ => Err(self.refused(&answer, path)),
        }
    }

    fn put(&self, path: &str, bytes: &[u8], is_lasting: bool) -> anyhow::Result<()> {
        let headers = [
            ("content-type", media_type(path)),
            ("cache-control", if is_lasting { LASTING } else { FRESH }),
        ];
        let key = self.place.key(path);
        let answer = self.ask(("PUT", &key), &[], &headers, Question::Put(bytes))?;
        match answer.status {
            200..300 => Ok(()),
            _ => Err(self.refused(&answer, path)),
        }
    }

    fn remove(&self, path: &str) -> anyhow::Result<()> {
        let key = self.place.key(path);
        let answer = self.ask(("DELETE", &key), &[], &[], Question::Delete)?;
        match answer.status {
            200..300 | 404 => Ok(()),
            _ => Err(self.refused(&answer, path)),
        }
    }

    /// What a store has answered for, it has.
    fn settle(&self) -> anyhow::Result<()> {
        Ok(())
    }
}
