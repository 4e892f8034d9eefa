//! Who makes forms, and one change of a version: on what was seen, once, with its trace.

use super::store::{self, Version};
use crate::{
    accounts::{SignedIn, audit},
    app::App,
    error::{AppError, FieldError, answered},
    http::{Form, Nav, PageError, Reader, Shell, once},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use domain::{
    accounts::Role,
    forms::{self, CaseFault, Facts},
    id::Id,
};
use platform::db::{Answer, DbError, Outcome, Unit};
use std::ops::Deref;

/// An officer who makes forms. Taking it as an argument closes a page to everybody else.
#[derive(Clone, Debug)]
pub struct Designer(pub SignedIn);

impl Deref for Designer {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl FromRequestParts<App> for Designer {
    type Rejection = PageError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let me = SignedIn::from_request_parts(parts, app).await?;
        if super::service::tests(&me) {
            return Ok(Self(me));
        }
        let missing = AppError::RightMissing(Role::ProcedureControl.as_str());
        Err(PageError::new(app, &Reader::of(parts), missing))
    }
}

impl Designer {
    pub fn shell(&self, app: &App, title: &str) -> Shell {
        Shell::officer(app, &self.0, Nav::Catalogue, title)
    }
    pub fn wrong(&self, app: &App, error: AppError) -> PageError {
        PageError::new(app, &self.reader, error)
    }
    /// The words of a good result, by the key in the address after a redirect.
    pub fn flash(&self, key: Option<&String>) -> Option<String> {
        let lang = self.reader.lang;
        let words = match key?.as_str() {
            "luu" => lang.t("Đã lưu biểu mẫu."),
            "moi" => lang.t("Đã lập bản nháp của biểu mẫu."),
            "cong-bo" => lang.t("Đã công bố biểu mẫu. Hồ sơ nộp từ bây giờ dùng bản này."),
            "bo" => lang.t("Đã bỏ bản nháp."),
            "ca-thu" => lang.t("Đã lưu ca thử."),
            _ => return None,
        };
        Some(words.to_owned())
    }
}

/// The version of this id.
pub async fn load(app: &App, id: &str) -> Result<Version, AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    app.db.read(move |q| store::find(q, id)?.ok_or(AppError::NotFound)).await
}

/// How each of its cases comes out.
pub fn trials(app: &App, form: &forms::Form) -> Vec<(forms::Case, Option<CaseFault>)> {
    let reference = app.reference();
    let facts = Facts { today: reference.day, places: &reference.forms.places, files: None };
    form.cases.iter().map(|c| (c.clone(), forms::run(form, c, &facts).err())).collect()
}

/// Somebody else was faster.
pub fn stale(e: DbError) -> AppError {
    match e {
        DbError::Stale => AppError::field(
            "form",
            "stale",
            "Người khác vừa lưu biểu mẫu này. Xin tải lại trang, xem bản mới nhất rồi làm lại.",
            "Somebody else has just saved this form. Load the page again and look before you repeat it.",
        ),
        other => other.into(),
    }
}

/// What was published is never changed: dossiers keep it.
pub fn draft_only(v: &Version) -> Result<(), AppError> {
    if v.is_draft() {
        return Ok(());
    }
    Err(AppError::field(
        "form",
        "form.published",
        "Bản này đã công bố nên không sửa được. Xin lập bản mới từ bản này.",
        "This version is published and cannot be changed. Make a new one from it.",
    ))
}

/// Changes a version under its form's once key. `act` names it in the trace, `change` does it and says the detail.
pub async fn change(
    app: &App,
    me: &Designer,
    form: &Form,
    id: Id<Version>,
    act: &'static str,
    change: impl Fn(&mut Version, &mut Unit) -> Result<String, AppError> + Send + 'static,
) -> Result<(), AppError> {
    let seen: i64 = form.value("version").parse().unwrap_or(0);
    let key = form.key(app);
    let once = once(app, format!("officer/{}", me.who.officer), key, &format!("{act} {id} {seen} {form:?}"));
    let (app_, who) = (app.clone(), me.who.clone());
    let done = app.db.unit_once::<AppError>(once, move |unit| {
        let mut v = store::find(unit, id)?.ok_or(AppError::NotFound)?;
        if v.version != seen {
            return Err(stale(DbError::Stale));
        }
        let detail = change(&mut v, unit)?;
        v.changed_at = app_.machine.now();
        v.changed_by = Some(who.officer);
        store::update(unit, &v).map_err(stale)?;
        audit(unit, &app_, Some(&who), act, &v.subject(), &detail)?;
        Ok(Answer { status: 303, body: String::new() })
    });
    match done.await? {
        Outcome::Fresh(_) | Outcome::Replay(_) => Ok(()),
        Outcome::Mismatch => Err(AppError::KeyMismatch),
    }
}

/// Puts a new draft into the store; gives its address.
pub async fn begin(app: &App, me: &Designer, form: &Form, what: forms::Form) -> Result<String, AppError> {
    let id = app.id()?;
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("form.begin {what:?}"));
    let (app_, who) = (app.clone(), me.who.clone());
    let done = app.db.unit_once::<AppError>(once, move |unit| {
        let row = Version {
            id,
            number: store::next_number(unit, &what.code())?,
            form: what.clone(),
            status: store::Status::Draft,
            published_at: None,
            changed_at: app_.machine.now(),
            changed_by: Some(who.officer),
            version: 1,
        };
        store::insert(unit, &row)?;
        audit(unit, &app_, Some(&who), "form.begin", &row.subject(), &row.form.title)?;
        Ok(Answer { status: 303, body: format!("/can-bo/quan-tri/bieu-mau/{id}?xong=moi") })
    });
    let answer = answered(done.await?)?;
    Ok(answer.body)
}

/// What is wrong with a definition, at one field of a page.
pub fn flaws_at(field: &str, form: &forms::Form) -> Vec<FieldError> {
    let one = |f: forms::Flaw| {
        let at = if f.at.is_empty() { String::new() } else { format!("{}: ", f.at) };
        FieldError::new(field, "form.flaw", format!("{at}{}", f.vi), format!("{at}{}", f.en))
    };
    forms::flaws(form).into_iter().map(one).collect()
}
