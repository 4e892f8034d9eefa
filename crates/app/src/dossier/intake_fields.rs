//! From what was typed or sent to what the domain takes: every fault found at once, each beside its field. Shared by the
//! counter, the API and the online wizard; what the counter shows: `intake/page.html`, `intake/typed.rs`.

mod fees;
mod person;

pub use fees::{FeeInput, asked, times};
use person::{LONGEST, at_most};
pub use person::{day, identity, identity_error, line, person, read_identity};

use crate::{
    app::App,
    catalogue::{self, Governing},
    error::{AppError, FieldError},
    forms,
    http::Form,
    reference::Reference,
};
use domain::{
    accounts::{Role, Who},
    catalogue::{Channel, ProcedureVersion},
    dossier::{Intake, IntakeFees, People, Proxy, ReceivedComponent, ResultBy},
    id::Id,
    people::{Agency, Centre},
    profile::Profile,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A person or organisation as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PersonInput {
    /// `citizen`, `business`, `state_body` or `organisation`; `citizen` when not said.
    pub kind: String,
    pub name: String,
    /// Citizen number, old card, passport or tax code.
    pub identity: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
}

/// The person who hands in for somebody else (INT-10).
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(from = "ProxyFields")]
pub struct ProxyInput {
    #[serde(flatten)]
    pub person: PersonInput,
    /// The paper that authorises: kind, number, day.
    pub authorisation: String,
}

/// The same as it is sent: a flattened person would take any unknown key without a word.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ProxyFields {
    kind: String,
    name: String,
    identity: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    address: Option<String>,
    authorisation: String,
}

impl From<ProxyFields> for ProxyInput {
    fn from(f: ProxyFields) -> Self {
        let ProxyFields { kind, name, identity, phone, email, address, authorisation } = f;
        Self { person: PersonInput { kind, name, identity, phone, email, address }, authorisation }
    }
}

/// One paper of the checklist as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ComponentInput {
    pub id: String,
    pub originals: u32,
    /// Certified copies (bản chứng thực), which form 01 counts apart; none when not said.
    pub certified: u32,
    /// Plain copies.
    pub copies: u32,
    /// SHA-256 of uploaded files.
    pub files: Vec<String>,
}

/// A dossier as typed or sent.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IntakeInput {
    /// Code of the procedure.
    pub procedure: String,
    /// Needed when the procedure has several cases.
    pub variant: Option<String>,
    /// Identifier; needed when the procedure leaves a choice.
    pub agency: Option<String>,
    /// Code; the officer's own centre when not said.
    pub centre: Option<String>,
    /// `counter`, `post`, `online` or `post_employee`.
    pub channel: String,
    pub applicant: PersonInput,
    pub owner: Option<PersonInput>,
    pub proxy: Option<ProxyInput>,
    pub components: Vec<ComponentInput>,
    /// Number of sets; what the procedure asks for when not said.
    pub sets: Option<u32>,
    #[schema(value_type = Option<Object>)]
    pub form: serde_json::Value,
    /// `counter`, `post` or `online`; `counter` when not said.
    pub result_by: Option<String>,
    /// When it was received: for the post, and for late entry.
    pub received_at: Option<String>,
    /// Taken in on paper while the system was out of reach: why it is entered only now.
    pub late_reason: Option<String>,
    /// Fees of the published schedule that are asked for with it (FEE-01); not for drafts and online.
    pub fees: Vec<FeeInput>,
    /// When they are paid: `at_return`, or `now`, before the work goes on; `at_return` when not said.
    pub fees_when: Option<String>,
    /// Number of the receipt, where they are paid already.
    pub fees_proof: Option<String>,
    /// Keep as a draft.
    pub draft: bool,
}

/// What the domain takes.
pub struct Parsed {
    pub people: People,
    pub intake: Intake,
    pub received_at: Option<Instant>,
    /// What is asked for with it.
    pub fees: Option<IntakeFees>,
}

/// The version in force of the procedure that was named, with its process.
pub async fn governing(app: &App, code: &str) -> Result<(Id<ProcedureVersion>, Arc<Governing>), AppError> {
    let listed = app.reference().procedure(code.trim()).map(|p| p.version);
    let Some(version) = listed else {
        if let Some(refusal) = catalogue::not_in_force(app, code).await? {
            return Err(refusal.into());
        }
        return Err(AppError::field(
            "procedure",
            "unknown",
            "Không có thủ tục mang mã này. Xin tìm lại theo tên.",
            "No procedure has this code. Search by its name.",
        ));
    };
    if let Some(known) = app.versions.known(version) {
        return Ok((version, known));
    }
    let app_ = app.clone();
    let found = app.db.read(move |q| app_.versions.get(q, version)).await?;
    Ok((version, found))
}

/// Turns the input into people and intake, or names every field that is wrong.
pub fn intake(
    input: &IntakeInput,
    who: &Who,
    reference: &Reference,
    profile: &Profile,
    (version, governing): &(Id<ProcedureVersion>, Arc<Governing>),
) -> Result<Parsed, AppError> {
    let mut wrong = Vec::new();
    let procedure = &governing.procedure;
    let variant = variant(input, procedure, &mut wrong);
    let agency = agency(input, governing, reference, &mut wrong);
    let centre = centre(input, who, agency, reference, &mut wrong);
    let channel = channel(&input.channel, profile, &mut wrong);
    let result_by = result_by(input.result_by.as_deref(), profile, &mut wrong);
    let people = People {
        applicant: person(&input.applicant, "applicant", &mut wrong),
        owner: input.owner.as_ref().map(|o| person(o, "owner", &mut wrong)),
        proxy: input.proxy.as_ref().map(|p| proxy(p, &mut wrong)),
        form: forms::taken(&input.form, procedure.code.as_str(), reference, &mut wrong),
    };
    if result_by == ResultBy::Post && people.applicant.address.is_none() {
        let (vi, en) =
            ("Xin ghi địa chỉ để gửi kết quả qua bưu chính.", "Give the address to which the result is posted.");
        wrong.push(FieldError::missing("applicant.address", vi, en));
    }
    let received_at = received_at(input.received_at.as_deref(), &mut wrong);
    let components = components(&input.components, &mut wrong);
    let fees = fees::read(input, &mut wrong);
    let late = input.late_reason.as_deref().map(line).filter(|r| !r.is_empty());
    at_most("late_reason".into(), late.as_deref().unwrap_or_default(), LONGEST, &mut wrong);
    let (Some(agency), Some(centre)) = (agency, centre) else { return Err(AppError::Fields(wrong)) };
    if !wrong.is_empty() {
        return Err(AppError::Fields(wrong));
    }
    // CAT-04: by case, channel and agency; else the one that came with the version.
    let process = reference.process_for(procedure, agency, channel, variant.as_deref().unwrap_or_default());
    let intake = Intake {
        procedure: *version,
        procedure_code: procedure.code.as_str().to_owned(),
        variant,
        process: process.unwrap_or(governing.process_id),
        agency,
        centre,
        channel,
        result_by,
        components,
        sets: input.sets.unwrap_or(procedure.sets).clamp(1, 1000),
        late,
        people: String::new(),
    };
    Ok(Parsed { people, intake, received_at, fees })
}

fn variant(input: &IntakeInput, procedure: &ProcedureVersion, wrong: &mut Vec<FieldError>) -> Option<String> {
    let asked = input.variant.as_deref().map(str::trim).unwrap_or_default();
    let found = procedure.variant(asked);
    if found.is_none() {
        let (vi, en) = ("Xin chọn trường hợp của thủ tục này.", "Choose the case of this procedure.");
        wrong.push(FieldError::new("variant", "unknown", vi, en));
    }
    found.map(|v| v.id.clone())
}

fn may_settle(competent: &[String], identifier: &str) -> bool {
    competent.is_empty() || competent.iter().any(|c| c == identifier)
}

fn agency(
    input: &IntakeInput,
    governing: &Governing,
    reference: &Reference,
    wrong: &mut Vec<FieldError>,
) -> Option<Id<Agency>> {
    let competent = governing.competent(&reference.directory);
    let asked = input.agency.as_deref().map(str::trim).filter(|a| !a.is_empty());
    let identifier = match (asked, &*competent) {
        (Some(asked), _) => asked,
        (None, [only]) => only.as_str(),
        (None, _) => {
            let (vi, en) = ("Xin chọn cơ quan giải quyết.", "Choose the competent agency.");
            wrong.push(FieldError::missing("agency", vi, en));
            return None;
        }
    };
    let found = reference.agency_by_identifier(identifier).filter(|a| a.active);
    match found {
        Some(agency) if may_settle(&competent, identifier) => Some(agency.id),
        Some(_) => {
            let (vi, en) = (
                "Cơ quan này không có thẩm quyền giải quyết thủ tục đã chọn.",
                "This agency is not competent for the procedure.",
            );
            wrong.push(FieldError::new("agency", "not_competent", vi, en));
            None
        }
        None => {
            let (vi, en) = ("Không có cơ quan mang mã này.", "No agency has this identifier.");
            wrong.push(FieldError::new("agency", "unknown", vi, en));
            None
        }
    }
}

fn centre(
    input: &IntakeInput,
    who: &Who,
    agency: Option<Id<Agency>>,
    reference: &Reference,
    wrong: &mut Vec<FieldError>,
) -> Option<Id<Centre>> {
    let asked = input.centre.as_deref().map(str::trim).filter(|c| !c.is_empty());
    let found = match asked {
        Some(code) => reference.centre_by_code(code).map(|c| c.id),
        // The portal sits at no counter: the dossier belongs to the centre of the agency that will take it in.
        None if who.is(Role::NationalPortal) => agency.and_then(|a| reference.centre_for(a)).map(|c| c.id),
        None => who.centre.or_else(|| reference.main_centre().map(|c| c.id)),
    };
    if found.is_none() {
        let (vi, en) = ("Không có trung tâm mang mã này.", "No centre has this code.");
        wrong.push(FieldError::new("centre", "unknown", vi, en));
    }
    found
}

fn channel(key: &str, profile: &Profile, wrong: &mut Vec<FieldError>) -> Channel {
    let found = if key.trim().is_empty() { Some(Channel::Counter) } else { Channel::from_key(key.trim()) };
    match found {
        Some(channel) if profile.intake.channels.contains(&channel) => channel,
        found => {
            let (vi, en) = ("Cách nộp này không áp dụng ở đây.", "This channel is not open here.");
            wrong.push(FieldError::new("channel", "unknown", vi, en));
            found.unwrap_or(Channel::Counter)
        }
    }
}

fn result_by(key: Option<&str>, profile: &Profile, wrong: &mut Vec<FieldError>) -> ResultBy {
    let key = key.map(str::trim).filter(|k| !k.is_empty());
    let found = key.map_or(Some(ResultBy::Counter), ResultBy::from_key);
    found.filter(|way| profile.returning.channels.contains(way)).unwrap_or_else(|| {
        let (vi, en) = ("Xin chọn cách nhận kết quả.", "Choose how the result is received.");
        wrong.push(FieldError::new("result_by", "unknown", vi, en));
        ResultBy::Counter
    })
}

fn received_at(text: Option<&str>, wrong: &mut Vec<FieldError>) -> Option<Instant> {
    moment("received_at", text, wrong)
}

/// INT-08: day and time of receipt in two fields of a form; both or neither.
pub fn typed_receipt(form: &Form, wrong: &mut Vec<FieldError>) -> Option<Instant> {
    let (on, time) = (form.text("received_at"), form.text("received_time"));
    if on.is_none() && time.is_none() {
        return None;
    }
    let clock = time.and_then(|t| t.replace(['h', 'g'], ":").parse::<jiff::civil::Time>().ok());
    let typed = on.and_then(day).zip(clock).map(|(on, clock)| Instant::from_local(on.to_datetime(clock)));
    if typed.is_none() {
        let (vi, en) = (
            "Xin ghi đủ ngày và giờ nhận, ví dụ 06/10/2025 và 08:00.",
            "Give day and time of receipt, for example 06/10/2025 and 08:00.",
        );
        wrong.push(FieldError::new("received_at", "invalid", vi, en));
    }
    typed
}

/// A moment that may be left out.
pub fn moment(field: &str, text: Option<&str>, wrong: &mut Vec<FieldError>) -> Option<Instant> {
    let text = text.map(str::trim).filter(|t| !t.is_empty())?;
    let read = text.parse();
    if read.is_err() {
        let (vi, en) = ("Thời điểm chưa đúng, ví dụ 2025-10-06T08:00.", "Not a time, for example 2025-10-06T08:00.");
        wrong.push(FieldError::new(field, "invalid", vi, en));
    }
    read.ok()
}

/// A day, or a moment: a day means its closing time.
pub fn day_or_moment(app: &App, field: &str, text: &str, wrong: &mut Vec<FieldError>) -> Option<Instant> {
    if text.trim().is_empty() {
        wrong.push(FieldError::missing(
            field,
            "Xin ghi ngày, ví dụ 20/10/2025.",
            "Give the day, for example 20/10/2025.",
        ));
        return None;
    }
    let closing = app.profile.calendar.sessions.last().map(|s| s.to);
    // `2025-10-20T17:00` begins like a day.
    match (day(text).filter(|_| !text.contains(':')), closing) {
        (Some(day), Some(closing)) => Some(Instant::from_local(day.to_datetime(closing))),
        _ => moment(field, Some(text), wrong),
    }
}

/// The day or moment that a command cannot do without.
pub fn required_moment(app: &App, field: &str, text: &str) -> Result<Instant, AppError> {
    let mut wrong = Vec::new();
    day_or_moment(app, field, text, &mut wrong).ok_or(AppError::Fields(wrong))
}

/// The papers of a checklist with every fault named.
pub fn components(input: &[ComponentInput], wrong: &mut Vec<FieldError>) -> Vec<ReceivedComponent> {
    let mut seen = std::collections::HashSet::new();
    let mut list = Vec::with_capacity(input.len());
    for (i, c) in input.iter().enumerate() {
        if !seen.insert(c.id.as_str()) {
            let (vi, en) = ("Giấy tờ này được ghi hai lần.", "This paper is listed twice.");
            wrong.push(FieldError::new(format!("components.{i}.id"), "twice", vi, en));
        }
        for (what, count) in [("originals", c.originals), ("certified", c.certified), ("copies", c.copies)] {
            if count > 999 {
                let (vi, en) = ("Số bản tối đa là 999.", "At most 999.");
                wrong.push(FieldError::new(format!("components.{i}.{what}"), "too_many", vi, en));
            }
        }
        let files_good = c.files.iter().all(|f| f.len() == 64 && f.bytes().all(|b| b.is_ascii_hexdigit()));
        if !files_good {
            let (vi, en) = ("Mã tệp chưa đúng. Xin tải tệp lên lại.", "Not a file hash. Upload the file again.");
            wrong.push(FieldError::new(format!("components.{i}.files"), "invalid", vi, en));
        }
        list.push(ReceivedComponent {
            id: c.id.clone(),
            originals: c.originals,
            certified: c.certified,
            copies: c.copies,
            files: c.files.iter().map(|f| f.to_ascii_lowercase()).collect(),
        });
    }
    list
}

/// Who hands in for somebody else, with the paper that authorises.
pub fn proxy(input: &ProxyInput, wrong: &mut Vec<FieldError>) -> Proxy {
    let authorisation = line(&input.authorisation);
    if authorisation.is_empty() {
        let (vi, en) = ("Xin ghi giấy ủy quyền: loại, số, ngày.", "Record the authorisation: kind, number, day.");
        wrong.push(FieldError::missing("proxy.authorisation", vi, en));
    }
    at_most("proxy.authorisation".into(), &authorisation, LONGEST, wrong);
    Proxy { person: person(&input.person, "proxy", wrong), authorisation }
}
