//! The filled form, or an empty one, on paper as the paper form has it.

use super::answers::Filled;
use crate::{app::App, dossier::store::FileRow, error::AppError};
use bytes::Bytes;
use documents::{
    Codes, EForm, EFormLayout, EFormLine, EFormPart, EFormPlace, EFormTable, FormSet, Letterhead, Paper, render,
};
use domain::forms::{self, Form, Layout, OnPaper, Part, Place};
use jiff::civil::Date;

/// What is printed beside the answers.
#[derive(Default)]
pub struct Around {
    /// Who signs.
    pub signer: Option<String>,
    /// When and how it was declared.
    pub filed: Option<String>,
    pub codes: Option<Codes>,
}

/// The paper of a filled form.
pub fn filled(app: &App, form: &Form, filled: &Filled, day: Date, around: Around) -> documents::Form {
    paper(app, form, forms::paper(form, Some(&filled.answers)), day, around)
}

/// The paper to be filled by hand.
pub fn empty(app: &App, form: &Form, day: Date) -> documents::Form {
    paper(app, form, forms::paper(form, None), day, Around::default())
}

fn line(on: OnPaper) -> EFormLine {
    let bare = |label| EFormLine {
        label,
        value: None,
        heads: false,
        place: EFormPlace::Own,
        boxes: false,
        options: Vec::new(),
        table: None,
    };
    match on {
        OnPaper::Table { label, columns, rows } => {
            EFormLine { table: Some(EFormTable { columns, rows }), ..bare(label) }
        }
        OnPaper::Line(l) => EFormLine {
            value: Some(l.value).filter(|v| !v.is_empty()),
            heads: l.heads,
            place: match l.place {
                Place::Beside => EFormPlace::Beside,
                Place::Below => EFormPlace::Below,
                Place::Own | Place::Nowhere => EFormPlace::Own,
            },
            boxes: l.boxes,
            options: l.options,
            ..bare(l.label)
        },
    }
}

fn paper(app: &App, form: &Form, parts: Vec<(Part, Vec<OnPaper>)>, day: Date, around: Around) -> documents::Form {
    let part = |(p, lines): (Part, Vec<OnPaper>)| EFormPart {
        title: p.title,
        lead: p.lead,
        lines: lines.into_iter().map(line).collect(),
    };
    let said = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    documents::Form::EForm(Box::new(EForm {
        form_set: match app.profile.forms.set {
            domain::profile::FormSet::Tt01Of2018 => FormSet::Tt01Of2018,
            domain::profile::FormSet::Tt03Of2025 => FormSet::Tt03Of2025,
        },
        letterhead: Letterhead {
            parent: None,
            unit: form.title.clone(),
            place: app.profile.province.place.clone(),
            day,
        },
        codes: around.codes,
        title: form.title.clone(),
        code: form.code(),
        basis: said(&form.basis),
        addressed_to: said(&form.addressed_to),
        layout: match form.layout {
            Layout::Parts => EFormLayout::Parts,
            Layout::Questions => EFormLayout::Questions,
            Layout::PartsOnly => EFormLayout::PartsOnly,
            Layout::Plain => EFormLayout::Plain,
        },
        parts: parts.into_iter().map(part).collect(),
        also_sign: form.also_sign.clone(),
        declaration: said(&form.declaration),
        capacity: said(&form.signer).unwrap_or_else(|| "Người khai".to_owned()),
        signer: around.signer,
        filed: around.filed,
    }))
}

/// Prints the form that the wizard is about to send and keeps it as a file: it stands for a published paper (INT-02).
pub async fn keep(app: &App, paper: documents::Form, name: &str) -> Result<FileRow, AppError> {
    let printed = tokio::task::spawn_blocking(move || render(&paper, Paper::A4)).await;
    let bytes = printed.map_err(AppError::internal)?.map_err(AppError::internal)?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let blob = app.blobs.put(Bytes::from(bytes)).await.map_err(AppError::internal)?;
    Ok(FileRow {
        sha256: blob.sha256.to_string(),
        name: format!("{name}.pdf"),
        kind: "pdf".to_owned(),
        size,
        pages: None,
    })
}
