//! The portal as a client of Một Cửa's API.

use reqwest::{
    Client, RequestBuilder,
    multipart::{Form, Part},
};
use serde::Deserialize;
use serde_json::Value;

/// The province's system, and the key with which it is called.
#[derive(Clone)]
pub(super) struct Motcua {
    url: String,
    key: String,
    client: Client,
}

/// Why something was not done, in the words of whoever refused it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refused(pub Vec<String>);

impl Refused {
    pub fn of(words: &str) -> Self {
        Self(vec![words.to_owned()])
    }
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    detail: String,
    #[serde(default)]
    errors: Vec<FieldProblem>,
}

#[derive(Deserialize)]
struct FieldProblem {
    message: String,
}

/// One file on its way.
pub(super) struct Upload<'a> {
    pub name: &'a str,
    pub kind: &'a str,
    pub bytes: &'a [u8],
}

impl Motcua {
    pub fn new(url: &str, key: &str) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), key: key.to_owned(), client: Client::new() }
    }
    /// Procedures that fit these words.
    pub async fn procedures(&self, words: &str) -> Result<Value, Refused> {
        self.ask(self.client.get(self.at("/procedures")).query(&[("q", words)])).await
    }
    pub async fn procedure(&self, code: &str) -> Result<Value, Refused> {
        self.ask(self.client.get(self.at(&format!("/procedures/{code}")))).await
    }
    pub async fn dossier(&self, code: &str) -> Result<Value, Refused> {
        self.ask(self.client.get(self.at(&format!("/dossiers/{code}")))).await
    }
    /// Hands a file over; its hash.
    pub async fn upload(&self, once: &str, file: Upload<'_>) -> Result<String, Refused> {
        let part = Part::bytes(file.bytes.to_vec()).file_name(file.name.to_owned());
        let part = part.mime_str(file.kind).map_err(|_| Refused::of("Loại tệp không đúng."))?;
        let call = self.client.post(self.at("/files")).header("Idempotency-Key", once);
        let answer = self.ask(call.multipart(Form::new().part("file", part))).await?;
        Ok(super::text(&answer, "sha256").to_owned())
    }
    pub async fn open(&self, once: &str, dossier: &Value) -> Result<Value, Refused> {
        self.ask(self.client.post(self.at("/dossiers")).header("Idempotency-Key", once).json(dossier)).await
    }
    /// Advances a dossier as it was last seen.
    pub async fn advance(
        &self,
        once: &str,
        version: &str,
        code: &str,
        what: &str,
        body: &Value,
    ) -> Result<Value, Refused> {
        let call = self.client.post(self.at(&format!("/dossiers/{code}/{what}")));
        let call = call.header("Idempotency-Key", once).header("If-Match", format!("\"{version}\""));
        self.ask(call.json(body)).await
    }

    fn at(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.url)
    }
    async fn ask(&self, call: RequestBuilder) -> Result<Value, Refused> {
        let silent = |_| Refused::of("Hệ thống của tỉnh không trả lời. Xin thử lại sau ít phút.");
        let answer = call.bearer_auth(&self.key).send().await.map_err(silent)?;
        let good = answer.status().is_success();
        let body = answer.bytes().await.map_err(silent)?;
        if good {
            return serde_json::from_slice(&body).map_err(|_| Refused::of("Câu trả lời của tỉnh không đọc được."));
        }
        let problem = serde_json::from_slice::<Problem>(&body);
        let problem = problem.map_err(|_| Refused::of("Hệ thống của tỉnh từ chối mà không nói lý do."))?;
        let of_fields: Vec<String> = problem.errors.into_iter().map(|e| e.message).collect();
        Err(Refused(if of_fields.is_empty() { vec![problem.detail] } else { of_fields }))
    }
}
