//! What may be asked of the server, and by whom.

use super::*;

#[test]
fn nothing_but_the_site_is_read() {
    let served = Served::start(&["--no-history"]);
    let targets = [
        "/../canary.txt",
        "/..%2fcanary.txt",
        "/%2e%2e/canary.txt",
        "/%252e%252e/canary.txt",
        "/a/..;/canary.txt",
        "/..\\canary.txt",
        "/..%5ccanary.txt",
        "/%00",
        "/index.html%00.txt",
        "//etc/passwd",
        "/C:/x",
        "/COM1",
        "/CON.html",
        "/index.html::$DATA",
        "/.git/config",
        "/.env",
        "/%2eenv",
        "/carnet.yaml",
        "/procedures/imprimante.md",
        "/inventory/assets/lyon.yaml",
        "/a/.",
        "/.env%20",
        "/.env.",
        "/?raw??",
        "/.env?raw",
        "/%c0%ae%c0%ae/canary.txt",
        "/a#/../../canary.txt",
        "/procedures/../../canary.txt",
        "/procedures/..",
        "/_carnet/",
        "/_carnet/../.env",
        "/_carnet/live/../../.env",
        "/_carnet/live.js/../../.env",
        "/themes/default/",
        "/manifest.json",
        "http://evil.example/",
        "*",
        "/procedures/imprimante/index.html/",
        "/assets//pc-001/",
    ];
    for target in targets {
        let answer = served.get(target);
        let listed = target.starts_with("/?");
        let allowed: &[&str] = if listed { &["200"] } else { &["400", "404"] };
        assert!(
            allowed.contains(&status(&answer)),
            "{target}: {}",
            status(&answer)
        );
        assert!(
            !answer.contains(CANARY) && !answer.contains("root:x:"),
            "{target}"
        );
    }
}

#[test]
fn other_names_and_other_sites_are_refused_everywhere() {
    let served = Served::start(&["--no-history"]);
    for own in [
        "/",
        "/_carnet/live",
        "/_carnet/live.js",
        "/_carnet/live.css",
        "/_carnet/diagnostics.json",
    ] {
        let foreign =
            format!("GET {own} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assert_eq!(status(&served.raw(foreign.as_bytes())), "403", "{own}");
        let origin = format!(
            "GET {own} HTTP/1.1\r\nHost: {}\r\nOrigin: http://evil.example\r\nConnection: close\r\n\r\n",
            served.address
        );
        assert_eq!(status(&served.raw(origin.as_bytes())), "403", "{own}");
    }
}

#[test]
fn a_missing_page_is_not_found_even_with_errors() {
    let served = Served::start(&["--no-history"]);
    served.write("procedures/fausse.md", "---\ntitle: [\n---\n");
    served.wait("/_carnet/diagnostics.json", |answer| {
        answer.contains("fausse.md")
    });
    let missing = served.get("/nulle-part/");
    assert_eq!(status(&missing), "404");
    assert!(missing.contains("live.js"), "it heals by itself");
}

#[test]
fn nothing_is_written_while_serving() {
    let served = Served::start(&["--no-history"]);
    served.get("/");
    served.get("/_carnet/search/fr.json");
    let names = fs::read_dir(served.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert_eq!(names, [".env", "carnet.yaml", "inventory", "procedures"]);
}

#[test]
fn asked_to_end_it_closes_and_ends_well() {
    for signal in ["INT", "TERM"] {
        let mut served = Served::start(&["--no-history"]);
        let mut tab = TcpStream::connect(served.address).unwrap();
        let listen = format!(
            "GET /_carnet/live HTTP/1.1\r\nHost: {}\r\n\r\n",
            served.address
        );
        tab.write_all(listen.as_bytes()).unwrap();
        tab.read_exact(&mut [0; 15]).unwrap();
        let pid = served.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(sent.unwrap().success());
        let started = Instant::now();
        let ended = loop {
            if let Some(status) = served.child.try_wait().unwrap() {
                break status;
            }
            assert!(started.elapsed() < Duration::from_secs(4), "{signal}");
            std::thread::sleep(Duration::from_millis(20));
        };
        assert_eq!(ended.code(), Some(0), "{signal}: {ended:?}");
        assert!(TcpStream::connect(served.address).is_err());
    }
}

#[test]
fn a_taken_port_ends_with_a_proposal() {
    let served = Served::start(&["--no-history"]);
    let port = served.address.port().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["serve", "--port", &port, "--root"])
        .arg(served.root())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains(&port) && said.contains("--port"), "{said}");
}

#[test]
fn what_is_no_project_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["serve", "--port", "0", "--root"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
