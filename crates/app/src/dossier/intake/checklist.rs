//! The checklist of a case: what the catalogue asks, what was received of each (INT-02).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        files::{Attached, Sent},
        intake_fields::ComponentInput,
        phone,
    },
    error::{AppError, FieldError},
};
use domain::catalogue::{Component, ProcedureVersion};

/// One row of the checklist, with what was typed in it.
pub struct Row {
    pub component: Component,
    pub originals: String,
    pub certified: String,
    pub copies: String,
    /// "As the catalogue asks", in one tick.
    pub full: bool,
    pub files: Vec<Attached>,
    /// The address by which a telephone sends pictures for it.
    pub phone: Option<i64>,
    /// A complete dossier must have it and it was not brought.
    pub missing: bool,
}

/// The rows of a case, empty.
pub fn blank(procedure: &ProcedureVersion, variant: &str) -> Vec<Row> {
    let components = procedure.variant(variant).map_or(&[][..], |v| v.components.as_slice());
    let rows = components.iter().filter(|c| c.is_paper()).map(|c| Row {
        component: c.clone(),
        originals: String::new(),
        certified: String::new(),
        copies: String::new(),
        full: false,
        files: Vec::new(),
        phone: None,
        missing: false,
    });
    rows.collect()
}

/// The rows of a case with what was typed: found by the paper's id, because another case may list it elsewhere.
pub async fn filled(
    app: &App,
    me: &SignedIn,
    sent: &Sent,
    procedure: &ProcedureVersion,
    variant: &str,
) -> Result<Vec<Row>, AppError> {
    let mut rows = blank(procedure, variant);
    for row in &mut rows {
        let Some(i) = (0..MOST_ROWS).find(|i| sent.form.value(&at(*i, "id")) == row.component.id) else { continue };
        sent.form.value(&at(i, "originals")).trim().clone_into(&mut row.originals);
        sent.form.value(&at(i, "certified")).trim().clone_into(&mut row.certified);
        sent.form.value(&at(i, "copies")).trim().clone_into(&mut row.copies);
        row.full = sent.form.text(&at(i, "full")).is_some();
        row.files = sent.attached(app, &me.who, &at(i, "files"), &at(i, "kept")).await?;
        row.phone = sent.form.value(&at(i, "phone")).parse().ok();
        if let Some(link) = row.phone {
            let came = phone::arrived(app, me, link).await?;
            let fresh = came.into_iter().filter(|c| row.files.iter().all(|f| f.sha256 != c.sha256)).collect::<Vec<_>>();
            row.files.extend(fresh);
        }
    }
    Ok(rows)
}

const MOST_ROWS: usize = 200;

fn at(i: usize, what: &str) -> String {
    format!("components.{i}.{what}")
}

/// The rows as the domain takes them; a count that is no number is noted beside its row.
pub fn inputs(rows: &[Row], wrong: &mut Vec<FieldError>) -> Vec<ComponentInput> {
    rows.iter().enumerate().map(|(i, row)| input(i, row, wrong)).collect()
}

fn input(i: usize, row: &Row, wrong: &mut Vec<FieldError>) -> ComponentInput {
    let mut count = |text: &str, unless_typed: u32, what: &str| match text {
        "" => unless_typed,
        text => text.parse().unwrap_or_else(|_| {
            let (vi, en) = ("Số bản là số, ví dụ 1.", "The number of copies is a number, for example 1.");
            wrong.push(FieldError::new(at(i, what), "invalid", vi, en));
            0
        }),
    };
    let certified = count(&row.certified, 0, "certified");
    let (originals, copies) = if row.full { in_full(&row.component, certified) } else { (0, 0) };
    ComponentInput {
        id: row.component.id.clone(),
        originals: count(&row.originals, originals, "originals"),
        certified,
        copies: count(&row.copies, copies, "copies"),
        files: row.files.iter().map(|f| f.sha256.clone()).collect(),
    }
}

/// Originals and plain copies of a paper that is ticked as complete: the published numbers, one original where the catalogue
/// gives none. A certified copy stands in the place of a plain one, then of an original, so the tick and one figure say it all.
fn in_full(published: &Component, certified: u32) -> (u32, u32) {
    let least = u32::from(published.copies == 0);
    let beyond_copies = certified.saturating_sub(published.copies);
    (published.originals.max(least).saturating_sub(beyond_copies), published.copies.saturating_sub(certified))
}

impl Row {
    /// How many the catalogue asks for: `1 bản chính, 2 bản sao`.
    pub fn asked(&self, shell: &crate::http::Shell) -> String {
        let c = &self.component;
        let originals = (c.originals > 0).then(|| shell.lang.f1("{} bản chính", c.originals));
        let copies = (c.copies > 0).then(|| shell.lang.f1("{} bản sao", c.copies));
        [originals, copies].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
