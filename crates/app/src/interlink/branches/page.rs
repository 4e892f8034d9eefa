//! What other agencies do for a dossier, and what this officer may do about it: answer, take a part, give its result, tell the
//! Centre.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Act, Face, Term, Told},
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
    interlink::{
        Appointed, appointed,
        input::{self, PartResultInput, PostponementInput, RedateInput},
        lines::{who_does, who_is_asked},
    },
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::{
    accounts::Who,
    dossier::{Command, CommandName},
    id::Id,
    interlink::{
        Asked, Branch, BranchTerm, Consultation, Link, Part, Stage, answers, at_centre, changes_visits, finishes,
        forwards, gives, passes_on, reports,
    },
    people::Officer,
    time::Instant,
};
use std::{borrow::Borrow, sync::Arc};

#[derive(Template)]
#[template(path = "interlink/branches/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    who: Who,
    now: Instant,
    reference: Arc<Reference>,
    app: App,
    /// Officers of the own agency to whom a head may give a part: login and name.
    colleagues: Vec<(String, String)>,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let page = async {
        // Whoever reads the dossier reads this; only the forms ask for more.
        let mut act = Act::sent(&app, &me, &key, CommandName::Replies, Form::default()).await?;
        let version = act.subject.state.version.to_string();
        act.form = Form::default().with("once", hidden_key(&app)).with("version", version);
        Ok::<_, AppError>(render(&app, &me, act))
    };
    page.await.map_err(|e| PageError::new(&app, &me.reader, e))
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
    let what = match form.value("viec") {
        "ket-qua" | "nhan" | "chuyen" => CommandName::Parts,
        "bao" => CommandName::ConsultationReports,
        "thu-hoi" | "doi-han" => CommandName::BranchChanges,
        "doi-lich" | "huy-lich" => CommandName::VisitChanges,
        _ => CommandName::Replies,
    };
    let mut act = Act::sent(app, me, key, what, form).await?;
    let command = match command(app, me, &act.form) {
        Ok(command) => command,
        Err(wrong) => {
            act.form.absorb(wrong)?;
            return Ok((act.mend(app, me).await?, render(app, me, act)).into_response());
        }
    };
    match act.give(app, me, command).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok((status, render(app, me, act)).into_response()),
    }
}

fn command(app: &App, me: &SignedIn, form: &Form) -> Result<Command, AppError> {
    let id: u32 = form.value("so").parse().unwrap_or(0);
    // Each form has fields of its own, so that what was typed stays beside its branch.
    let said = |name: &str| form.value(&format!("{name}.{id}")).trim().to_owned();
    let text = said("text");
    if text.is_empty() && matches!(form.value("viec"), "tra-loi" | "ket-qua") {
        let (vi, en) = ("Xin ghi nội dung trả lời.", "Write the answer.");
        return Err(AppError::Fields(vec![FieldError::missing(format!("text.{id}"), vi, en)]));
    }
    let what = if form.is("loai", "y-kien") { Branch::Consultation } else { Branch::Part };
    if said("visit_reason").is_empty() && matches!(form.value("viec"), "doi-lich" | "huy-lich") {
        let (vi, en) = ("Xin ghi lý do để báo người nộp.", "Say why, so that the applicant can be told.");
        return Err(AppError::Fields(vec![FieldError::missing(format!("visit_reason.{id}"), vi, en)]));
    }
    match form.value("viec") {
        "huy-lich" => Ok(Command::Link(Link::CallOff { id, reason: said("visit_reason") })),
        "doi-lich" => {
            let place = Some(said("visit_place"));
            let later = PostponementInput { at: said("visit_at"), place, reason: said("visit_reason") };
            input::postponement(app, id, later, &format!("visit_at.{id}"))
        }
        "thu-hoi" => Ok(Command::Link(Link::Recall { what, id, reason: said("reason") })),
        "doi-han" => {
            let input = RedateInput { due_at: said("due_at"), reason: said("reason") };
            input::redate(app, what, id, &input)
        }
        "bao" => Ok(Command::Link(Link::Report { id })),
        "chuyen" => Ok(Command::Link(Link::PassOn { id })),
        "nhan" => {
            let officer = said("officer");
            let officer = if officer.is_empty() { me.login.clone() } else { officer };
            Ok(Command::Link(Link::Give { id, officer: input::officer(app, &officer)? }))
        }
        "ket-qua" => {
            let result = PartResultInput {
                text,
                number: Some(said("number")),
                date: Some(said("date")),
                signer: Some(said("signer")),
                files: Vec::new(),
            };
            input::part_result(app, id, &result)
        }
        _ => Ok(Command::Link(Link::Reply { id, text, files: Vec::new() })),
    }
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Phối hợp giải quyết"));
    let reference = app.reference();
    let mut colleagues: Vec<_> = reference
        .officers()
        .filter(|o| o.active && o.who.agency == me.who.agency && o.who.any(domain::accounts::Role::works_in_agency))
        .map(|o| (o.login.clone(), o.name.clone()))
        .collect();
    colleagues.sort_by(|a, b| a.1.cmp(&b.1));
    html(&Page { shell, act, who: me.who.clone(), now: app.now(), reference, app: app.clone(), colleagues })
}

impl Page {
    fn asked(&self, asked: &Asked) -> String {
        who_is_asked(asked, &self.reference)
    }
    fn body(&self, part: &Part) -> String {
        who_does(part, &self.reference)
    }
    fn name(&self, officer: impl Borrow<Id<Officer>>) -> String {
        self.reference.officer_name(*officer.borrow()).to_owned()
    }
    fn may_answer(&self, c: &Consultation) -> bool {
        answers(&self.who, &self.act.subject.state, c).is_some()
    }
    /// The date has passed without an answer, and the Centre does not know yet.
    fn may_report(&self, c: &Consultation) -> bool {
        let subject = &self.act.subject;
        c.reported_at.is_none()
            && c.is_overdue(self.now)
            && reports(&self.who, &subject.state, &subject.governing.process)
    }
    /// The lead takes back what is still waited for, or gives it another date.
    fn may_change(&self, waited_for: bool) -> bool {
        let subject = &self.act.subject;
        waited_for && reports(&self.who, &subject.state, &subject.governing.process)
    }
    /// The time of a branch and what is left of it (CLK-07).
    fn term(&self, term: impl Borrow<Option<BranchTerm>>) -> Option<Term> {
        let face = Face::of(&self.act.subject.state, &self.app, &self.reference, self.now, self.shell.lang);
        term.borrow().map(|t| face.term(t.start, t.due_at))
    }
    fn visit_standing(&self, visit: &Appointed) -> &'static str {
        visit.standing(self.shell.lang)
    }
    fn visits(&self) -> Vec<Appointed> {
        appointed(&self.act.subject.state.links, &self.act.subject.visits)
    }
    fn changes_visits(&self) -> bool {
        let subject = &self.act.subject;
        changes_visits(&self.who, &subject.state, &subject.governing.process)
    }
    /// What was typed about this visit has a fault: its form stays open.
    fn visit_is_wrong(&self, number: impl Borrow<u32>) -> bool {
        let number = number.borrow();
        let wrong = |name: &str| self.act.form.error(&format!("{name}.{number}"), self.shell.lang).is_some();
        wrong("visit_reason") || wrong("visit_at")
    }
    fn is_late(&self, due_at: impl Borrow<Instant>) -> bool {
        self.now > *due_at.borrow()
    }
    fn may_give(&self, part: &Part) -> bool {
        gives(&self.who, &self.act.subject.state, part)
    }
    fn may_pass_on(&self, part: &Part) -> bool {
        passes_on(&self.who, &self.act.subject.state, part)
    }
    /// DN 12.2đ: the agency's own officer receives it at the Centre.
    fn receives_at_centre(&self, part: &Part) -> bool {
        at_centre(&self.act.subject.state, part)
    }
    fn gives_to_others(&self) -> bool {
        forwards(&self.who)
    }
    fn may_finish(&self, part: &Part) -> bool {
        let subject = &self.act.subject;
        finishes(&self.who, &subject.state, part, &subject.governing.process)
    }
    /// Where a part stands, in words.
    fn standing(&self, part: &Part) -> String {
        let lang = self.shell.lang;
        match &part.stage {
            Stage::Waiting => lang.t("chờ cơ quan trước").to_owned(),
            Stage::AtOneStop { .. } => lang.t("chờ bộ phận một cửa nhận, chuyển").to_owned(),
            Stage::Open { officer: Some(officer), .. } => lang.f1("{} đang làm", self.reference.officer_name(*officer)),
            Stage::Open { officer: None, .. } => lang.t("chờ nhận").to_owned(),
            Stage::Done(result) => lang.f1("xong {}", self.shell.when(result.at)),
            Stage::Recalled { at } => lang.f1("đã rút lại {}", self.shell.when(*at)),
        }
    }
    fn result<'a>(&self, part: &'a Part) -> Option<&'a domain::interlink::PartResult> {
        let _ = self;
        match &part.stage {
            Stage::Done(result) => Some(result),
            _ => None,
        }
    }
    /// The field of this name for the branch of this number.
    #[expect(clippy::unused_self, reason = "the template reaches it through the page")]
    fn field(&self, name: &str, id: impl Borrow<u32>) -> String {
        format!("{name}.{}", id.borrow())
    }
}
