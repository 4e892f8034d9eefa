//! The way to PostgreSQL is encrypted when the URL asks for it, and only to a server that proves who it is.
//!
//! A stand-in server does the handshake and then refuses with words of its own: whoever hears them came through TLS.

use platform::db::{Db, DbError, Mode, Options};
use rcgen::{CertificateParams, Issuer, KeyPair};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use tempfile::TempDir;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What the stand-in says once it was reached.
const REACHED: &str = "reached through TLS";

struct Server {
    port: u16,
    /// The authority that signed its certificate.
    roots: PathBuf,
    _folder: TempDir,
}

/// A server with a certificate for `name`, for one connection.
fn server(name: &str) -> Server {
    let authority_key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = params.self_signed(&authority_key).unwrap();
    let issuer = Issuer::new(params, authority_key);
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let roots = folder.path().join("ca.pem");
    std::fs::write(&roots, authority.pem()).unwrap();

    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(certificate.der().to_vec())],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (socket, _) = listener.accept().unwrap();
        // A client that does not trust the certificate goes away in the middle.
        let _ = answer(socket, config);
    });
    Server { port, roots, _folder: folder }
}

fn answer(mut socket: TcpStream, config: ServerConfig) -> std::io::Result<()> {
    // SSLRequest: length 8, code 80877103.
    let mut asked = [0; 8];
    socket.read_exact(&mut asked)?;
    assert_eq!(asked, [0, 0, 0, 8, 4, 210, 22, 47]);
    socket.write_all(b"S")?;
    let session = ServerConnection::new(Arc::new(config)).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(session, socket);
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let mut startup = vec![0; u32::from_be_bytes(length) as usize - 4];
    stream.read_exact(&mut startup)?;
    let fields = format!("SFATAL\0VFATAL\0C28000\0M{REACHED}\0\0");
    let mut refusal = vec![b'E'];
    refusal.extend(u32::try_from(fields.len() + 4).unwrap().to_be_bytes());
    refusal.extend(fields.as_bytes());
    stream.write_all(&refusal)?;
    stream.flush()
}

fn told(url: &str) -> String {
    match Db::open(&url.parse().unwrap(), Options::new(Mode::ReadOnly)) {
        Err(e) => e.to_string(),
        Ok(_) => panic!("{url} was opened"),
    }
}

#[test]
fn a_server_whose_certificate_names_it_is_reached_through_tls() {
    let server = server("localhost");
    let roots = server.roots.display();
    let url = format!("postgres://u@localhost:{}/d?sslmode=verify-full&sslrootcert={roots}", server.port);
    let told = told(&url);
    assert!(told.contains(REACHED), "{told}");
}

#[test]
fn a_server_with_a_certificate_for_another_host_is_refused_also_with_require() {
    let server = server("db.example.vn");
    let roots = server.roots.display();
    let url = format!("postgres://u@localhost:{}/d?sslmode=require&sslrootcert={roots}", server.port);
    let told = told(&url);
    assert!(told.contains("invalid peer certificate") && told.contains("as its certificate does"), "{told}");
}

#[test]
fn a_server_of_an_unknown_authority_is_refused() {
    let server = server("localhost");
    let told = told(&format!("postgres://u@localhost:{}/d?sslmode=verify-full", server.port));
    assert!(told.contains("UnknownIssuer") && told.contains("sslrootcert=FILE"), "{told}");
}

/// The server of the other tests speaks no TLS.
#[test]
fn a_server_without_tls_is_refused_with_what_to_do() {
    let plain = std::env::var("MOTCUA_TEST_POSTGRES").expect("MOTCUA_TEST_POSTGRES");
    let mark = if plain.contains('?') { '&' } else { '?' };
    let told = told(&format!("{plain}{mark}sslmode=verify-full"));
    assert!(told.contains("ssl = on"), "{told}");
}

#[test]
fn a_file_without_certificates_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("ca.pem");
    std::fs::write(&empty, "nothing").unwrap();
    for file in [empty.display().to_string(), "/nowhere/ca.pem".to_owned()] {
        let url = format!("postgres://u@127.0.0.1:1/d?sslmode=verify-full&sslrootcert={file}");
        let opened = Db::open(&url.parse().unwrap(), Options::new(Mode::ReadOnly));
        assert!(matches!(opened, Err(DbError::Setup(told)) if told.contains("sslrootcert")), "{file}");
    }
}
