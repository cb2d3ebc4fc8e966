//! The signature of a request to S3 (AWS Signature Version 4, in the `Authorization` header): what is signed
//! is the method, the path, the query, every header named, and the hash of the body.
//!
//! HMAC is ring's, which rustls brings along.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ring::hmac;

use crate::digest::{hex, sha256};

/// Who signs, and for what.
pub(super) struct Signer<'a> {
    pub key: &'a str,
    pub secret: &'a str,
    pub region: &'a str,
}

/// A request to be signed.
pub(super) struct Request<'a> {
    pub method: &'a str,
    /// From the first slash, [`encoded`] already.
    pub path: &'a str,
    /// Names and values, not yet encoded.
    pub query: &'a [(&'a str, &'a str)],
    /// Names in lower case and values: `host`, `x-amz-date` and `x-amz-content-sha256` at least.
    pub headers: &'a [(&'a str, &'a str)],
    /// The hash of the body.
    pub body: &'a str,
}

impl Signer<'_> {
    /// The value of `Authorization` for a request of a [`moment`].
    pub(super) fn authorization(&self, request: &Request<'_>, moment: &str) -> String {
        let day = &moment[..8];
        let scope = format!("{day}/{}/s3/aws4_request", self.region);
        let canonical = canonical(request);
        let digest = hash(canonical.as_bytes());
        let to_sign = format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{digest}");
        let first = format!("AWS4{}", self.secret);
        let mut key = first.into_bytes();
        for step in [day, self.region, "s3", "aws4_request"] {
            key = sign(&key, step);
        }
        let signature = hex(&sign(&key, &to_sign));
        let (name, headers) = (self.key, names(request.headers));
        format!(
            "AWS4-HMAC-SHA256 Credential={name}/{scope},SignedHeaders={headers},Signature={signature}"
        )
    }
}

/// A request in the one form that both sides hash.
fn canonical(request: &Request<'_>) -> String {
    let mut sorted: Vec<_> = request.headers.to_vec();
    sorted.sort_unstable();
    let mut headers = String::new();
    for (name, value) in sorted {
        let _ = writeln!(headers, "{name}:{}", value.trim());
    }
    format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        request.method,
        request.path,
        query(request.query),
        names(request.headers),
        request.body
    )
}

fn names(headers: &[(&str, &str)]) -> String {
    let mut names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.join(";")
}

/// A query as it is sent and signed: encoded, sorted.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter();
    let mut pairs: Vec<String> = pairs
        .map(|(key, value)| format!("{}={}", encoded(key, false), encoded(value, false)))
        .collect();
    pairs.sort_unstable();
    pairs.join("&")
}

/// A text with every byte encoded that RFC 3986 does not leave as it is; slashes are kept in paths.
pub(super) fn encoded(text: &str, is_path: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            b'/' if is_path => out.push('/'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A moment as it is signed: `20130524T000000Z`.
pub(super) fn moment(now: Timestamp) -> String {
    let now = now.to_zoned(TimeZone::UTC);
    now.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The hash of a body.
pub(super) fn hash(body: &[u8]) -> String {
    hex(&sha256(body))
}

fn sign(key: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: &str = "20130524T000000Z";
    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// The credentials of the examples in AWS's documentation of the signature.
    const SIGNER: Signer<'_> = Signer {
        key: "AKIAIOSFODNN7EXAMPLE",
        secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        region: "us-east-1",
    };

    fn signature(
        method: &str,
        path: &str,
        query: &[(&str, &str)],
        more: &[(&str, &str)],
    ) -> String {
        let body = more
            .iter()
            .find(|(name, _)| *name == "x-amz-content-sha256");
        let body = body.map_or(EMPTY, |(_, hash)| hash);
        let mut headers = vec![
            ("host", "examplebucket.s3.amazonaws.com"),
            ("x-amz-date", MOMENT),
        ];
        if body == EMPTY {
            headers.push(("x-amz-content-sha256", EMPTY));
        }
        headers.extend(more);
        let request = Request {
            method,
            path,
            query,
            headers: &headers,
            body,
        };
        let authorization = SIGNER.authorization(&request, MOMENT);
        let (_, signature) = authorization.rsplit_once('=').expect("a signature");
        signature.to_owned()
    }

    /// The four examples that AWS publishes under "Signature Calculations for the Authorization Header".
    #[test]
    fn signatures_are_those_of_the_published_examples() {
        assert_eq!(
            signature("GET", "/test.txt", &[], &[("range", "bytes=0-9")]),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
        let body = hash(b"Welcome to Amazon S3.");
        let put = [
            ("date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ("x-amz-content-sha256", body.as_str()),
        ];
        assert_eq!(
            signature("PUT", &encoded("/test$file.text", true), &[], &put),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        );
        assert_eq!(
            signature("GET", "/", &[("lifecycle", "")], &[]),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        );
        assert_eq!(
            signature("GET", "/", &[("prefix", "J"), ("max-keys", "2")], &[]),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        );
    }

    #[test]
    fn names_and_moments_are_written_as_they_are_signed() {
        assert_eq!(
            encoded("a b/é+(1).html", true),
            "a%20b/%C3%A9%2B%281%29.html"
        );
        assert_eq!(
            query(&[("prefix", "a/b"), ("list-type", "2")]),
            "list-type=2&prefix=a%2Fb"
        );
        let moment = moment(Timestamp::from_second(1_369_353_600).expect("a moment"));
        assert_eq!(moment, MOMENT);
    }
}
