//! Where a dossier is, in two sentences: what anybody who knows its code may be told, on whatever way they ask (TRK-01).

use super::sentence::{Names, told};
use crate::{
    app::App,
    dossier::store::{self, Key},
    error::AppError,
    messages::Lang,
};
use domain::{
    accounts::Scope,
    dossier::Dossier,
    id::Id,
    time::{day_text, time_text},
};
use platform::db::Query;

/// Nothing personal is in it.
#[derive(Clone, Debug)]
pub struct Short {
    pub id: Id<Dossier>,
    pub code: String,
    pub headline: String,
    pub to_do: String,
    /// `17:00 ngày 27/11/2026`; absent before intake and where no date is set.
    pub due: Option<String>,
}

/// The same words as the tracking page has, read as anybody reads them.
pub fn short(q: &mut impl Query, app: &App, key: &Key, lang: Lang) -> Result<Option<Short>, AppError> {
    let Some(kept) = store::find(q, &Scope::Public, key)? else { return Ok(None) };
    let Some(code) = &kept.state.code else { return Ok(None) };
    Ok(Some(of(app, kept.id, &kept.state, code.to_string(), lang)))
}

fn of(app: &App, id: Id<Dossier>, d: &Dossier, code: String, lang: Lang) -> Short {
    let reference = app.reference();
    let centre = reference.centre(d.intake.centre).map_or("", |c| c.name.as_str());
    let told = told(d, &Names { agency: reference.agency_name(d.intake.agency), centre }, lang);
    let due = d.due_at.filter(|_| d.status.is_open()).map(|at| {
        let local = at.local();
        lang.f2("{} ngày {}", time_text(local.time()), day_text(local.date()))
    });
    Short { id, code, headline: told.headline, to_do: told.to_do, due }
}
