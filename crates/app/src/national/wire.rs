//! The wire: a service's name and its data go out as JSON; `error_code` `"00"` or 0 says that they were taken.

use crate::notices::{client, no_answer, refused};
use domain::national::{DossierMessage, StepMessage};
use platform::{config::NationalPortal, outbox::Failure};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Message<'a, T> {
    service: &'static str,
    #[serde(rename = "isUpdating", skip_serializing_if = "Option::is_none")]
    is_updating: Option<&'static str>,
    data: &'a [T],
}

/// What the portal answers; the code comes as a text or as a number.
#[derive(Deserialize)]
struct Answer {
    error_code: serde_json::Value,
    #[serde(default)]
    message: serde_json::Value,
}

/// `DongBoHoSoMC`: the dossier as it stands. `again` when the portal has confirmed it before.
pub async fn dossier(
    portal: &NationalPortal,
    dossier: &DossierMessage,
    again: bool,
    now_ms: i64,
) -> Result<(), Failure> {
    let is_updating = Some(if again { "True" } else { "False" });
    let data = std::slice::from_ref(dossier);
    send(portal, &Message { service: "DongBoHoSoMC", is_updating, data }, now_ms).await
}

/// `CapNhatTienDoHoSoMC`: what was done, in order; nothing is asked of the portal when there is nothing to tell.
pub async fn steps(portal: &NationalPortal, steps: &[StepMessage], now_ms: i64) -> Result<(), Failure> {
    if steps.is_empty() {
        return Ok(());
    }
    send(portal, &Message { service: "CapNhatTienDoHoSoMC", is_updating: None, data: steps }, now_ms).await
}

async fn send<T: Serialize>(portal: &NationalPortal, message: &Message<'_, T>, now_ms: i64) -> Result<(), Failure> {
    let token = portal.token().map_err(Failure::Again)?;
    let mut request = client()?.post(&portal.url).query(&[("MaDinhDanhDV", &portal.sender)]).json(message);
    if let Some(token) = token {
        request = request.bearer_auth(token.expose());
    }
    let answer = request.send().await.map_err(|e| no_answer(&e))?;
    if !answer.status().is_success() {
        return Err(refused(&answer, now_ms));
    }
    let told: Answer =
        answer.json().await.map_err(|_| Failure::Again("the portal's answer cannot be understood".into()))?;
    if is_good(&told.error_code) { Ok(()) } else { Err(Failure::Again(words(message.service, &told))) }
}

fn is_good(code: &serde_json::Value) -> bool {
    code.as_i64() == Some(0) || code.as_str().is_some_and(|c| !c.is_empty() && c.bytes().all(|b| b == b'0'))
}

const MOST_LETTERS: usize = 200;
/// Numbers of people and telephones have nine digits and more; days in codes of dossiers have six.
const LONGEST_SHOWN: usize = 8;

/// The portal's own words, without any number that could be somebody's: they stand on a screen.
fn words(service: &str, told: &Answer) -> String {
    let plain = |v: &serde_json::Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let said = if told.message.is_null() { String::new() } else { plain(&told.message) };
    let mut out = String::new();
    let mut rest = said.as_str();
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let others = rest[digits..].find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len() - digits);
        out.push_str(if digits > LONGEST_SHOWN { "…" } else { &rest[..digits] });
        out.push_str(&rest[digits..digits + others]);
        rest = &rest[digits + others..];
    }
    let short: String = out.chars().take(MOST_LETTERS).collect();
    format!("{service}, error_code {}: {short}", plain(&told.error_code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lnk_01_a_message_is_taken_when_the_portal_says_nought() {
        for good in [json!("00"), json!("0"), json!(0)] {
            assert!(is_good(&good), "{good}");
        }
        for bad in [json!("01"), json!(1), json!(""), json!(null), json!("-1"), json!(true)] {
            assert!(!is_good(&bad), "{bad}");
        }
    }

    #[test]
    fn sec_01_the_portals_words_are_shown_without_anybodys_number() {
        let said = |message: &str| words("DongBoHoSoMC", &Answer { error_code: json!("03"), message: json!(message) });
        assert_eq!(
            said("022085001234 không khớp hồ sơ H49.24-251006-0001, gọi 0912345678"),
            "DongBoHoSoMC, error_code 03: … không khớp hồ sơ H49.24-251006-0001, gọi …"
        );
        assert!(said(&"á".repeat(900)).chars().count() < 300);
        assert_eq!(words("x", &Answer { error_code: json!(5), message: json!(null) }), "x, error_code 5: ");
    }
}
