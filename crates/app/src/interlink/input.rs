//! What is typed or sent about branches, turned into commands with every fault beside its field; pages and the API share it.

use crate::{
    app::App,
    error::{AppError, FieldError},
    reference::Reference,
};
use domain::{
    accounts::Role,
    dossier::Command,
    id::Id,
    interlink::{Body, Branch, Link, PartAsked, PartResult, Travel, Visit},
    people::{Agency, Centre, Officer, Unit},
    profile::Level,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A question to other agencies or units.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ConsultationInput {
    /// Identifiers such as `H49.24`; `H49.24/main` names one unit.
    pub agencies: Vec<String>,
    pub content: String,
    /// `2025-10-09T17:00:00+07:00`; a day alone means its closing.
    pub due_at: String,
}

/// An answer.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReplyInput {
    pub text: String,
    /// SHA-256 of uploaded files.
    pub files: Vec<String>,
}

/// A verification.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct VerificationInput {
    pub findings: String,
    pub conclusion: Option<String>,
    /// When officers went there.
    pub visit: Option<VisitInput>,
    /// Number of the appointed visit whose minutes these are.
    pub appointed: Option<String>,
}

/// A visit on the spot.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct VisitInput {
    pub at: String,
    pub place: String,
    /// Name, and capacity after a comma.
    pub participants: Vec<String>,
    pub content: String,
}

/// An appointed visit.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AppointmentInput {
    pub at: String,
    pub place: String,
    /// Who must be there: capacity or unit, one each.
    pub participants: Vec<String>,
    pub content: String,
    /// The applicant, or somebody for them, must be there.
    pub applicant: bool,
}

/// Another time for an appointed visit.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PostponementInput {
    pub at: String,
    /// The place stays when not said.
    pub place: Option<String>,
    pub reason: String,
}

/// The parts of other agencies.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ChildrenInput {
    /// `electronic` (all at once) or `paper` (in order).
    pub travel: String,
    pub parts: Vec<PartInput>,
}

/// The part of one agency.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PartInput {
    /// Identifier; `H49.24/main` names one unit.
    pub agency: String,
    /// A body outside this system, such as a ministry, in place of an agency.
    pub outside: String,
    pub work: String,
    /// Until when; a day alone means its closing.
    pub due_at: String,
    /// Places (from 1) in this list of the parts whose result it needs.
    pub needs: Vec<u32>,
}

/// Another date for what others were asked.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RedateInput {
    /// Until when; a day alone means its closing.
    pub due_at: String,
    pub reason: String,
}

/// What an agency gives back.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PartResultInput {
    pub text: String,
    pub number: Option<String>,
    /// `2025-10-06` or `06/10/2025`.
    pub date: Option<String>,
    pub signer: Option<String>,
    /// SHA-256 of uploaded files.
    pub files: Vec<String>,
}

pub fn consultation(app: &App, input: &ConsultationInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let asked = input.agencies.iter().filter(|a| !a.trim().is_empty());
    let asked = asked.filter_map(|a| place(app, "agencies", a, &mut wrong)).collect();
    if input.agencies.iter().all(|a| a.trim().is_empty()) {
        let (vi, en) = ("Xin chọn ít nhất một cơ quan hoặc phòng.", "Choose at least one agency or unit.");
        wrong.push(FieldError::missing("agencies", vi, en));
    }
    if input.content.trim().is_empty() {
        let (vi, en) = ("Xin ghi nội dung cần cho ý kiến.", "Write what the opinion is asked on.");
        wrong.push(FieldError::missing("content", vi, en));
    }
    let due_at = moment(app, "due_at", &input.due_at, &mut wrong);
    match due_at.filter(|_| wrong.is_empty()) {
        Some(due_at) => Ok(Command::Link(Link::Consult { asked, content: input.content.clone(), due_at })),
        None => Err(AppError::Fields(wrong)),
    }
}

pub fn verification(app: &App, input: &VerificationInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let visit = input.visit.as_ref().and_then(|v| visit(app, v, &mut wrong));
    if !wrong.is_empty() {
        return Err(AppError::Fields(wrong));
    }
    let (findings, conclusion) = (input.findings.clone(), input.conclusion.clone());
    let appointed = input.appointed.as_deref().map(|n| n.trim().parse().unwrap_or(0));
    Ok(Command::Link(Link::Verify { visit, findings, conclusion, appointed }))
}

fn visit(app: &App, v: &VisitInput, wrong: &mut Vec<FieldError>) -> Option<Visit> {
    Some(Visit {
        at: moment(app, "visit.at", &v.at, wrong)?,
        place: v.place.trim().to_owned(),
        participants: v.participants.iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect(),
        content: v.content.trim().to_owned(),
    })
}

pub fn appointment(app: &App, input: AppointmentInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let AppointmentInput { at, place, participants, content, applicant } = input;
    let fields = [
        ("visit.place", place.trim().is_empty(), "Xin ghi địa điểm kiểm tra.", "Write where the visit takes place."),
        (
            "visit.participants",
            participants.iter().all(|p| p.trim().is_empty()),
            "Xin ghi ai cần có mặt, mỗi dòng một người hoặc đơn vị.",
            "Write who must be there, one a line.",
        ),
        ("visit.content", content.trim().is_empty(), "Xin ghi nội dung kiểm tra.", "Write what is looked into."),
    ];
    let asked = VisitInput { at, place, participants, content };
    let visit = visit(app, &asked, &mut wrong);
    let missing = fields.into_iter().filter(|(_, is_missing, ..)| *is_missing);
    wrong.extend(missing.map(|(field, _, vi, en)| FieldError::missing(field, vi, en)));
    match visit.filter(|_| wrong.is_empty()) {
        Some(visit) => Ok(Command::Link(Link::Appoint { visit, applicant })),
        None => Err(AppError::Fields(wrong)),
    }
}

/// `field` is where a time that cannot be read is shown: a page has several such forms.
pub fn postponement(app: &App, id: u32, input: PostponementInput, field: &str) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let at = moment(app, field, &input.at, &mut wrong).ok_or(AppError::Fields(wrong))?;
    let place = input.place.filter(|p| !p.trim().is_empty());
    Ok(Command::Link(Link::Postpone { id, at, place, reason: input.reason }))
}

pub fn children(app: &App, input: &ChildrenInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let travel = Travel::from_key(input.travel.trim());
    if travel.is_none() {
        let (vi, en) = ("Xin chọn đi lần lượt (paper) hay cùng lúc (electronic).", "Choose paper or electronic.");
        wrong.push(FieldError::new("travel", "unknown", vi, en));
    }
    let mut parts = Vec::new();
    let reference = app.reference();
    for (at, part) in (1..).zip(&input.parts) {
        let (body, unit) = if part.outside.trim().is_empty() {
            let Some((agency, unit)) = place(app, &format!("parts.{at}.agency"), &part.agency, &mut wrong) else {
                continue;
            };
            (Body::Agency(agency), unit)
        } else {
            (Body::Outside(part.outside.trim().to_owned()), None)
        };
        let Some(due_at) = moment(app, &format!("parts.{at}.due_at"), &part.due_at, &mut wrong) else { continue };
        // What stands outside the province's agencies stands above them.
        let level = match &body {
            Body::Agency(agency) => reference.agency(*agency).and_then(|a| Level::from_key(&a.level)),
            Body::Outside(_) => None,
        };
        let level = level.unwrap_or(Level::Province);
        let (posted, one_stop) = match &body {
            Body::Agency(agency) => (is_posted(&reference, *agency), one_stop_of(&reference, *agency)),
            Body::Outside(_) => (false, None),
        };
        let (work, needs) = (part.work.clone(), part.needs.clone());
        parts.push(PartAsked { body, level, unit, work, due_at, needs, posted, one_stop });
    }
    match travel.filter(|_| wrong.is_empty()) {
        Some(travel) => Ok(Command::Link(Link::Open { travel, parts })),
        None => Err(AppError::Fields(wrong)),
    }
}

/// DN 12.2đ: an officer of the agency stands at the province's Centre. A commune's own counter is no such post.
fn is_posted(reference: &Reference, agency: Id<Agency>) -> bool {
    let Some(main) = reference.main_centre() else { return false };
    main.agency != agency
        && reference
            .officers()
            .any(|o| o.active && o.who.agency == agency && o.who.centre == Some(main.id) && o.who.any(Role::takes_in))
}

/// VL 11–12: the one-stop unit of a commune, to which the commune's committee belongs; the province's Centre is none of these.
fn one_stop_of(reference: &Reference, agency: Id<Agency>) -> Option<Id<Centre>> {
    let local = reference.agency(agency).filter(|a| Level::from_key(&a.level) == Some(Level::Commune))?;
    reference.centres.iter().find(|c| c.active && c.agency == local.id).map(|c| c.id)
}

pub fn part_result(app: &App, id: u32, input: &PartResultInput) -> Result<Command, AppError> {
    let said = |t: &Option<String>| t.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let date = match said(&input.date) {
        None => None,
        Some(text) => match crate::dossier::intake_fields::day(&text) {
            Some(day) => Some(day),
            None => {
                let (vi, en) = ("Ngày chưa đúng, ví dụ 06/10/2025.", "Not a date, for example 06/10/2025.");
                return Err(AppError::field("date", "invalid", vi, en));
            }
        },
    };
    let result = PartResult {
        text: input.text.clone(),
        number: said(&input.number),
        date,
        signer: said(&input.signer),
        files: input.files.clone(),
        // The decision writes who and when.
        by: Id::new(0),
        at: app.now(),
    };
    Ok(Command::Link(Link::Finish { id, result }))
}

pub fn redate(app: &App, what: Branch, id: u32, input: &RedateInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let due_at = moment(app, "due_at", &input.due_at, &mut wrong).ok_or(AppError::Fields(wrong))?;
    Ok(Command::Link(Link::Redate { what, id, due_at, reason: input.reason.clone() }))
}

/// The officer of this login or id.
pub fn officer(app: &App, text: &str) -> Result<Id<Officer>, AppError> {
    officer_named(app, "to.officer", text)
}

/// The same for another field.
pub fn officer_named(app: &App, field: &str, text: &str) -> Result<Id<Officer>, AppError> {
    let (reference, asked) = (app.reference(), text.trim());
    let found = reference.officers().find(|o| o.active && (o.login == asked || o.id.to_string() == asked));
    let (vi, en) = ("Không có cán bộ mang tên đăng nhập này.", "No officer has this login.");
    found.map(|o| o.id).ok_or_else(|| AppError::field(field, "unknown", vi, en))
}

/// `H49.24` or `H49.24/main`.
fn place(app: &App, field: &str, text: &str, wrong: &mut Vec<FieldError>) -> Option<(Id<Agency>, Option<Id<Unit>>)> {
    let reference = app.reference();
    let (identifier, unit) = text.trim().split_once('/').map_or((text.trim(), None), |(a, u)| (a, Some(u)));
    let agency = reference.agency_by_identifier(identifier).filter(|a| a.active);
    let unit_id = unit.and_then(|code| reference.units_of(agency?.id).find(|u| u.code == code)).map(|u| u.id);
    match agency.filter(|_| unit.is_none() || unit_id.is_some()) {
        Some(agency) => Some((agency.id, unit_id)),
        None => {
            let vi = format!("Không có cơ quan hoặc phòng mang mã \"{}\".", text.trim());
            wrong.push(FieldError::new(
                field,
                "unknown",
                vi,
                format!("No agency or unit has the code \"{}\".", text.trim()),
            ));
            None
        }
    }
}

/// RFC 3339, `09/10/2025 16:30`, or a day alone, which means its closing by the province's hours.
pub fn moment(app: &App, field: &str, text: &str, wrong: &mut Vec<FieldError>) -> Option<Instant> {
    let text = text.trim();
    let typed = || {
        let (day, time) = text.split_once([' ', ',']).unwrap_or((text, ""));
        let day = crate::dossier::intake_fields::day(day)?;
        let closing = app.profile.calendar.sessions.last().map(|s| s.to);
        let time = if time.trim().is_empty() { closing? } else { time.trim().parse().ok()? };
        Some(Instant::from_local(day.to_datetime(time)))
    };
    let at = if text.contains('T') { text.parse().ok() } else { typed() };
    if at.is_none() {
        let (vi, en) = ("Thời điểm chưa đúng, ví dụ 09/10/2025 16:30.", "Not a time, for example 09/10/2025 16:30.");
        wrong.push(FieldError::new(field, "invalid", vi, en));
    }
    at
}
