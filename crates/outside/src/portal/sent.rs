//! What a form with papers brought.

use super::api::{Motcua, Refused, Upload};
use axum::extract::Multipart;
use bytes::Bytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Fields and files.
#[derive(Default)]
pub(super) struct Sent {
    fields: BTreeMap<String, String>,
    files: Vec<File>,
}

struct File {
    component: String,
    name: String,
    kind: String,
    bytes: Bytes,
}

/// File fields are named by the component to which they belong.
pub(super) const OF_FILES: &str = "tep.";

impl Sent {
    pub async fn read(mut parts: Multipart) -> Result<Self, Refused> {
        let broken = |_| Refused::of("Tệp quá lớn hoặc đường truyền bị ngắt. Xin gửi lại.");
        let mut sent = Self::default();
        while let Some(field) = parts.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let Some(component) = name.strip_prefix(OF_FILES).map(str::to_owned) else {
                sent.fields.insert(name, field.text().await.map_err(broken)?);
                continue;
            };
            let file = field.file_name().unwrap_or_default().to_owned();
            let kind = field.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = field.bytes().await.map_err(broken)?;
            if !file.is_empty() {
                sent.files.push(File { component, name: file, kind, bytes });
            }
        }
        Ok(sent)
    }
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |v| v.trim())
    }
    /// Hands every file over; the components as the API takes them. Sent again, the same file has the same key.
    pub async fn components(&self, motcua: &Motcua, once: &str) -> Result<Value, Refused> {
        let mut by: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (n, file) in self.files.iter().enumerate() {
            let hash = format!("{:x}", Sha256::digest(&file.bytes));
            let upload = Upload { name: &file.name, kind: &file.kind, bytes: &file.bytes };
            let sha256 = motcua.upload(&format!("{once}-{n}-{hash}"), upload).await?;
            by.entry(&file.component).or_default().push(sha256);
        }
        Ok(by.into_iter().map(|(id, files)| json!({ "id": id, "files": files })).collect())
    }
}
