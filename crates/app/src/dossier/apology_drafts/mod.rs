//! Form 04 as the system drafts it before D−1: kept, filled in by the agency, signed by its leader or by whoever has the dossier,
//! and gone once the dossier is late-bound no longer (CLK-05).

mod list {
    pub mod page;
}
pub mod store;

pub use list::page::{show, waiting};

use super::store::Key;
use crate::{
    accounts::SignedIn,
    app::App,
    error::{AppError, FieldError},
    http::{Form, Shell},
    reference::Reference,
};
use domain::{
    dossier::Dossier,
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use platform::db::{DbError, Unit};

/// A draft as it is kept.
#[derive(Clone, Debug)]
pub struct Draft {
    pub key: String,
    pub drafted_at: Instant,
    /// The service had been away when it was to be drafted.
    pub late: bool,
    pub reason: String,
    /// The new date as it was typed.
    pub new_due: String,
    /// Who filled in last, and when.
    pub saved: Option<(Id<Officer>, Instant)>,
}

impl Draft {
    /// Who filled in what is there, and when, in words; nothing where nobody has yet.
    pub fn filled_in(&self, reference: &Reference, shell: &Shell) -> Option<String> {
        let (by, at) = self.saved?;
        Some(shell.lang.f2("{} đã điền, {}", reference.officer_name(by), shell.when(at)))
    }
}

/// Drafts form 04 in the unit that fires its deadline: once, by whichever process was first.
pub fn begin(
    unit: &mut Unit,
    id: Id<Dossier>,
    key: &str,
    state: &Dossier,
    late: bool,
    now: Instant,
) -> Result<(), DbError> {
    let Some(due) = state.due_at else { return Ok(()) };
    let agency: Id<Agency> = state.intake.agency;
    store::insert(unit, id, key, agency, due, late, now)
}

/// Keeps what was filled in so far, for whoever of the agency goes on with it.
pub async fn save(app: &App, me: &SignedIn, dossier: Id<Dossier>, form: &Form) -> Result<(), AppError> {
    let (reason, day) = (form.value("reason").to_owned(), super::apology::page::chosen(form).to_owned());
    let (officer, now, scope, key) = (me.who.officer, app.now(), me.who.scope(), Key::Id(dossier));
    let kept = app
        .db
        .unit(move |unit| {
            super::store::find(unit, &scope, &key)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>(store::save(unit, dossier, &reason, &day, officer, now)?)
        })
        .await?;
    if kept {
        return Ok(());
    }
    let (vi, en) = (
        "Phiếu soạn sẵn không còn nữa: hồ sơ đã xong hoặc đã có ngày hẹn mới. Xin tải lại trang hồ sơ.",
        "The draft is no longer there: the dossier is done, or has a new date. Reload its page.",
    );
    Err(AppError::Fields(vec![FieldError::new("form", "apology.no_draft", vi, en)]))
}
