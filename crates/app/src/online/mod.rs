//! Handing in from home (INT-01 online): a one-time code in place of an account, a wizard of one question a page whose every page
//! is kept on the server, and the list of what waits to be looked at (INT-06).

mod account;
mod citizen;
mod codes;
mod contact;
mod draft;
mod identity;
mod photos;
mod question;
mod store;
mod sweep;
pub mod upload;

// A screen each: GET and POST in one file, the template beside it.
mod applicant {
    pub mod page;
}
mod case {
    pub mod page;
}
mod check {
    pub mod page;
}
mod code {
    pub mod page;
}
mod delivery {
    pub mod page;
}
mod done {
    pub mod page;
    pub mod pdf;
}
mod form {
    pub mod page;
}
mod look {
    pub mod page;
}
mod mine {
    pub mod page;
}
mod papers {
    pub mod page;
}
mod sign_in {
    pub mod page;
}
mod start {
    pub mod page;
}
mod supplement {
    pub mod page;
}
mod tasks {
    pub mod page;
}
mod waiting {
    pub mod page;
}
mod withdraw {
    pub mod page;
}

pub use account::{of as account_of, own as own_account, store::Account};
pub use citizen::{Citizen, presented};
pub use sweep::sweep;
pub use waiting::page::takes_in_for_agency;

use crate::{
    app::App,
    dossier::store::{self as dossiers, FileRow, Kept, Key},
    error::AppError,
    forms, mandates, national, notices,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use domain::{
    accounts::{Scope, Who},
    catalogue::{Channel, OnlineLevel, ProcedureVersion},
    dossier::Dossier,
    id::Id,
    people::Centre,
    profile::Portal,
};
use platform::db::{Query, Unit};
use question::question;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    // Files stream in; each is limited by the configuration.
    let with_files = Router::new()
        .route("/ban-nhap/{id}/giay-to", get(papers::page::show).post(papers::page::send))
        .route("/ban-nhap/{id}/to-khai", get(form::page::show).post(form::page::send))
        .route("/bo-sung/{code}", get(supplement::page::show).post(supplement::page::send))
        .layer(DefaultBodyLimit::disable());
    // A piece of a file and little more.
    let pieces = Router::new()
        .route("/ban-nhap/{id}/tai-len", post(upload::for_draft))
        .route("/bo-sung/{code}/tai-len", post(upload::for_supplement))
        .route("/tai-len/{id}", get(upload::state).put(upload::receive))
        .layer(DefaultBodyLimit::max(1024 * 1024 + 4096));
    Router::new()
        .route("/cong-dan", get(mine::page::show))
        .route("/cong-dan/dang-nhap", get(sign_in::page::show).post(sign_in::page::send))
        .route("/cong-dan/ma", get(code::page::show).post(code::page::send))
        .route("/cong-dan/thoat", post(mine::page::leave))
        .route("/cong-dan/xac-thuc", get(identity::leave))
        .route("/cong-dan/xac-thuc/ve", get(identity::back))
        .route("/cong-dan/tai-khoan", get(account::page::show).post(account::page::save))
        .route("/cong-dan/tai-khoan/thiet-bi/{session}/thoat", post(account::page::end))
        .route("/cong-dan/tai-khoan/thoat-het", post(account::page::end_all))
        .route("/nop-ho-so/{code}", get(start::page::show).post(start::page::send))
        .route("/ban-nhap/{id}", get(mine::page::resume))
        .route("/ban-nhap/{id}/cac-buoc", get(tasks::page::show))
        .route("/ban-nhap/{id}/bo", post(mine::page::drop))
        .route("/ban-nhap/{id}/truong-hop", question::<case::page::Page>())
        .route("/ban-nhap/{id}/nguoi-nop", question::<applicant::page::Page>())
        .route("/ban-nhap/{id}/nhan-ket-qua", question::<delivery::page::Page>())
        .route("/ban-nhap/{id}/kiem-tra", get(check::page::show).post(check::page::send))
        .route("/da-nop/{code}", get(done::page::show))
        .route("/da-nop/{code}/xac-nhan.pdf", get(done::pdf::download))
        .route("/rut-ho-so/{code}", get(withdraw::page::show).post(withdraw::page::send))
        .route("/can-bo/truc-tuyen", get(waiting::page::show))
        .route("/can-bo/truc-tuyen/{code}", get(look::page::show))
        .merge(with_files)
        .merge(pieces)
}

/// Whether citizens hand in here: where the profile names the national portal alone, they do it there (QNI 13.4a).
pub fn is_on(app: &App) -> bool {
    let profile = &app.profile;
    let ours = profile.online.submission_through.contains(&Portal::Province);
    let reachable = app.is_demo()
        || [domain::notices::Channel::Sms, domain::notices::Channel::Email]
            .into_iter()
            .any(|c| notices::is_open(app, c));
    ours && profile.intake.channels.contains(&Channel::Online) && reachable
}

/// Whether citizens have anything here to sign in for: where they hand in elsewhere, they may still see what is theirs.
pub fn has_accounts(app: &App) -> bool {
    is_on(app) || identity::label(app).is_some()
}

/// Whether a procedure can be handed in here (CAT-03) once its service is open (CAT-10).
pub fn may_offer(app: &App, procedure: &ProcedureVersion) -> bool {
    is_on(app) && may_be_sent(procedure)
}

/// Where a procedure is handed in online when not here: the national portal's address (QNI 13.4a).
pub fn elsewhere(app: &App, procedure: &ProcedureVersion) -> Option<String> {
    national::for_citizens(app).filter(|_| may_be_sent(procedure))
}

fn may_be_sent(procedure: &ProcedureVersion) -> bool {
    let published = procedure.ways.is_empty() || procedure.ways.iter().any(|w| w.channel == Channel::Online);
    let here = procedure.flags.handled_elsewhere.is_none();
    here && published && procedure.online_level != OnlineLevel::Information
}

/// Whether a procedure can be handed in here now.
pub fn offers(app: &App, procedure: &ProcedureVersion) -> bool {
    may_offer(app, procedure) && forms::service::is_open(app, procedure.code.as_str())
}

/// The citizen's own dossier of this code; of somebody else is the same as not there.
fn own(q: &mut impl Query, proof: &citizen::Proof, code: &str) -> Result<Kept, AppError> {
    let key = Key::parse(code).ok_or(AppError::NotFound)?;
    let kept = dossiers::find(q, &Scope::Public, &key)?.ok_or(AppError::NotFound)?;
    if store::owns(q, proof, kept.id)? { Ok(kept) } else { Err(AppError::NotFound) }
}

/// In whose name a dossier is sent: a citizen, at the agency of the centre that will look at it.
fn sender(app: &App, centre: Option<Id<Centre>>) -> Who {
    let reference = app.reference();
    let centre = centre.and_then(|c| reference.centre(c)).or_else(|| reference.main_centre());
    Who::citizen(centre.map_or(Id::new(0), |c| c.agency))
}

/// Notes anew what lies with a draft: attaching asks for a fresh upload, and what a draft names is surely there, however old.
fn vouch_for<'a>(
    unit: &mut Unit,
    app: &App,
    who: &Who,
    files: impl Iterator<Item = &'a FileRow>,
) -> Result<(), AppError> {
    let now = app.machine.now();
    for file in files {
        if dossiers::upload(unit, who, &file.sha256, now)?.is_none() {
            dossiers::insert_upload(unit, app.ids.next()?, file, who, now)?;
        }
    }
    Ok(())
}

/// The dossiers of a citizen, newest first: what they sent, and what names their proved number.
pub fn dossiers_of(q: &mut impl Query, proof: &citizen::Proof, most: i64) -> Result<Vec<(i64, Dossier)>, AppError> {
    Ok(store::dossiers_of(q, proof, i64::MAX, most)?)
}

/// Whether the session that a request carries belongs to who sent the dossier: it opens what the last digits of a number open.
pub fn sent_by(q: &mut impl Query, app: &App, session: &str, dossier: Id<Dossier>) -> Result<bool, AppError> {
    let Some(open) = store::session(q, session)? else { return Ok(false) };
    if !citizen::is_live(open.opened_at, open.seen_at, app.machine.now()) {
        return Ok(false);
    }
    let identity = contact::Contact::stored(&open.address).and_then(|c| c.identity().map(|n| n.as_str().to_owned()));
    let mut proof = citizen::Proof { key: open.contact, identity };
    if let (Some(id), Some(number)) = (open.mandate, &proof.identity)
        && let Some(acting) = mandates::acting_in(q, id, number, app.now().day())?
    {
        proof = citizen::Proof { key: acting.key(app), identity: acting.opens() };
    }
    Ok(store::owns(q, &proof, dossier)?)
}
