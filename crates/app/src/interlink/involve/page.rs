//! Give other agencies their parts: on paper one after the other, electronically all at once (ILK-01 … ILK-03, FLW-06).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Act, Step},
    error::AppError,
    http::{Form, Nav, Shell},
    interlink::{
        ask::page::places,
        input::{self, ChildrenInput, PartInput},
    },
};
use askama::Template;
use domain::{
    dossier::{Command, CommandName},
    interlink::{PartProposed, propose},
    time::Instant,
};

#[derive(Template)]
#[template(path = "interlink/involve/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    places: Vec<(String, String)>,
    /// The rows begin as the approved process says.
    is_proposed: bool,
    /// Some part has less than its own time, because the dossier is due before.
    is_cut: bool,
    /// Agencies of the process that have ended and whom nobody took over from.
    ended: Vec<String>,
}

/// Rows of the form where the process names fewer agencies.
const ROWS: usize = 6;

impl Step for Page {
    const WHAT: CommandName = CommandName::Children;

    fn drafted(app: &App, _me: &SignedIn, mut act: Act) -> Act {
        act.form = std::mem::take(&mut act.form).with("travel", "electronic");
        // What was opened already is not proposed a second time.
        if act.subject.state.links.parts.is_empty() {
            act.form = filled(app, &act);
        }
        act
    }

    fn command(app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        input::children(app, &typed(&act.form, rows(act)))
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Chuyển cơ quan phối hợp"));
        let proposal = proposed(app, &act);
        let is_cut = proposal.iter().any(|p| p.is_cut);
        let reference = app.reference();
        let agencies = proposal.iter().filter_map(|p| reference.agency(p.participant.agency));
        let ended = agencies.filter(|a| !a.active).map(|a| a.name.clone()).collect();
        Self { shell, places: places(app, me), is_proposed: !proposal.is_empty(), is_cut, ended, act }
    }
}

/// The parts that the approved process foresees (CAT-04, ILK-01).
fn proposed<'a>(app: &App, act: &'a Act) -> Vec<PartProposed<'a>> {
    let (d, reference) = (&act.subject.state, app.reference());
    if !d.links.parts.is_empty() {
        return Vec::new();
    }
    let calendar = reference.calendar_of(d.intake.centre);
    propose(&act.subject.governing.process, d.intake.agency, app.now(), d.due_at, calendar)
}

/// The form with the agencies of the approved process in their order, each with its work and its own time.
fn filled(app: &App, act: &Act) -> Form {
    let reference = app.reference();
    (1..).zip(proposed(app, act)).fold(act.form.clone(), |form, (n, part)| {
        let field = |name: &str| format!("parts.{n}.{name}");
        let agency = reference.agency(part.participant.agency).filter(|a| a.active);
        let needs: Vec<_> = part.needs.iter().map(u32::to_string).collect();
        form.with(&field("agency"), agency.map(|a| a.identifier.clone()).unwrap_or_default())
            .with(&field("work"), part.participant.work.as_str())
            .with(&field("due_at"), part.due_at.map(typed_moment).unwrap_or_default())
            .with(&field("needs"), needs.join(", "))
    })
}

/// A moment as this form reads it; a minute is as fine as it gets, so it is never later than it was.
fn typed_moment(at: Instant) -> String {
    at.local().strftime("%d/%m/%Y %H:%M").to_string()
}

/// Rows of the form: as many as the process names, and some.
fn rows(act: &Act) -> usize {
    act.subject.governing.process.participants.len().max(ROWS)
}

/// The rows down to the last that was filled in, so that the faults name the rows as they stand.
fn typed(form: &Form, rows: usize) -> ChildrenInput {
    let row = |n: usize| {
        let field = |name: &str| form.value(&format!("parts.{n}.{name}")).trim().to_owned();
        let needs = field("needs");
        PartInput {
            agency: field("agency"),
            outside: field("outside"),
            work: field("work"),
            due_at: field("due_at"),
            needs: needs.split([',', ' ']).filter_map(|n| n.trim().parse().ok()).collect(),
        }
    };
    let is_filled = |p: &PartInput| !(p.agency.is_empty() && p.outside.is_empty() && p.work.is_empty());
    let rows: Vec<_> = (1..=rows).map(row).collect();
    let last = rows.iter().rposition(is_filled).map_or(0, |at| at + 1);
    ChildrenInput { travel: form.value("travel").to_owned(), parts: rows.into_iter().take(last).collect() }
}

impl Page {
    /// The rows with the names of their fields.
    fn rows(&self) -> Vec<Row> {
        let field = |n: usize, name: &str| format!("parts.{n}.{name}");
        let row = |n| Row {
            number: n,
            agency: field(n, "agency"),
            outside: field(n, "outside"),
            work: field(n, "work"),
            due_at: field(n, "due_at"),
            needs: field(n, "needs"),
        };
        (1..=rows(&self.act)).map(row).collect()
    }
}

struct Row {
    number: usize,
    agency: String,
    outside: String,
    work: String,
    due_at: String,
    needs: String,
}
