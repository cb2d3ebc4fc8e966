//! A server that encrypts, for tests of certificates. `certificates/server.pem` is of `localhost`, signed by
//! `authority.pem`, whose key nobody has kept; `stranger.pem` is an authority that signed nothing.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::server::{Reply, Request, read, send};

/// A file of the certificates.
pub fn certificate(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pulling/certificates")
        .join(name)
}

/// Starts a server that encrypts, until the process ends; its port.
pub fn start(answer: impl Fn(&Request) -> Reply + Send + 'static) -> u16 {
    let chain = CertificateDer::from_pem_file(certificate("server.pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(certificate("server.key")).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let configuration = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .expect("a configuration");
    let configuration = Arc::new(configuration);
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for socket in listener.incoming() {
            let socket = socket.expect("a connection");
            let connection = ServerConnection::new(Arc::clone(&configuration));
            let mut stream = StreamOwned::new(connection.expect("a connection"), socket);
            if let Some(request) = read(&mut stream) {
                // Who refuses the certificate is gone.
                let _ = send(&mut stream, answer(&request));
                stream.conn.send_close_notify();
                let _ = stream.conn.complete_io(&mut stream.sock);
            }
        }
    });
    port
}
