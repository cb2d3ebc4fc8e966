//! Pulls that must come to nothing: servers that answer badly, questions that are not sent, certificates that
//! nobody vouches for. Each failure says what to do, and never a secret.

use std::time::Duration;

use carnet::pull::{Asked, Login, Pull, Secret, Waits, pull};
use serde_json::json;

use super::glpi::{self, Glpi};
use super::server::{Reply, Server};
use super::{CANARY, carnet, command, no_secret, project, secured, told};

/// What the library says of a GLPI that gives one reply to all, and how often it was asked.
fn failure(waits: Waits, reply: impl Fn() -> Reply + Send + Sync + 'static) -> (String, usize) {
    let server = Server::start(move |_| reply());
    let folder = tempfile::tempdir().expect("a folder");
    let secret = |value| Secret::new("X", value).expect("a secret");
    let outcome = pull(Pull {
        asked: Asked {
            url: server.url(),
            ..Asked::default()
        },
        login: Login::Glpi(secret(glpi::TOKEN), None),
        authority: None,
        folder: folder.path().join("pull/glpi"),
        waits,
        tell: &|_| {},
    });
    let told = format!("{:?}", outcome.expect_err("a failure"));
    assert!(!told.contains(CANARY), "{told}");
    no_secret(folder.path());
    (told, server.asked().len())
}

/// Waits that a test has time for.
fn short() -> Waits {
    Waits {
        answer: Duration::from_secs(30),
        first: Duration::from_millis(2),
        ..Waits::default()
    }
}

/// A reply, what is told of it, and how often it is asked for.
type Case = (Box<dyn Fn() -> Reply + Send + Sync>, &'static str, usize);

#[test]
fn servers_that_answer_badly_are_told_with_what_to_do() {
    let other = Server::start(|_| Reply::text(200, "{}"));
    let elsewhere = format!("{}/login?x={CANARY}", other.url());
    let error = |code: &str| json!([code, "x"]).to_string();
    let (login, right) = (
        error("ERROR_GLPI_LOGIN_USER_TOKEN"),
        error("ERROR_RIGHT_MISSING"),
    );
    let cases: Vec<Case> = vec![
        (Box::new(|| Reply::Page(200)), "page de connexion", 1),
        (Box::new(|| Reply::Page(404)), "est comme `https://glpi", 1),
        (Box::new(|| Reply::text(200, "[{")), "coupé ou abîmé", 1),
        (Box::new(|| Reply::Endless), "plus de 48 Mio", 1),
        (
            Box::new(|| Reply::Raw(b"SSH-2.0-OpenSSH_9\r\n")),
            "n’est pas du HTTP",
            1,
        ),
        (
            Box::new(move || Reply::text(401, &login)),
            "ne reconnaît pas ce jeton (401)",
            1,
        ),
        (
            Box::new(move || Reply::text(403, &right)),
            "lui refuse cette demande (403)",
            1,
        ),
        (
            Box::new(|| Reply::text(404, "{}")),
            "n’a rien à cette adresse (404)",
            1,
        ),
        (
            Box::new(|| Reply::text(503, "{}")),
            "abandon après 6 essais",
            6,
        ),
        (
            Box::new(|| Reply::Cut("{\"a\": 1}".to_owned())),
            "s’est rompue",
            6,
        ),
        (
            Box::new(|| Reply::Json(429, vec![("Retry-After", "301".to_owned())], String::new())),
            "demande d’attendre 301 s",
            1,
        ),
        (
            Box::new(move || {
                Reply::Json(302, vec![("Location", elsewhere.clone())], String::new())
            }),
            "le jeton n’y est pas envoyé",
            1,
        ),
    ];
    for (reply, why, times) in cases {
        let (told, asked) = failure(short(), reply);
        assert!(told.contains(why), "{why}: {told}");
        assert_eq!(asked, times, "{why}");
    }
    assert_eq!(other.asked().len(), 0, "the token went elsewhere");
}

#[test]
fn an_answer_that_never_comes_is_given_up() {
    let shorter = Waits {
        answer: Duration::from_millis(200),
        tries: 2,
        ..short()
    };
    let (told, asked) = failure(shorter, || Reply::Stall);
    assert!(told.contains("n’a pas fini de répondre à temps"), "{told}");
    assert_eq!(asked, 2);
}

#[test]
fn what_cannot_go_well_is_refused_before_anything_is_sent() {
    let server = Server::start(|_| Reply::text(200, "{}"));
    let folder = project();
    let root = folder.path();
    let url = server.url();
    let with_password = format!("http://a:{CANARY}@127.0.0.1:{}", server.port);
    let cases: [(&[&str], &str); 9] = [
        (
            &["glpi", "--url", "http://glpi.example"],
            "n’est pas chiffré",
        ),
        (
            &["glpi", "--url", &with_password],
            "un nom ou un mot de passe",
        ),
        (&["glpi", "--url", &url, "a.json"], "pas les deux"),
        (
            &["glpi", "--url", &url, "--complete", "--since", "2026-11-01"],
            "sans `--since`",
        ),
        (
            &["glpi", "--url", &url, "--since", "hier"],
            "n’est pas une date",
        ),
        (
            &["glpi", "--url", &url, "--jql", "a = b"],
            "une recherche de Jira",
        ),
        (&["ldif", "--url", &url], "ne vaut que pour `glpi`"),
        (
            &["glpi", "carnet.yaml", "--since", "2026-11-01"],
            "donnez aussi `--url`",
        ),
        (
            &["jira", "--url", &url, "--jql", "a = b ORDER BY key"],
            "ne doit pas trier",
        ),
    ];
    for (arguments, why) in cases {
        let (code, told) = carnet(root, &[&["import"], arguments].concat());
        assert_eq!(code, 2, "{arguments:?}: {told}");
        assert!(told.contains(why), "{arguments:?}: {told}");
    }
    let mut without = command(root, &["import", "glpi", "--url", &url]);
    without.env_remove("CARNET_GLPI_TOKEN");
    let (code, told) = told(without);
    assert!(
        code == 2 && told.contains("il manque `CARNET_GLPI_TOKEN`"),
        "{told}"
    );
    assert_eq!(server.asked().len(), 0);
}

#[test]
fn certificates_are_judged_by_the_machine_or_by_the_authority_given() {
    let console = Glpi::new(3);
    let port = secured::start(move |request| console.answer(request));
    let pem = |name: &str| secured::certificate(name).to_string_lossy().into_owned();
    let (authority, stranger) = (pem("authority.pem"), pem("stranger.pem"));
    // Whom the machine trusts; the name asked for; `--ca`; what comes of it.
    let nobody = "/dev/null".to_owned();
    let cases = [
        (
            &nobody,
            "localhost",
            None,
            "ne connaît aucune autorité de certification",
        ),
        (&nobody, "localhost", Some(&authority), ""),
        (
            &stranger,
            "localhost",
            None,
            "que cette machine ne connaît pas",
        ),
        (&stranger, "localhost", Some(&authority), ""),
        (&authority, "localhost", None, ""),
        (
            &authority,
            "localhost",
            Some(&stranger),
            "que cette machine ne connaît pas",
        ),
        (
            &authority,
            "127.0.0.1",
            None,
            "n’est pas celui de 127.0.0.1",
        ),
    ];
    for (trusted, host, given, why) in cases {
        let folder = project();
        let url = format!("https://{host}:{port}");
        let mut arguments = vec!["import", "glpi", "--url", &url];
        arguments.extend(given.iter().flat_map(|given| ["--ca", given.as_str()]));
        let mut command = command(folder.path(), &arguments);
        command
            .env("SSL_CERT_FILE", trusted)
            .env_remove("SSL_CERT_DIR");
        command.env("NO_PROXY", "localhost,127.0.0.1");
        let (code, told) = told(command);
        let expected = if why.is_empty() { 0 } else { 2 };
        assert_eq!(code, expected, "{host} {given:?}: {told}");
        assert!(told.contains(why), "{told}");
    }
}
