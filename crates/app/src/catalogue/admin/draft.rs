//! Drafts: loading one within reach, and saving it over what the editor saw.

use super::{
    keeper::Keeper,
    store::{self, Draft},
};
use crate::{
    accounts::audit,
    app::App,
    catalogue::store as catalogue_store,
    error::{AppError, FieldError},
    http::Form,
};
use domain::{
    accounts::Who,
    catalogue::{Field, Flags, OnlineLevel, ProcedureCode, ProcedureVersion, Publication, PublicationKind, Variant},
    id::Id,
};
use platform::db::{DbError, Unit};

/// The draft of a procedure, for somebody who may edit it.
pub async fn load(app: &App, me: &Keeper, code: &str) -> Result<Draft, AppError> {
    let code = code.to_owned();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::draft(q, &code)?)).await?;
    let draft = found.ok_or(AppError::NotFound)?;
    me.needs_edit(app, &draft.content)?;
    Ok(draft)
}

/// Begins a draft from the version in force today, or from this other one; a draft that is open stays as it is.
pub async fn begin(app: &App, me: &Keeper, code: &str, of: Option<Id<ProcedureVersion>>) -> Result<(), AppError> {
    let (asked, day) = (code.to_owned(), app.now().day());
    let read = move |q: &mut platform::db::Reader| {
        Ok::<_, AppError>(match of {
            None => catalogue_store::held_on(q, &asked, day)?.map(|held| (held.id, held.version)),
            Some(id) => {
                let known = catalogue_store::version(q, id)?.filter(|(version, _)| version.code.as_str() == asked);
                known.map(|(version, _)| (id, version))
            }
        })
    };
    let (base, content) = app.db.read(read).await?.ok_or(AppError::NotFound)?;
    me.needs_edit(app, &content)?;
    insert(app, me, content, Some(base)).await
}

/// Begins a draft; one that is open stays.
pub async fn insert(
    app: &App,
    me: &Keeper,
    content: ProcedureVersion,
    base: Option<Id<ProcedureVersion>>,
) -> Result<(), AppError> {
    let (app_, who) = (app.clone(), me.who.clone());
    app.db.unit(move |unit| begun(unit, &app_, &who, &content, base)).await
}

/// The same inside a unit.
pub fn begun(
    unit: &mut Unit,
    app: &App,
    who: &Who,
    content: &ProcedureVersion,
    base: Option<Id<ProcedureVersion>>,
) -> Result<(), AppError> {
    if store::begin_draft(unit, content, base, who.officer, app.machine.now())? {
        audit(unit, app, Some(who), "procedure.draft.begin", content.code.as_str(), &content.name)?;
    }
    Ok(())
}

/// Saves what a form made of a draft. When somebody saved since, the form is told so and keeps what was typed.
pub async fn save(
    app: &App,
    me: &Keeper,
    form: &mut Form,
    content: ProcedureVersion,
    part: &'static str,
) -> Result<bool, AppError> {
    me.needs_edit(app, &content)?;
    let seen = form.value("version").parse().unwrap_or(0);
    let code = content.code.to_string();
    let (app_, who) = (app.clone(), me.who.clone());
    let saved = app
        .db
        .unit(move |unit| {
            match store::save_draft(unit, &content, seen, who.officer, app_.machine.now()) {
                Err(DbError::Stale) => return Ok(false),
                other => other?,
            }
            audit(unit, &app_, Some(&who), "procedure.draft.save", content.code.as_str(), part)?;
            Ok::<_, AppError>(true)
        })
        .await?;
    if !saved {
        let now = app.db.read(move |q| Ok::<_, AppError>(store::draft(q, &code)?)).await?;
        let now = now.ok_or(AppError::NotFound)?;
        let who = app.reference().officer_name(now.officer).to_owned();
        *form = std::mem::take(form).with("version", now.version.to_string());
        form.wrong(FieldError::new(
            "form",
            "draft.stale",
            format!("{who} vừa lưu bản nháp này. Nội dung ông/bà nhập còn nguyên; bấm Lưu lần nữa để thay, hoặc tải lại trang."),
            format!("{who} has just saved this draft. What you typed is kept; save again to replace it, or load the page again."),
        ));
    }
    Ok(saved)
}

/// A procedure with nothing but a code and a name.
pub fn blank(code: ProcedureCode, name: String) -> ProcedureVersion {
    let only = Variant {
        id: "chung".to_owned(),
        name: String::new(),
        limit: None,
        components: Vec::new(),
        answers: Vec::new(),
    };
    ProcedureVersion {
        code,
        name,
        field: Field { code: String::new(), name: String::new() },
        levels: Vec::new(),
        executing: Vec::new(),
        participating: Vec::new(),
        applicants: Vec::new(),
        steps: Vec::new(),
        ways: Vec::new(),
        variants: vec![only],
        sets: 1,
        conditions: String::new(),
        legal_bases: Vec::new(),
        results: Vec::new(),
        online_level: OnlineLevel::Information,
        flags: Flags::default(),
        publication: Publication {
            number: String::new(),
            issuer: String::new(),
            date: None,
            kind: PublicationKind::New,
            effective_from: None,
            replaced_by: None,
        },
    }
}
