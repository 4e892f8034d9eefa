use super::PATIENCE;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{Error, authentication::Credentials, extension::ClientId},
};
use platform::{
    config::{Email, SmtpSecurity},
    outbox::Failure,
};
use sha2::{Digest, Sha256};

/// Sends one e-mail. The same key gives the same `Message-ID`, by which mail programs drop a double.
pub async fn email(config: &Email, to: &str, subject: &str, body: &str, key: &str) -> Result<(), Failure> {
    let message = letter(config, to, subject, body, key)?;
    transport(config)?.send(message).await.map(drop).map_err(|e| failure(&e))
}

fn letter(config: &Email, to: &str, subject: &str, body: &str, key: &str) -> Result<Message, Failure> {
    let from: Mailbox = config.from.parse().map_err(|_| Failure::Again("notices.email.from is no address".into()))?;
    let to: Mailbox = to.parse().map_err(|_| Failure::Never("not an address that mail can be sent to".into()))?;
    let id = domain::hex(&Sha256::digest(key));
    let id = format!("<{}@{}>", &id[..32], from.email.domain());
    Message::builder()
        .from(from)
        .to(to)
        // A subject is one line, whatever an administrator typed.
        .subject(subject.split_whitespace().collect::<Vec<_>>().join(" "))
        .message_id(Some(id))
        .header(ContentType::TEXT_PLAIN)
        .body(body.to_owned())
        .map_err(|_| Failure::Never("the letter cannot be written".into()))
}

fn transport(config: &Email) -> Result<AsyncSmtpTransport<Tokio1Executor>, Failure> {
    let wrong = |_| Failure::Again("notices.email.server is no name of a server".into());
    let server = config.server.as_str();
    let builder = match config.security {
        SmtpSecurity::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(server).map_err(wrong)?,
        SmtpSecurity::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(server).map_err(wrong)?,
        SmtpSecurity::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server),
    };
    let host = config.from.rsplit_once('@').map_or("localhost", |(_, host)| host.trim_end_matches('>'));
    let mut builder = builder.port(config.port).timeout(Some(PATIENCE)).hello_name(ClientId::Domain(host.to_owned()));
    if let (Some(user), Some(password)) = (&config.user, &config.password) {
        builder = builder.credentials(Credentials::new(user.clone(), password.expose().to_owned()));
    }
    Ok(builder.build())
}

/// The server's words may hold the address, so only its number is kept.
fn failure(e: &Error) -> Failure {
    let Some(code) = e.status().map(|c| c.to_string()) else {
        return Failure::Again(
            if e.is_timeout() { "the mail server gave no answer in time" } else { "the mail server cannot be reached" }
                .into(),
        );
    };
    // 550 to 553: no such mailbox. All else may be mended on the server or in the configuration.
    if ["550", "551", "552", "553"].contains(&code.as_str()) {
        return Failure::Never(format!("SMTP {code}"));
    }
    Failure::Again(format!("SMTP {code}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(from: &str) -> Email {
        toml::from_str(&format!("server='mail.vn'\nfrom='{from}'\n")).unwrap()
    }

    #[test]
    fn ntf_02_the_same_key_makes_the_same_message_id_and_a_subject_is_one_line() {
        let write = |key: &str| {
            let letter = letter(&config("Một Cửa <a@b.vn>"), "dan@vidu.vn", "Hồ sơ\r\nBcc: x@y.vn", "Nội dung", key);
            String::from_utf8(letter.unwrap().formatted()).unwrap()
        };
        let id = |text: &str| text.lines().find(|l| l.starts_with("Message-ID")).unwrap().to_owned();
        assert_eq!(id(&write("k1")), id(&write("k1")));
        assert_ne!(id(&write("k1")), id(&write("k2")));
        assert!(!write("k1").lines().any(|l| l.starts_with("Bcc")), "{}", write("k1"));
    }

    #[test]
    fn an_address_that_cannot_be_is_never_tried_again() {
        let sent = letter(&config("a@b.vn"), "khong phai", "s", "b", "k");
        assert!(matches!(sent, Err(Failure::Never(_))));
    }
}
