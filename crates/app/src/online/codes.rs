//! One-time codes: six digits that live for ten minutes and five tries. Only keyed digests are kept.

use super::{
    citizen::{self, Opening},
    contact::Contact,
    store,
};
use crate::{app::App, error::AppError, notices};
use platform::sessions::SessionToken;

/// Ten minutes.
const LIVES_MS: i64 = 10 * 60_000;
/// Wrong tries after which a code is worth nothing.
const MOST_TRIES: i64 = 5;
/// Codes that one contact is sent in an hour; each short message is paid for.
const MOST_AN_HOUR: i64 = 5;

/// What became of a code that was typed.
pub enum Proved {
    /// It was right; the session that it opens.
    Right(SessionToken),
    /// Not this one; so many tries are left.
    Wrong(i64),
    /// Too old, used, or tried too often.
    Over,
}

fn digest(app: &App, contact: &str, code: &str) -> [u8; 32] {
    app.secret.derive("one-time-code").mac(&[contact.as_bytes(), b"\n", code.as_bytes()])
}

/// Makes a code, notes it, sends it. The token names the code in the reader's browser: without it a code proves nothing, so that
/// nobody guesses codes that others asked for.
pub async fn issue(app: &App, contact: &Contact) -> Result<SessionToken, AppError> {
    let (now, token) = (app.machine.now(), SessionToken::new(&app.random));
    let code = format!("{:06}", app.random.below(1_000_000));
    let mac = domain::hex(&digest(app, contact.as_str(), &code));
    let (key, address, digest, id) = (contact.key(app), contact.as_str().to_owned(), token.digest(), app.ids.next()?);
    let asked = app
        .db
        .unit(move |unit| {
            let before = store::codes_since(unit, &key, now - 3_600_000)?;
            if before < MOST_AN_HOUR {
                let row = store::Code { id, token: &digest, contact: &key, address: &address, mac: &mac };
                store::insert_code(unit, &row, now, now + LIVES_MS)?;
            }
            Ok::<_, AppError>(before)
        })
        .await?;
    if asked >= MOST_AN_HOUR {
        return Err(AppError::TooMany { retry_after: 3_600 });
    }
    let text =
        format!("Mã xác nhận của ông/bà là {code}, dùng trong 10 phút. Không đưa mã này cho bất kỳ ai, kể cả cán bộ.");
    let sent = notices::send_now(app, contact.channel(), contact.as_str(), "Mã xác nhận", &text, &token.digest()).await;
    sent.map_err(|()| AppError::Busy("the code could not be sent".into()))?;
    Ok(token)
}

/// Looks at what was typed. Counted before it is compared, so that parallel guesses count as well.
pub async fn prove(app: &App, token: &SessionToken, typed: &str, device: String) -> Result<Proved, AppError> {
    let (app_, named, typed) = (app.clone(), token.digest(), digits(typed));
    let session = SessionToken::new(&app.random);
    let opening = Opening { name: None, device };
    app.db
        .unit(move |unit| {
            let now = app_.machine.now();
            let Some(code) = store::try_code(unit, &named, now, MOST_TRIES)? else {
                return Ok::<_, AppError>(Proved::Over);
            };
            let given = hex::decode(&code.mac).unwrap_or_default();
            let parts: [&[u8]; 3] = [code.address.as_bytes(), b"\n", typed.as_bytes()];
            if !app_.secret.derive("one-time-code").verifies(&parts, &given) {
                return Ok(Proved::Wrong(MOST_TRIES - code.tries));
            }
            store::use_code(unit, code.id)?;
            let contact =
                Contact::parse("", &code.address).map_err(|_| AppError::Internal("one_time_codes.address".into()))?;
            citizen::begin(unit, &app_, &contact, &session, &opening)?;
            Ok(Proved::Right(session.clone()))
        })
        .await
}

/// People type `123 456` as they read it.
fn digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).take(12).collect()
}
