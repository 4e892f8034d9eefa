//! Apology and new date, form 04: a draft to sign, dates to choose from, and why each of them (CLK-05).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, intake_fields::day_or_moment, subject::moment},
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    deadline::{TimeLimit, due_at},
    dossier::{Command, CommandName},
    profile::ApologyMoment,
    time::day_text,
};

#[derive(Template)]
#[template(path = "dossier/apology/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    dates: Vec<NewDate>,
    /// `27/11/2026`: the last day on which an apology is not a breach.
    last_day: Option<String>,
    given: u32,
    allowed: Option<u32>,
    /// The agency's explanation, where the Centre writes.
    explained: Option<(String, String)>,
}

/// A date to choose, with the reason for it.
struct NewDate {
    value: String,
    more_days: u32,
}

/// Working days that agencies usually ask for.
const MORE_DAYS: [u32; 4] = [2, 3, 5, 10];

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::Apologies).await;
    act.map(|act| render(&app, &me, drafted(act))).map_err(|e| PageError::new(&app, &me.reader, e))
}

/// What the agency has already said need not be typed again.
fn drafted(mut act: Act) -> Act {
    if let Some(said) = act.subject.state.explanation.clone() {
        let form = std::mem::take(&mut act.form).with("reason", said.reason);
        act.form = form.with("day", "other").with("new_due_at", day_text(said.new_due_at.day()));
    }
    act
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &key, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, key: &str, form: Form) -> Result<Response, AppError> {
    let mut act = Act::sent(app, me, key, CommandName::Apologies, form).await?;
    let mut wrong = Vec::new();
    let chosen = act.form.text("day").filter(|day| *day != "other").unwrap_or_else(|| act.form.value("new_due_at"));
    let new_due_at = day_or_moment(app, "new_due_at", chosen, &mut wrong);
    for fault in wrong {
        act.form.wrong(fault);
    }
    let reason = act.form.value("reason").to_owned();
    let late = act.form.is("late", "yes");
    let command = new_due_at.map(|date| Command::Apologise { reason, new_due_at: Some(date), late });
    act.answer(app, me, command, render).await
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Xin lỗi và hẹn lại"));
    let d = &act.subject.state;
    let rules = &app.profile.apology;
    let before = rules.min_days_before.filter(|_| rules.moment == ApologyMoment::BeforeDue);
    let last_day = d.due_at.zip(before).and_then(|(due, days)| {
        let day = due.day().checked_sub(jiff::Span::new().days(i64::from(days))).ok()?;
        Some(day_text(day))
    });
    let page = Page {
        dates: dates(app, &act),
        last_day,
        given: u32::try_from(d.apologies.len()).unwrap_or(u32::MAX),
        allowed: rules.max_reappointments,
        explained: d.explanation.as_ref().map(|e| (e.reason.clone(), moment(e.new_due_at))),
        shell,
        act,
    };
    html(&page)
}

/// Dates counted from the one that cannot be kept, or from today when it has passed.
fn dates(app: &App, act: &Act) -> Vec<NewDate> {
    let reference = app.reference();
    let d = &act.subject.state;
    let from = d.due_at.map_or(app.now(), |due| due.max(app.now()));
    let calendar = reference.calendar_of(d.intake.centre);
    let date = |more_days| {
        let at = due_at(from, TimeLimit::WorkingDays(more_days), calendar, &reference.clock).ok()??;
        Some(NewDate { value: day_text(at.day()), more_days })
    };
    MORE_DAYS.into_iter().filter_map(date).collect()
}
