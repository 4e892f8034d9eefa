//! A form with files in it. What was uploaded stays uploaded when the form has to be shown again: it comes back as ticked
//! boxes, so that nobody scans twice because of a wrong telephone number.

use super::{Faulty, size_text, take_in};
use crate::{
    app::App,
    dossier::store::{self, FileRow},
    error::{AppError, FieldError},
    http::Form,
};
use axum::extract::Multipart;
use domain::accounts::Who;
use std::collections::BTreeMap;

/// A form as a browser sent it, with the files that were taken in, by the field in which they came.
#[derive(Default)]
pub struct Sent {
    pub form: Form,
    files: BTreeMap<String, Vec<FileRow>>,
}

/// A file that belongs to a field of a form, for showing it with its box.
#[derive(Clone, Debug)]
pub struct Attached {
    pub sha256: String,
    pub name: String,
    /// `2 trang · 1,2 MB` in parts.
    pub pages: Option<i64>,
    pub size: String,
}

/// More parts than any honest form has.
const MOST_PARTS: usize = 2000;
/// The longest text of one field, in bytes.
const LONGEST_TEXT: usize = 64 * 1024;
/// All texts together, in bytes: what a form without files may have too.
const MOST_TEXT: usize = 2 * 1024 * 1024;

/// Reads a multipart form: texts into the form, files into the store. What is wrong with a file is noted in the form.
pub async fn read(app: &App, who: &Who, mut parts: Multipart) -> Result<Sent, AppError> {
    let mut texts = Vec::new();
    let mut wrong = Vec::new();
    let mut files: BTreeMap<String, Vec<FileRow>> = BTreeMap::new();
    let (mut count, mut read) = (0, 0);
    loop {
        let field = match parts.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(_) => {
                wrong.push(broken_off());
                break;
            }
        };
        count += 1;
        let name = field.name().unwrap_or_default().to_owned();
        if count > MOST_PARTS || read > MOST_TEXT {
            wrong.push(broken_off());
            break;
        }
        if field.file_name().is_none() {
            match text(field).await {
                Some(text) => {
                    read += text.len();
                    texts.push((name, text));
                }
                None => wrong.push(too_long(name)),
            }
            continue;
        }
        // An empty file field is sent without a name.
        if field.file_name() == Some("") {
            continue;
        }
        match take_in(app, who, &name, field).await {
            Ok((_, row)) => files.entry(name).or_default().push(row),
            Err(Faulty::Field(e)) => wrong.push(e),
            Err(Faulty::Fault(e)) => return Err(e),
        }
    }
    let mut form = Form::from_pairs(texts);
    for e in wrong {
        form.wrong(e);
    }
    Ok(Sent { form, files })
}

async fn text(mut field: axum::extract::multipart::Field<'_>) -> Option<String> {
    let mut all = Vec::new();
    while let Ok(Some(piece)) = field.chunk().await {
        if all.len() + piece.len() > LONGEST_TEXT {
            return None;
        }
        all.extend_from_slice(&piece);
    }
    Some(String::from_utf8_lossy(&all).into_owned())
}

fn broken_off() -> FieldError {
    let (vi, en) =
        ("Biểu mẫu gửi lên bị ngắt giữa chừng. Xin gửi lại.", "The form broke off on its way. Send it again.");
    FieldError::new("form", "form.broken_off", vi, en)
}

fn too_long(name: String) -> FieldError {
    FieldError::new(name, "too_long", "Nội dung dài quá. Xin rút gọn.", "The text is too long. Shorten it.")
}

impl Sent {
    /// The files that came in a field with this request.
    pub fn came(&self, field: &str) -> &[FileRow] {
        self.files.get(field).map_or(&[], Vec::as_slice)
    }
    /// The files of every field whose name begins so, with the name.
    pub fn came_at(&self, begin: &str) -> impl Iterator<Item = (&str, &FileRow)> {
        let fits = self.files.iter().filter(move |(name, _)| name.starts_with(begin));
        fits.flat_map(|(name, all)| all.iter().map(move |f| (name.as_str(), f)))
    }
    /// Every file that came, whatever its field.
    pub fn all(&self) -> impl Iterator<Item = &FileRow> {
        self.files.values().flatten()
    }
    /// The files of a field: those that came now, and those of an earlier try whose box (`kept`) is still ticked.
    /// A hash that this officer did not upload within the day is passed over.
    pub async fn attached(&self, app: &App, who: &Who, field: &str, kept: &str) -> Result<Vec<Attached>, AppError> {
        let mut rows = earlier(app, who, self.form.all(kept)).await?;
        rows.extend(self.files.get(field).into_iter().flatten().cloned());
        let mut seen = std::collections::HashSet::new();
        Ok(rows.into_iter().filter(|r| seen.insert(r.sha256.clone())).map(Attached::from).collect())
    }
}

/// Files that this officer uploaded earlier, as a draft names them.
pub async fn kept(app: &App, who: &Who, hashes: &[String]) -> Result<Vec<Attached>, AppError> {
    Ok(earlier(app, who, hashes).await?.into_iter().map(Attached::from).collect())
}

async fn earlier(app: &App, who: &Who, hashes: &[String]) -> Result<Vec<FileRow>, AppError> {
    let hashes: Vec<String> = hashes.iter().filter(|h| h.len() == 64).take(100).cloned().collect();
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let (who, now) = (who.clone(), app.machine.now());
    app.db
        .read(move |q| {
            let found = hashes.iter().map(|h| store::upload(q, &who, h, now)).collect::<Result<Vec<_>, _>>()?;
            Ok(found.into_iter().flatten().collect())
        })
        .await
}

impl From<FileRow> for Attached {
    fn from(f: FileRow) -> Self {
        Self { size: size_text(f.size), sha256: f.sha256, name: f.name, pages: f.pages }
    }
}
