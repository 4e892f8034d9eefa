use super::{client, international, no_answer, refused};
use domain::time::Instant;
use platform::{
    config::{BodyFormat, SmsGateway},
    outbox::Failure,
};
use std::collections::BTreeMap;

/// Nobody is woken: by night the message waits for the morning.
pub fn awake(gateway: &SmsGateway, now_ms: i64) -> Result<(), Failure> {
    let local = Instant::from_millis(now_ms).local().time();
    let hour = u8::try_from(local.hour()).unwrap_or(0);
    let Some(hours) = gateway.quiet.hours_left(hour) else { return Ok(()) };
    let into = (i64::from(local.minute()) * 60 + i64::from(local.second())) * 1000 + i64::from(local.millisecond());
    Err(Failure::NotBefore(now_ms + i64::from(hours) * 3_600_000 - into, "night".into()))
}

/// Hands one message to the gateway. The key goes with it, so that the provider takes it once.
pub async fn sms(gateway: &SmsGateway, phone: &str, text: &str, key: &str, now_ms: i64) -> Result<(), Failure> {
    let fixed = gateway.fields.iter().map(|(name, value)| (name.as_str(), value.expose().to_owned()));
    let mut body: BTreeMap<&str, String> = fixed.collect();
    body.insert(&gateway.to_field, international(phone));
    body.insert(&gateway.text_field, text.to_owned());
    body.insert(&gateway.key_field, key.to_owned());
    let mut request = client()?.post(&gateway.url).header("Idempotency-Key", key);
    if let Some(token) = &gateway.token {
        request = request.bearer_auth(token.expose());
    }
    let request = match gateway.format {
        BodyFormat::Json => request.json(&body),
        BodyFormat::Form => request.form(&body),
    };
    let answer = request.send().await.map_err(|e| no_answer(&e))?;
    if answer.status().is_success() { Ok(()) } else { Err(refused(&answer, now_ms)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ntf_02_by_night_a_message_waits_for_the_end_of_the_night_to_the_minute() {
        let gateway: SmsGateway = toml::from_str("url='https://sms.vn'").unwrap();
        let at = |text: &str| text.parse::<Instant>().unwrap().millis();
        assert_eq!(awake(&gateway, at("2025-10-06T20:59:59")), Ok(()));
        assert_eq!(awake(&gateway, at("2025-10-07T07:00:00")), Ok(()));
        let morning = at("2025-10-07T07:00:00");
        for night in ["2025-10-06T21:00:00", "2025-10-06T23:30:15", "2025-10-07T06:59:59"] {
            assert_eq!(awake(&gateway, at(night)), Err(Failure::NotBefore(morning, "night".into())), "{night}");
        }
    }
}
