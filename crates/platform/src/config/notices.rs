//! `[notices]`: the mail server, the SMS gateway and the Zalo account through which citizens are told.

use super::Secret;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Each channel is open exactly when its section is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Notices {
    /// A data base of made-up people tells nobody outside, unless this says that the gateways are test ones.
    pub in_demo: bool,
    /// E-mail.
    pub email: Option<Email>,
    /// Short messages.
    pub sms: Option<SmsGateway>,
    /// Zalo messages.
    pub zalo: Option<Zalo>,
}

/// `[notices.email]`: a server that speaks SMTP.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Email {
    /// Its name.
    pub server: String,
    /// Its port.
    #[serde(default = "submission")]
    pub port: u16,
    /// How the line is protected.
    #[serde(default)]
    pub security: SmtpSecurity,
    /// The account, where the server asks for one.
    #[serde(default)]
    pub user: Option<String>,
    /// Its password.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The sender as people see it: `Một Cửa Quảng Ninh <khong-tra-loi@example.vn>`.
    pub from: String,
}

const fn submission() -> u16 {
    587
}

/// How the line to a mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    /// Plain first, then TLS; a server that does not offer it gets nothing.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// Not at all: a server on the same machine.
    None,
}

/// `[notices.sms]`: a gateway that takes messages over HTTP. The names of its fields are the provider's.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsGateway {
    /// Where messages are posted.
    pub url: String,
    /// Sent as `Authorization: Bearer …`, where the provider asks for one.
    #[serde(default)]
    pub token: Option<Secret>,
    /// How the message is written.
    #[serde(default)]
    pub format: BodyFormat,
    /// The field that takes the number, in international form without `+`.
    #[serde(default = "to")]
    pub to_field: String,
    /// The field that takes the text.
    #[serde(default = "text")]
    pub text_field: String,
    /// The field that takes the key by which the provider knows a message it has already seen.
    #[serde(default = "key")]
    pub key_field: String,
    /// Further fields with fixed values, such as the brand name; an account's password may be among them.
    #[serde(default)]
    pub fields: BTreeMap<String, Secret>,
    /// Send without marks: a part then holds 160 letters in place of 70.
    #[serde(default = "yes")]
    pub unmarked: bool,
    /// When nobody is woken.
    #[serde(default)]
    pub quiet: QuietHours,
    /// How the provider hands over what people write to the Centre's number; without it nobody is answered.
    #[serde(default)]
    pub incoming: Option<Incoming>,
}

/// `[notices.sms.incoming]`: the provider posts each message that comes in to `/tin-den/sms`, as JSON or as a form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incoming {
    /// What the provider sends as `Authorization: Bearer …`.
    pub secret: Secret,
    /// The field with the sender's number.
    #[serde(default = "from")]
    pub from_field: String,
    /// The field with the text.
    #[serde(default = "text")]
    pub text_field: String,
    /// The field with the message's own number: a message handed over twice is answered once.
    #[serde(default = "id")]
    pub id_field: String,
}

impl Incoming {
    /// A secret shorter than this is guessed.
    const LEAST_SECRET: usize = 16;
}

fn from() -> String {
    "from".into()
}
fn id() -> String {
    "id".into()
}
fn to() -> String {
    "to".into()
}
fn text() -> String {
    "text".into()
}
fn key() -> String {
    "key".into()
}
const fn yes() -> bool {
    true
}

/// How a message is written for a gateway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyFormat {
    /// As a JSON object.
    #[default]
    Json,
    /// As a form.
    Form,
}

/// Hours of the night, by the wall clock in Việt Nam. No message goes out from `from` until `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// The hour at which the night begins, 0 to 23.
    pub from: u8,
    /// The hour at which it ends, 0 to 23; the same as `from` means no night at all.
    pub to: u8,
}

impl Default for QuietHours {
    /// From nine in the evening until seven in the morning.
    fn default() -> Self {
        Self { from: 21, to: 7 }
    }
}

impl QuietHours {
    /// Whole hours until the night ends when `hour` lies in it.
    pub const fn hours_left(self, hour: u8) -> Option<u8> {
        let (length, into) = ((self.to + 24 - self.from) % 24, (hour + 24 - self.from) % 24);
        if into < length { Some(length - into) } else { None }
    }
}

/// `[notices.zalo]`: an official account that sends by approved templates to a telephone number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zalo {
    /// Where messages are posted.
    #[serde(default = "zalo_url")]
    pub url: String,
    /// Where a new access token is fetched when the old one has run out.
    #[serde(default = "zalo_token_url")]
    pub token_url: String,
    /// The application.
    pub app_id: String,
    /// Its secret.
    pub secret: Secret,
    /// The refresh token with which the first access token is fetched; later ones are kept in the data base.
    pub refresh_token: Secret,
    /// The number of the approved template by the key of the notice: `accepted = "271801"`. A notice without one is not sent.
    #[serde(default)]
    pub templates: BTreeMap<String, String>,
    /// How Zalo hands over what people write to the account; without it nobody is answered.
    #[serde(default)]
    pub incoming: Option<ZaloIncoming>,
}

/// `[notices.zalo.incoming]`: Zalo posts each event of the account to `/tin-den/zalo`, signed with the account's own secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZaloIncoming {
    /// The secret of the official account ("OA secret key"), which is not that of the application.
    pub secret: Secret,
    /// Where an answer is posted.
    #[serde(default = "zalo_reply_url")]
    pub reply_url: String,
}

fn zalo_url() -> String {
    "https://business.openapi.zalo.me/message/template".into()
}
fn zalo_reply_url() -> String {
    "https://openapi.zalo.me/v3.0/oa/message/cs".into()
}
fn zalo_token_url() -> String {
    "https://oauth.zaloapp.com/v4/oa/access_token".into()
}

impl Notices {
    /// How Zalo hands over what people write, where it does.
    pub fn zalo_incoming(&self) -> Option<&ZaloIncoming> {
        self.zalo.as_ref()?.incoming.as_ref()
    }
    /// What types alone cannot rule out.
    pub(super) fn check(&self) -> Result<(), String> {
        let urls = [
            self.sms.as_ref().map(|s| ("notices.sms.url", &s.url)),
            self.zalo.as_ref().map(|z| ("notices.zalo.url", &z.url)),
            self.zalo.as_ref().map(|z| ("notices.zalo.token_url", &z.token_url)),
            self.zalo_incoming().map(|i| ("notices.zalo.incoming.reply_url", &i.reply_url)),
        ];
        for (name, url) in urls.into_iter().flatten() {
            if !(url.starts_with("https://") || url.starts_with("http://")) {
                return Err(format!("{name} must begin with https:// or http://"));
            }
        }
        let sms = self.sms.as_ref().and_then(|s| s.incoming.as_ref()).map(|i| ("sms", &i.secret));
        for (channel, secret) in sms.into_iter().chain(self.zalo_incoming().map(|i| ("zalo", &i.secret))) {
            let least = Incoming::LEAST_SECRET;
            if secret.expose().len() < least {
                return Err(format!("notices.{channel}.incoming.secret must have {least} letters or more"));
            }
        }
        let quiet = self.sms.as_ref().map(|s| s.quiet).unwrap_or_default();
        if quiet.from > 23 || quiet.to > 23 {
            return Err("notices.sms.quiet: hours are 0 to 23".into());
        }
        let from = self.email.as_ref().map(|e| e.from.as_str());
        if from.is_some_and(|f| !f.contains('@')) {
            return Err("notices.email.from must hold an address, such as Một Cửa <khong-tra-loi@example.vn>".into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read(text: &str) -> Config {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn sec_01_what_opens_a_gateway_is_masked_when_the_configuration_is_shown() {
        let config = read(
            "[notices.email]\nserver='smtp.vn'\nuser='u'\npassword='mat1'\nfrom='a@b.vn'\n\
             [notices.sms]\nurl='https://sms.vn/send'\ntoken='mat2'\nfields={brandname='mat3'}\n\
             [notices.zalo]\napp_id='1'\nsecret='mat4'\nrefresh_token='mat5'\ntemplates={accepted='271801'}\n",
        );
        let shown = config.effective();
        assert!(!shown.contains("mat") || !(1..=5).any(|n| shown.contains(&format!("mat{n}"))), "{shown}");
        assert!(shown.contains("https://sms.vn/send") && shown.contains("271801") && shown.contains("***"), "{shown}");
        read(&shown);
    }

    #[test]
    fn trk_01_a_secret_of_a_few_letters_lets_nobody_ask_in_anothers_name() {
        let with = |secret: &str| {
            let text = format!("[notices.sms]\nurl='https://sms.vn'\nincoming={{secret='{secret}'}}\n");
            read(&text).notices.check()
        };
        assert_eq!(with("mot-chuoi-rat-dai"), Ok(()));
        assert!(with("ngan").unwrap_err().contains("16"));
        let zalo = "[notices.zalo]\napp_id='1'\nsecret='s'\nrefresh_token='r'\nincoming={secret='ngan'}\n";
        assert!(read(zalo).notices.check().unwrap_err().contains("notices.zalo.incoming.secret"));
    }

    #[test]
    fn ntf_02_the_night_ends_when_it_says_whether_or_not_it_passes_midnight() {
        let night = QuietHours::default();
        assert_eq!(night.hours_left(20), None);
        assert_eq!(night.hours_left(21), Some(10));
        assert_eq!(night.hours_left(23), Some(8));
        assert_eq!(night.hours_left(0), Some(7));
        assert_eq!(night.hours_left(6), Some(1));
        assert_eq!(night.hours_left(7), None);
        let noon = QuietHours { from: 12, to: 13 };
        assert_eq!((noon.hours_left(12), noon.hours_left(13), noon.hours_left(11)), (Some(1), None, None));
        assert_eq!(QuietHours { from: 0, to: 0 }.hours_left(0), None);
    }

    #[test]
    fn an_unusable_gateway_is_refused_before_anything_starts() {
        assert!(read("[notices.sms]\nurl='sms.vn'\n").notices.check().is_err());
        assert!(read("[notices.sms]\nurl='https://sms.vn'\nquiet={from=25,to=7}\n").notices.check().is_err());
        assert!(read("[notices.email]\nserver='smtp.vn'\nfrom='nobody'\n").notices.check().is_err());
        assert!(read("[notices.sms]\nurl='https://sms.vn'\n").notices.check().is_ok());
    }
}
