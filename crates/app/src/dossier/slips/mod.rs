//! Slips: what each command issues, and the data that is frozen in the unit and printed when asked for.

use super::{law::law, register::Entry, store};
use crate::{app::App, catalogue::Governing, error::AppError, reference::Reference};
use documents::{
    Asked, BookEntry, Codes, Component, Fee, Form, FormSet, Letterhead, Lookup, Party, Receipt, Refusal,
    TimeLimit as PrintedLimit,
};
use domain::{
    accounts::Who,
    catalogue::{Channel, fee_case},
    deadline::TimeLimit,
    dossier::{
        Applicant, Command, Dossier, Event, FeeMoment, FeeOwed, Intake, Law, People, ResultBy, SlipRef, Status,
        agency_returns, barcode, needs_receipt, slip_of,
    },
    id::Id,
    people::Centre,
    profile::{ApologyWriter, Profile},
    time::Instant,
};
use jiff::civil::Date;

mod handover;
mod incident;
mod reappointment;
mod to_sign;

pub use handover::CARRIER;
pub use to_sign::{Letter, to_sign};

/// The slip that a command would issue, by the key of its number series; `acting` are those as whom the officer may give it.
pub fn form_of(
    before: Option<&Dossier>,
    command: &Command,
    intake: &Intake,
    law: &Law,
    acting: &[Who],
) -> Option<&'static str> {
    let limit = law.procedure.limit_for(intake.channel, intake.variant.as_deref().unwrap_or_default());
    slip_of(before, command, law, acting).filter(|form| *form != "receipt" || needs_receipt(law.profile, limit))
}

/// Whether the competent agency issues the slip, and not the Centre: what is said in appraisal and about lateness.
pub fn is_the_agencys(before: Option<&Dossier>, command: &Command, profile: &Profile) -> bool {
    let accepted = before.is_some_and(|d| d.accepted_at.is_some());
    match command {
        Command::Apologise { .. } => profile.apology.written_by == ApologyWriter::Agency,
        Command::Refuse { .. }
        | Command::RequestSupplement { .. }
        | Command::Approve { .. }
        | Command::Stop { .. }
        | Command::Lapse => accepted,
        // QN 6.5b, DN 16.1đ: an agency returns results of its own.
        Command::HandOver(_) => before.and_then(|d| d.holder.as_ref()).is_some_and(|h| h.centre.is_none()),
        _ => false,
    }
}

/// The slip that an event issued.
pub fn issued_by(event: &Event) -> Option<(&SlipRef, &'static str)> {
    match event {
        Event::Accepted { receipt: Some(slip), .. } | Event::Redated { receipt: Some(slip), .. } => {
            Some((slip, "receipt"))
        }
        Event::DateAdjusted { notice: Some(slip), .. } => Some((slip, "reappointment")),
        Event::Refused { slip, .. } => Some((slip, "refusal")),
        Event::HandedOver { slip, .. } => Some((slip, "handover")),
        Event::GuidanceRequested { slip, .. } | Event::SupplementRequested { slip, .. } => {
            Some((slip, "supplement_request"))
        }
        Event::Apologised { slip, .. } => Some((slip, "apology")),
        Event::Stopped { slip, .. } | Event::Withdrawn { slip, .. } => Some((slip, "stop")),
        _ => None,
    }
}

/// `15/2026/TC-tinh`: the number in the year, the kind of slip, the centre or agency that issues it.
pub fn number(form: &str, number: u32, year: i16, issuer: &str) -> String {
    let sign = match form {
        "receipt" => "TN",
        "refusal" => "TC",
        "supplement_request" => "HDHS",
        "apology" => "PXL",
        "stop" => "TBD",
        "reappointment" => "TBHL",
        "joint_receipt" => "TNC",
        "post_manifest" => "BKBG",
        _ => "BN",
    };
    format!("{number}/{year}/{sign}-{issuer}")
}

/// The number of a slip that is printed anew: `15/2026/TN-tinh/L1`, then `/L2`.
pub fn reprint(number: &str) -> String {
    let (first, times) = number.rsplit_once("/L").unwrap_or((number, "0"));
    format!("{first}/L{}", times.parse::<u32>().map_or(1, |n| n + 1))
}

/// The receipt as it was last printed, with the date as it is now.
pub fn redated(last: Option<&store::IssuedSlip>, dossier: &Dossier) -> Result<Form, AppError> {
    let last = last.ok_or_else(|| AppError::Internal("a receipt that was never issued".into()))?;
    let Form::Receipt(mut receipt) = serde_json::from_str(&last.data).map_err(AppError::internal)? else {
        return Err(AppError::Internal(format!("slip {} is no receipt", last.number)));
    };
    receipt.due_at = dossier.due_at.map(Instant::local);
    Ok(Form::Receipt(receipt))
}

/// Everything a slip prints.
pub struct Writer<'a> {
    pub app: &'a App,
    pub reference: &'a Reference,
    pub who: &'a Who,
    pub now: Instant,
    pub id: Id<Dossier>,
    pub dossier: &'a Dossier,
    pub governing: &'a Governing,
    pub people: Option<&'a People>,
    /// As it was before the command.
    pub before: Option<&'a Dossier>,
    /// Its place in the register, once it is accepted.
    pub entry: Option<Entry>,
}

impl Writer<'_> {
    /// The data of the slip, complete: reprints never ask again.
    pub fn freeze(&self, event: &Event, slip: &SlipRef, command: &Command) -> Result<Form, AppError> {
        let people = self.people.ok_or_else(|| AppError::Internal("a slip without people".into()))?;
        Ok(match (event, command) {
            (Event::Accepted { .. } | Event::Redated { .. }, _) => Form::Receipt(Box::new(self.receipt(people))),
            (_, Command::HandOver(h)) => Form::Handover(Box::new(self.handover(slip, people, h))),
            (Event::Refused { reason, directions, .. }, _) => {
                Form::Refusal(Box::new(self.refusal(slip, people, reason, directions.as_deref())))
            }
            (
                Event::GuidanceRequested { items, reason, until, .. }
                | Event::SupplementRequested { items, reason, until, .. },
                _,
            ) => {
                let slip = self.supplement_request(slip, people, items, reason.as_deref(), *until);
                Form::SupplementRequest(Box::new(slip))
            }
            (Event::Apologised { reason, from, due_at, .. }, _) => {
                Form::Apology(Box::new(self.apology(slip, people, reason, *from, *due_at)))
            }
            (Event::DateAdjusted { reason, .. }, _) => {
                Form::Reappointment(Box::new(self.reappointment(slip, people, reason)))
            }
            (Event::Stopped { reason, .. }, _) => Form::Stop(Box::new(self.stop(slip, people, reason, false))),
            (Event::Withdrawn { reason, .. }, _) => Form::Stop(Box::new(self.stop(slip, people, reason, true))),
            _ => return Err(AppError::Internal(format!("no slip for the event {}", event.key()))),
        })
    }

    fn receipt(&self, people: &People) -> Receipt {
        let d = self.dossier;
        let received = d.accepted_at.unwrap_or(self.now);
        let limit = d.limit.unwrap_or(TimeLimit::None);
        Receipt {
            form_set: self.form_set(),
            letterhead: self.letterhead(),
            codes: self.codes(),
            book_entry: self.book_entry(),
            centre: self.centre_name(),
            owner: party(people.owner.as_ref().unwrap_or(&people.applicant)),
            submitter: submitter(people),
            request: self.request(),
            components: self.components(),
            other_papers: None,
            sets: d.intake.sets,
            time_limit: printed_limit(limit),
            received_at: received.local(),
            due_at: d.due_at.map(Instant::local),
            delivery: self.delivery(people),
            fees: self.fees(received.day()),
            asked: self.asked(),
            officer: self.officer(),
            online: d.intake.channel == Channel::Online,
            lookup: self.lookup(),
            identity_at_return: self.app.profile.returning.identity_required,
        }
    }

    /// Before acceptance the Centre refuses, after it the agency whose number the slip bears (CLK-10).
    fn refusal(&self, slip: &SlipRef, people: &People, reason: &str, directions: Option<&str>) -> Refusal {
        let by_agency = self.before.is_some_and(|d| d.accepted_at.is_some());
        let submitted_at = self.before.and_then(|d| match d.status {
            Status::Submitted { at } if d.intake.channel == Channel::Online => Some(at.local()),
            _ => None,
        });
        Refusal {
            form_set: self.form_set(),
            letterhead: if by_agency { self.agency_letterhead() } else { self.letterhead() },
            number: Some(slip.number.clone()),
            codes: self.dossier.code.as_ref().map(|_| self.codes()),
            centre: if by_agency { self.agency_name() } else { self.centre_name() },
            owner: self.owner(people),
            submitter: submitter(people),
            submitted_at,
            request: self.request(),
            reasons: reason.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect(),
            directions: directions.map(str::to_owned),
            officer: self.officer(),
            online: self.dossier.intake.channel == Channel::Online,
        }
    }

    pub(super) fn form_set(&self) -> FormSet {
        form_set_of(self.app)
    }

    pub(super) fn letterhead(&self) -> Letterhead {
        letterhead_of(self.app, self.reference, self.dossier.intake.centre, self.now.day())
    }

    /// The codes by which people and machines find the dossier again.
    pub fn codes(&self) -> Codes {
        codes_of(self.app, self.id, self.dossier)
    }

    /// The same book and number under which the register prints it.
    pub(super) fn book_entry(&self) -> Option<BookEntry> {
        self.entry.map(|e| BookEntry { book: e.year.to_string(), number: e.ordinal.to_string() })
    }

    fn centre_name(&self) -> String {
        self.reference.centre(self.dossier.intake.centre).map(|c| c.name.clone()).unwrap_or_default()
    }

    fn officer(&self) -> String {
        self.reference.officer_name(self.who.officer).to_owned()
    }

    pub(super) fn request(&self) -> String {
        let procedure = &self.governing.procedure;
        let variant = self.dossier.intake.variant.as_deref().and_then(|v| procedure.variant(v)).map(|v| v.name.trim());
        match variant.filter(|v| !v.is_empty() && procedure.variants.len() > 1) {
            Some(variant) => format!("{} ({variant})", procedure.name),
            None => procedure.name.clone(),
        }
    }

    fn components(&self) -> Vec<Component> {
        let variant = self.governing.procedure.variant(self.dossier.intake.variant.as_deref().unwrap_or_default());
        let name = |id: &str| variant.and_then(|v| v.component(id)).map(|c| c.name.clone()).unwrap_or_default();
        let components = self.dossier.intake.components.iter();
        components
            .filter(|c| c.is_here())
            .map(|c| Component {
                name: name(&c.id),
                originals: c.originals,
                certified: c.certified,
                copies: c.copies,
                electronic: u32::try_from(c.files.len()).unwrap_or(u32::MAX),
            })
            .collect()
    }

    /// Fees as the catalogue names them for this way to submit, each with its own text: the lines are cases of which one or
    /// some apply, so nobody adds them up here. A line without an amount and without a text says nothing.
    fn fees(&self, day: jiff::civil::Date) -> Vec<Fee> {
        let i = &self.dossier.intake;
        let lines = self.governing.procedure.fees_for(i.channel, i.variant.as_deref().unwrap_or_default(), day);
        lines
            .iter()
            .filter(|line| line.amount.map_or(!line.text.trim().is_empty(), |amount| amount > 0))
            .map(|line| Fee {
                name: line.kind.words().0.into(),
                text: fee_case(&line.text).to_owned(),
                amount: line.amount.and_then(|a| u64::try_from(a).ok()),
            })
            .collect()
    }

    /// What was asked for by the time the receipt is printed; how it is paid is said of what is still owed.
    fn asked(&self) -> Option<Asked> {
        let fees: Vec<&FeeOwed> = self.dossier.fees.iter().filter(|fee| fee.cancelled_at.is_none()).collect();
        let told = fees.iter().find(|fee| fee.is_open()).or(fees.first())?;
        let paid = match (&told.proof, told.when) {
            (Some(proof), _) => format!("đã thu, biên lai số {proof}"),
            (None, FeeMoment::Now) => "nộp rồi hồ sơ mới được giải quyết tiếp".to_owned(),
            (None, FeeMoment::AtReturn) => "nộp trước khi nhận kết quả".to_owned(),
        };
        Some(Asked { fees: fees.iter().map(|fee| (fee.reason.clone(), fee.amount.unsigned_abs())).collect(), paid })
    }

    /// The competent agency returns the result itself (QN 6.5b, DN 16.1đ), or the papers that it refused (DN 16.1e).
    fn agency_returns(&self) -> bool {
        if let Some(holder) = self.before.filter(|d| matches!(d.status, Status::Refused { .. })).map(|d| &d.holder) {
            return holder.as_ref().is_some_and(|h| h.centre.is_none());
        }
        let law = law(self.app, self.reference, self.governing, &self.dossier.intake);
        law.is_some_and(|law| agency_returns(&law))
    }

    fn delivery(&self, people: &People) -> String {
        match self.dossier.intake.result_by {
            ResultBy::Counter if self.agency_returns() => format!("Bộ phận trả kết quả, {}", self.agency_name()),
            ResultBy::Counter => format!("Quầy trả kết quả, {}", self.centre_name()),
            ResultBy::Post => format!(
                "Qua dịch vụ bưu chính công ích, địa chỉ: {}",
                people.applicant.address.as_deref().unwrap_or("theo hồ sơ")
            ),
            ResultBy::Online => "Bản điện tử có ký số".into(),
        }
    }

    fn lookup(&self) -> Lookup {
        let centre = self.reference.centre(self.dossier.intake.centre);
        let phone = centre.map(|c| c.phone.clone()).filter(|p| !p.is_empty());
        Lookup {
            address: format!("{}/tra-cuu", self.app.public_url()),
            hotline: self.app.profile.contact.hotline.clone().or(phone).unwrap_or_default(),
        }
    }
}

/// The circular whose forms this province uses.
pub fn form_set_of(app: &App) -> FormSet {
    match app.profile.forms.set {
        domain::profile::FormSet::Tt01Of2018 => FormSet::Tt01Of2018,
        domain::profile::FormSet::Tt03Of2025 => FormSet::Tt03Of2025,
    }
}

/// The head of a paper that a centre issues.
pub fn letterhead_of(app: &App, reference: &Reference, centre: Id<Centre>, day: Date) -> Letterhead {
    let known = reference.centre(centre);
    let unit = known.map(|c| c.name.clone()).unwrap_or_default();
    let parent = known.map(|c| reference.agency_name(c.agency).to_owned());
    Letterhead { parent: parent.filter(|p| *p != unit), unit, place: app.profile.province.place.clone(), day }
}

/// The codes of a dossier, as every slip prints them.
pub fn codes_of(app: &App, id: Id<Dossier>, dossier: &Dossier) -> Codes {
    let code = dossier.code.as_ref().map(ToString::to_string).unwrap_or_default();
    Codes { barcode: barcode(id.raw()), qr_url: format!("{}/tra-cuu/{code}", app.public_url()), dossier_code: code }
}

/// Somebody as slips name them.
pub fn party(a: &Applicant) -> Party {
    Party {
        name: a.name.clone(),
        address: a.address.clone(),
        phone: a.phone.clone(),
        email: a.email.clone(),
        identity: a.identity.clone(),
    }
}

fn submitter(people: &People) -> Option<String> {
    let name = people.proxy.as_ref().map(|p| &p.person.name);
    name.or_else(|| people.owner.as_ref().map(|_| &people.applicant.name)).cloned()
}

fn printed_limit(limit: TimeLimit) -> PrintedLimit {
    match limit {
        TimeLimit::WorkingDays(n) => PrintedLimit::WorkingDays(n),
        TimeLimit::CalendarDays(n) => PrintedLimit::Days(n),
        TimeLimit::Months(n) => PrintedLimit::Months(n),
        TimeLimit::WorkingHours(n) => PrintedLimit::WorkingHours(n),
        TimeLimit::SameDay => PrintedLimit::SameDay,
        TimeLimit::None => PrintedLimit::Unset,
    }
}
