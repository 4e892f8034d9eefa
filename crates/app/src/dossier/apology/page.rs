//! Apology and new date, form 04: a draft to sign, dates to choose from, and why each of them (CLK-05).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, apology_drafts, intake_fields::required_moment, slips, step::Step, subject::moment},
    error::AppError,
    http::{Form, Nav, Shell},
};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{
    deadline::{TimeLimit, due_at},
    dossier::{Command, CommandName, Confirmer, apology_confirmed_by, last_apology_day, signs_the_draft},
    time::day_text,
};

#[derive(Template)]
#[template(path = "dossier/apology/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    dates: Vec<NewDate>,
    /// `27/11/2026`: the last day on which an apology is not a breach.
    last_day: Option<String>,
    given: u32,
    allowed: Option<u32>,
    /// The agency's explanation, where the Centre writes.
    explained: Option<(String, String)>,
    /// The signed letter is scanned and attached (DN 16.1e).
    scanned: bool,
    max_bytes: u64,
    /// It takes effect with the leader's word (VL 4.3e, QN 6.3).
    to_leader: bool,
    /// Who filled in the draft so far, and when.
    saved: Option<String>,
    /// When the system drafted it.
    drafted: Option<String>,
}

/// A date to choose, with the reason for it.
struct NewDate {
    value: String,
    more_days: u32,
}

/// Working days that agencies usually ask for.
const MORE_DAYS: [u32; 4] = [2, 3, 5, 10];

impl Step for Page {
    const WHAT: CommandName = CommandName::Apologies;

    /// What the agency has already said need not be typed again.
    fn drafted(app: &App, _me: &SignedIn, mut act: Act) -> Act {
        if let Some(said) = act.subject.state.explanation.clone() {
            let form = std::mem::take(&mut act.form).with("reason", said.reason);
            act.form = form.with("day", "other").with("new_due_at", day_text(said.new_due_at.day()));
        }
        if let Some(kept) = act.letter.clone().filter(|kept| kept.saved.is_some()) {
            let form = std::mem::take(&mut act.form).with("reason", kept.reason).with("day", kept.new_due.clone());
            let offered = dates(app, &act).iter().any(|d| d.value == kept.new_due);
            act.form = if offered { form } else { form.with("day", "other").with("new_due_at", kept.new_due) };
        }
        act
    }

    /// Kept for whoever signs: nothing is demanded of it yet.
    async fn aside(app: &App, me: &SignedIn, act: &mut Act) -> Result<Option<Response>, AppError> {
        if !act.form.is("act", "keep") {
            return Ok(None);
        }
        act.subject.permit(me, Self::WHAT)?;
        apology_drafts::save(app, me, act.subject.id, &act.form).await?;
        Ok(Some(Redirect::to(&format!("{}?xong=draft", act.subject.path())).into_response()))
    }

    fn command(app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let form = &act.form;
        let new_due_at = Some(required_moment(app, "new_due_at", chosen(form))?);
        let (reason, late) = (form.value("reason").to_owned(), form.is("late", "yes"));
        Ok(Command::Apologise { reason, new_due_at, files: act.hashes(), late })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let d = &act.subject.state;
        let rules = &app.profile.apology;
        let last_day = act.subject.by_law(app, last_apology_day).flatten().map(day_text);
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Xin lỗi và hẹn lại"));
        let by_leader =
            act.subject.by_law(app, |_, law| apology_confirmed_by(law)).flatten() == Some(Confirmer::Leader);
        let signs = |who| act.subject.by_law(app, |d, law| signs_the_draft(who, d, law)) == Some(true);
        Self {
            drafted: act.letter.as_ref().map(|kept| shell.when(kept.drafted_at)),
            saved: act.letter.as_ref().and_then(|kept| kept.filled_in(&app.reference(), &shell)),
            dates: dates(app, &act),
            last_day,
            given: u32::try_from(d.apologies.len()).unwrap_or(u32::MAX),
            allowed: rules.max_reappointments,
            scanned: rules.scan_required,
            to_leader: by_leader && !me.identities.iter().any(signs),
            max_bytes: app.config.uploads.max_bytes,
            explained: d.explanation.as_ref().map(|e| (e.reason.clone(), moment(e.new_due_at))),
            shell,
            act,
        }
    }

    fn letter(app: &App, me: &SignedIn, act: &Act) -> Option<documents::Form> {
        let new_due_at = required_moment(app, "new_due_at", chosen(&act.form)).ok();
        let reason = act.form.value("reason").to_owned();
        slips::to_sign(app, me, &act.subject, &slips::Letter::Apology { reason, new_due_at })
    }
}

/// The date among those offered, or the one typed beside them.
pub fn chosen(form: &Form) -> &str {
    form.text("day").filter(|day| *day != "other").unwrap_or_else(|| form.value("new_due_at"))
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
