use super::{client, international, no_answer, refused, zalo_token};
use crate::{app::App, notices::store::Notice};
use platform::{config::Zalo, outbox::Failure};
use serde::Deserialize;
use serde_json::json;

/// What Zalo answers, always with status 200.
#[derive(Deserialize)]
struct Answer {
    error: i64,
}

/// The access token has run out or was taken back.
const TOKEN_FAULTS: [i64; 3] = [-124, -216, -220];
/// The number has no Zalo, or its owner wants no messages from this account.
const NEVER: [i64; 5] = [-108, -118, -119, -139, -140];

/// Sends by the approved template of this subject. Zalo knows the subject and the code of the dossier, nothing more.
pub async fn zalo(app: &App, notice: &Notice, phone: &str, key: &str) -> Result<(), Failure> {
    let Some(config) = &app.config.notices.zalo else {
        return Err(Failure::Again("this channel is not configured any more".into()));
    };
    let Some(template) = config.templates.get(notice.about.key()) else {
        return Err(Failure::Never("no approved template for this subject".into()));
    };
    let body = json!({
        "phone": international(phone),
        "template_id": template,
        "template_data": { "noi_dung": notice.body },
        "tracking_id": key,
    });
    post(app, config, &config.url, &body).await
}

/// Answers somebody who wrote to the account, in free words: that needs no template, and Zalo knows them by a number of its own.
pub async fn zalo_reply(app: &App, user: &str, text: &str) -> Result<(), Failure> {
    let config = app.config.notices.zalo.as_ref();
    let Some((config, incoming)) = config.and_then(|c| Some((c, c.incoming.as_ref()?))) else {
        return Err(Failure::Again("this channel is not configured any more".into()));
    };
    let body = json!({ "recipient": { "user_id": user }, "message": { "text": text } });
    post(app, config, &incoming.reply_url, &body).await
}

async fn post(app: &App, config: &Zalo, url: &str, body: &serde_json::Value) -> Result<(), Failure> {
    let token = zalo_token::current(app, config).await?;
    let request = client()?.post(url).header("access_token", token.as_str()).json(body);
    let answer = request.send().await.map_err(|e| no_answer(&e))?;
    if !answer.status().is_success() {
        return Err(refused(&answer, app.machine.now()));
    }
    let told: Answer = answer.json().await.map_err(|e| no_answer(&e))?;
    match told.error {
        0 => Ok(()),
        e if TOKEN_FAULTS.contains(&e) => {
            zalo_token::forget(app).await?;
            Err(Failure::Again(format!("Zalo {e}: the access token is fetched anew")))
        }
        e if NEVER.contains(&e) => Err(Failure::Never(format!("Zalo {e}"))),
        e => Err(Failure::Again(format!("Zalo {e}"))),
    }
}
