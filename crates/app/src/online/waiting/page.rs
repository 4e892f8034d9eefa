//! `/can-bo/truc-tuyen`: dossiers that were sent online and wait to be looked at, first come first served, each with its clock of
//! working hours (INT-06).

use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Nav, PageError, Shell, html},
    messages::Lang,
    online::store,
    reads,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    accounts::{Reading, Role, Who},
    deadline::{Level, NearDue, due_at, remaining},
    dossier::{Dossier, Status},
    id::Id,
    people::{Agency, Centre},
    profile::OnlineTaker,
    time::Instant,
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "online/waiting/page.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    more: Option<i64>,
    place: String,
}

/// Whose dossiers are shown.
#[derive(Clone, Copy)]
enum Desk {
    Centre(Id<Centre>),
    /// QNI 13.2a: the competent agency's assigned officer takes them in.
    Agency(Id<Agency>),
}

impl Desk {
    fn of(app: &App, who: &Who) -> Option<Self> {
        if takes_in_for_agency(app, who) {
            return Some(Self::Agency(who.agency));
        }
        who.centre.filter(|_| who.any(Role::takes_in)).map(Self::Centre)
    }
}

/// Whether this officer takes in for the own agency what came online.
pub fn takes_in_for_agency(app: &App, who: &Who) -> bool {
    let agencies = app.profile.online.taken_in_by == OnlineTaker::Agency;
    agencies && who.any(|r| matches!(r, Role::Clerk | Role::UnitHead))
}

struct Line {
    code: String,
    procedure: String,
    applicant: String,
    sent_at: Instant,
    /// Class, icon, words; absent where the regulation sets no limit.
    clock: Option<(&'static str, &'static str, String)>,
    files: usize,
}

const PAGE: i64 = 50;

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let after = query.get("sau").and_then(|t| t.parse().ok()).unwrap_or(0);
    list(&app, &me, after).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn list(app: &App, me: &SignedIn, after: i64) -> Result<Response, AppError> {
    let right = AppError::RightMissing(Role::IntakeOfficer.as_str());
    let desk = Desk::of(app, &me.who).ok_or(right)?;
    let read = move |q: &mut platform::db::Reader| {
        Ok::<_, AppError>(match desk {
            Desk::Centre(centre) => store::submitted(q, centre, after, PAGE)?,
            Desk::Agency(agency) => store::submitted_to_agency(q, agency, after, PAGE)?,
        })
    };
    let found = app.db.read(read).await?;
    let ids: Vec<_> = found.iter().map(|(id, ..)| Id::new(*id)).collect();
    reads::note(app, &me.who, Reading::List, &ids).await;
    let full = found.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.last().filter(|_| full).map(|(id, ..)| *id);
    let reference = app.reference();
    Ok(html(&Page {
        shell: Shell::officer(app, me, Nav::Online, "Hồ sơ trực tuyến chờ kiểm tra").translated(),
        place: match desk {
            Desk::Centre(centre) => reference.centre(centre).map(|c| c.name.clone()).unwrap_or_default(),
            Desk::Agency(agency) => reference.agency_name(agency).to_owned(),
        },
        lines: found.into_iter().map(|(_, state, applicant)| line(app, me, &state, applicant)).collect(),
        more,
    }))
}

/// Class, icon and words of the clock of working hours in which a dossier must be looked at; absent where no limit is set.
pub fn clock(app: &App, d: &Dossier, lang: Lang) -> Option<(&'static str, &'static str, String)> {
    let Status::Submitted { at } = d.status else { return None };
    let reference = app.reference();
    let calendar = reference.calendar_of(d.intake.centre);
    let limit = app.profile.online.checked_within();
    let due = due_at(at, limit, calendar, &reference.clock).ok().flatten()?;
    let near = app.profile.calendar.near_due;
    let near = NearDue { percent: u32::from(near.percent), working_days: near.working_days };
    let left = remaining(app.now(), at, due, calendar, &near);
    let (class, icon) = match left.level {
        Level::Running => ("clock-running", "running"),
        Level::NearDue => ("clock-near", "near"),
        Level::Overdue => ("clock-overdue", "overdue"),
    };
    Some((class, icon, if lang == Lang::En { left.text_en() } else { left.text_vi() }))
}

fn line(app: &App, me: &SignedIn, d: &Dossier, applicant: String) -> Line {
    let sent_at = match d.status {
        Status::Submitted { at } => at,
        _ => app.now(),
    };
    Line {
        code: d.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        procedure: app.reference().procedure(&d.intake.procedure_code).map(|p| p.name.clone()).unwrap_or_default(),
        files: d.intake.components.iter().map(|c| c.files.len()).sum(),
        clock: clock(app, d, me.reader.lang),
        applicant,
        sent_at,
    }
}
