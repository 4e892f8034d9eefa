//! One question to a register, over HTTP: the number is posted as JSON, never part of an address; `404` is nobody.

use crate::app::App;
use platform::config::Register;
use serde::Deserialize;
use serde_json::json;
use std::{sync::LazyLock, time::Duration};

/// Which register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Population,
    Enterprise,
}

/// What a register says of a person or an enterprise. Registers name the fields as the data standards do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Record {
    #[serde(alias = "SoDinhDanh", alias = "MaSoDoanhNghiep")]
    pub number: String,
    #[serde(alias = "HoVaTen", alias = "TenDoanhNghiep")]
    pub name: String,
    #[serde(alias = "NoiThuongTru", alias = "DiaChiTruSo", default)]
    pub address: String,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Found(Record),
    /// The register knows nobody of this number.
    Unknown,
    /// It did not answer, or not so that it could be understood.
    Away,
}

/// Somebody waits at a counter.
const PATIENCE: Duration = Duration::from_secs(6);
/// More than any record has.
const MOST_BYTES: usize = 64 * 1024;

static CLIENT: LazyLock<Option<reqwest::Client>> = LazyLock::new(|| {
    reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build().ok()
});

fn register(app: &App, which: Which) -> Option<&Register> {
    let all = &app.config.registries;
    match which {
        Which::Population => all.population.as_ref(),
        Which::Enterprise => all.enterprise.as_ref(),
    }
}

/// Whether this register can be asked here.
pub fn is_there(app: &App, which: Which) -> bool {
    register(app, which).is_some()
}

/// Asks. Who asks and what for was written down before.
pub async fn ask(app: &App, which: Which, number: &str) -> Answer {
    let Some(register) = register(app, which) else { return Answer::Away };
    match question(register, number).await {
        Ok(answer) => answer,
        Err(why) => {
            // Nobody's number stands in the log.
            tracing::warn!(?which, %why, "a national register does not answer");
            Answer::Away
        }
    }
}

async fn question(register: &Register, number: &str) -> Result<Answer, String> {
    let client = CLIENT.as_ref().ok_or("the HTTP client cannot be set up")?;
    let mut request = client.post(&register.url).json(&json!({ "SoDinhDanh": number }));
    if let Some(token) = register.token()? {
        request = request.bearer_auth(token.expose());
    }
    let answer = request.send().await.map_err(|e| e.without_url().to_string())?;
    match answer.status().as_u16() {
        200 => {}
        404 => return Ok(Answer::Unknown),
        status => return Err(format!("HTTP {status}")),
    }
    let body = answer.bytes().await.map_err(|e| e.without_url().to_string())?;
    if body.len() > MOST_BYTES {
        return Err("the answer is too long".into());
    }
    let record: Record = serde_json::from_slice(&body).map_err(|_| "the answer cannot be read")?;
    // An answer about somebody else is none.
    if record.number == number { Ok(Answer::Found(record)) } else { Err("the answer is about another number".into()) }
}
