//! What stood in a form that was sent: its texts. Files and secrets are not kept.

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest, Multipart},
    http::{HeaderMap, Request, header},
};
use serde::{Deserialize, Serialize};

/// More text than any form of ours holds, in bytes.
const MOST_TEXT: usize = 256 * 1024;
/// More than this is not read through for the texts between the files, in bytes.
const MOST_BODY: usize = 64 * 1024 * 1024;

/// They change each time a page is shown, or say which button was pressed.
pub const PASSING: [&str; 2] = ["once", "act"];
/// Fields of which nothing is kept, wherever they stand.
const SECRETS: [&str; 5] = ["password", "current", "new", "again", "secret"];

/// The texts of a form, in the order in which they were sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// Where it was sent.
    pub path: String,
    pub pairs: Vec<(String, String)>,
    /// Files came with it, which are not kept.
    pub files: bool,
}

impl Typed {
    /// Whether a request carries a form.
    pub fn is_in(headers: &HeaderMap) -> bool {
        let kind = kind(headers);
        kind.starts_with("application/x-www-form-urlencoded") || kind.starts_with("multipart/form-data")
    }

    /// Reads the texts; `None` when there are none worth keeping, or more than any form has.
    pub async fn read(path: &str, headers: &HeaderMap, body: Body) -> Option<Self> {
        let (pairs, files) = if kind(headers).starts_with("multipart/") {
            parts(headers, body).await?
        } else {
            let bytes = axum::body::to_bytes(body, MOST_TEXT).await.ok()?;
            (serde_urlencoded::from_bytes(&bytes).ok()?, false)
        };
        let mut typed = Self { path: path.to_owned(), pairs, files };
        typed.pairs.retain(|(name, _)| !SECRETS.contains(&name.as_str()));
        let is_full =
            typed.pairs.iter().any(|(name, value)| !PASSING.contains(&name.as_str()) && !value.trim().is_empty());
        is_full.then_some(typed)
    }

    /// The form as a browser sends it, with another `act`.
    pub fn request(&self, act: &str, multipart: bool, boundary: &str) -> (String, String) {
        let kept = self.pairs.iter().filter(|(name, _)| name != "act").map(|(n, v)| (n.as_str(), v.as_str()));
        let all: Vec<(&str, &str)> = kept.chain([("act", act)]).collect();
        if !multipart {
            let body = serde_urlencoded::to_string(&all).unwrap_or_default();
            return ("application/x-www-form-urlencoded".to_owned(), body);
        }
        let one = |(name, value): &(&str, &str)| {
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{value}\r\n",
                name.replace('"', "%22")
            )
        };
        let body: String = all.iter().map(one).chain([format!("--{boundary}--\r\n")]).collect();
        (format!("multipart/form-data; boundary={boundary}"), body)
    }

    /// Whether a value was typed by a person, and not the name of a choice or a row.
    pub fn is_worth_showing(name: &str, value: &str) -> bool {
        let is_id = value.len() > 14 && value.bytes().all(|b| b.is_ascii_digit());
        let is_written = value.contains(char::is_whitespace) || !value.is_ascii() || value.len() > 8;
        !PASSING.contains(&name) && name != "version" && !is_id && is_written && !value.trim().is_empty()
    }
}

fn kind(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

/// The texts between the files of a multipart form.
async fn parts(headers: &HeaderMap, body: Body) -> Option<(Vec<(String, String)>, bool)> {
    let mut request = Request::builder().body(body).ok()?;
    request.headers_mut().insert(header::CONTENT_TYPE, headers.get(header::CONTENT_TYPE)?.clone());
    DefaultBodyLimit::max(MOST_BODY).apply(&mut request);
    let mut multipart = Multipart::from_request(request, &()).await.ok()?;
    let (mut pairs, mut files, mut size) = (Vec::new(), false, 0);
    // What broke off is kept as far as it came.
    while let Ok(Some(mut field)) = multipart.next_field().await {
        if field.file_name().is_some() {
            files |= field.file_name().is_some_and(|name| !name.is_empty());
            while let Ok(Some(_)) = field.chunk().await {}
            continue;
        }
        let name = field.name().unwrap_or_default().to_owned();
        let Ok(text) = field.text().await else { break };
        size += name.len() + text.len();
        if size > MOST_TEXT {
            return None;
        }
        pairs.push((name, text));
    }
    Some((pairs, files))
}
