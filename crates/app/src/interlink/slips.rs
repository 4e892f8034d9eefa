//! The papers that travel with branches: letter of consultation, minutes of verification, transfer slip. Each is frozen
//! complete when it is issued.

use crate::{
    app::App,
    dossier::{Done, slips::codes_of},
    error::AppError,
    reference::Reference,
};
use documents::{
    Consultation, Contact, Form, FormSet, Leg, Letterhead, Participant, Signer, Transfer, Travel as Printed,
    Verification,
};
use domain::{
    accounts::{Role, Who},
    dossier::{People, SlipRef},
    interlink::{Body, Branch, Link, Linked, Part, Stage, Travel, Visit, at_centre},
    time::{Instant, day_text},
};

/// Everything these papers print.
pub struct Writer<'a> {
    pub app: &'a App,
    pub reference: &'a Reference,
    pub who: &'a Who,
    pub done: &'a Done,
    /// Whose dossier it is.
    pub owner: String,
}

/// Whose dossier it is; nobody once the people were erased.
pub fn owner(people: Option<&People>) -> String {
    people.map(|p| p.owner.as_ref().unwrap_or(&p.applicant).name.clone()).unwrap_or_default()
}

impl Writer<'_> {
    /// The data of the slip, complete: reprints never ask again.
    pub fn freeze(&self, slip: &SlipRef, link: &Link, what: &Linked) -> Result<Form, AppError> {
        Ok(match (link, what) {
            (Link::Consult { content, due_at, .. }, Linked::Consulted { asked, .. }) => {
                let asked = asked.iter().map(|(agency, unit)| self.place(*agency, *unit)).collect();
                Form::Consultation(Box::new(self.consultation(slip, asked, content, *due_at)))
            }
            (Link::Verify { visit, findings, conclusion, .. }, _) => {
                Form::Verification(Box::new(self.verification(slip, visit.as_ref(), findings, conclusion.as_ref())))
            }
            (Link::Open { .. } | Link::Finish { .. }, _) => Form::Transfer(Box::new(self.transfer(slip))),
            (_, Linked::Recalled { what, id, reason, .. }) => {
                let said = format!("Thu hồi, không phải thực hiện nữa. Lý do: {reason}");
                self.changed(slip, *what, *id, said)
            }
            (_, Linked::Redated { what, id, from, due_at, reason, .. }) => {
                let (from, to) = (day_text(from.day()), day_text(due_at.day()));
                self.changed(slip, *what, *id, format!("Đổi thời hạn từ ngày {from} sang ngày {to}. Lý do: {reason}"))
            }
            _ => return Err(AppError::Internal(format!("no slip for {}", what.key()))),
        })
    }

    fn consultation(&self, slip: &SlipRef, asked: Vec<String>, content: &str, due_at: Instant) -> Consultation {
        let d = &self.done.state;
        let officer = self.reference.officer(self.who.officer);
        Consultation {
            form_set: self.form_set(),
            letterhead: self.letterhead(),
            number: Some(slip.number.clone()),
            codes: codes_of(self.app, self.done.id, d),
            asked,
            lead: self.reference.agency_name(d.intake.agency).to_owned(),
            owner: self.owner.clone(),
            request: self.done.governing.procedure.name.clone(),
            received_at: d.accepted_at.unwrap_or_else(|| self.app.now()).local(),
            due_at: d.due_at.map(Instant::local),
            content: paragraphs(content),
            answer_by: due_at.local(),
            enclosed: Vec::new(),
            contact: Contact {
                name: officer.map(|o| o.name.clone()).unwrap_or_default(),
                phone: self.app.profile.contact.hotline.clone().unwrap_or_default(),
            },
            recipients: vec!["Như trên".into(), format!("{} (theo dõi)", self.centre())],
            signer: Signer { standing: None, title: self.title().to_owned(), name: self.officer() },
        }
    }

    fn verification(
        &self,
        slip: &SlipRef,
        visit: Option<&Visit>,
        findings: &str,
        conclusion: Option<&String>,
    ) -> Verification {
        let d = &self.done.state;
        Verification {
            form_set: self.form_set(),
            letterhead: self.letterhead(),
            number: Some(slip.number.clone()),
            codes: codes_of(self.app, self.done.id, d),
            owner: self.owner.clone(),
            request: self.done.governing.procedure.name.clone(),
            site_visit: visit.is_some(),
            began_at: visit.map_or_else(|| self.app.now(), |v| v.at).local(),
            ended_at: None,
            place: visit.map_or_else(|| self.reference.agency_name(self.who.agency).to_owned(), |v| v.place.clone()),
            participants: visit
                .map(|v| v.participants.iter().filter_map(|p| participant(p)).collect())
                .unwrap_or_default(),
            content: visit.map_or_else(|| "Xác minh hồ sơ".to_owned(), |v| v.content.clone()),
            findings: paragraphs(findings),
            opinions: None,
            conclusion: conclusion.cloned(),
            officer: self.officer(),
        }
    }

    /// What was asked is taken back or gets another date: those who were asked get it on paper as they got the request.
    fn changed(&self, slip: &SlipRef, what: Branch, id: u32, said: String) -> Form {
        let links = &self.done.state.links;
        match links.consultation(id).filter(|_| what == Branch::Consultation) {
            Some(c) => {
                let waited = c.asked.iter().filter(|a| a.reply.is_none());
                let asked = waited.map(|a| self.place(a.agency, a.unit)).collect();
                let content = format!("Về nội dung đã lấy ý kiến: {}\n{said}", c.content);
                Form::Consultation(Box::new(self.consultation(slip, asked, &content, c.due_at)))
            }
            None => {
                let part = links.part(id);
                let to = part.map(|p| self.body(p)).unwrap_or_default();
                let note = Some(part.map_or_else(|| said.clone(), |p| format!("Phần việc \"{}\": {said}", p.work)));
                Form::Transfer(Box::new(Transfer { to, note, ..self.transfer(slip) }))
            }
        }
    }

    /// Who gives and who receives follow from where the parts stand after the event.
    fn transfer(&self, slip: &SlipRef) -> Transfer {
        let d = &self.done.state;
        let links = &d.links;
        let lead = self.reference.agency_name(d.intake.agency).to_owned();
        let open: Vec<String> = links.parts.iter().filter_map(|p| self.receiver(p)).collect();
        let to = if open.is_empty() { lead.clone() } else { open.join("; ") };
        let first = Leg {
            agency: lead,
            lead: true,
            work: "Chủ trì, tổng hợp kết quả".into(),
            due_at: d.due_at.map(Instant::local),
        };
        let legs = links.parts.iter().map(|p| Leg {
            agency: self.body(p),
            lead: false,
            work: p.work.clone(),
            due_at: Some(p.due_at.local()),
        });
        Transfer {
            form_set: self.form_set(),
            letterhead: self.letterhead(),
            number: Some(slip.number.clone()),
            codes: codes_of(self.app, self.done.id, d),
            owner: self.owner.clone(),
            request: self.done.governing.procedure.name.clone(),
            received_at: d.accepted_at.unwrap_or_else(|| self.app.now()).local(),
            due_at: d.due_at.map(Instant::local),
            travel: if links.travel == Some(Travel::Paper) { Printed::Serial } else { Printed::Parallel },
            from: self.reference.agency_name(self.who.agency).to_owned(),
            to,
            legs: std::iter::once(first).chain(legs).collect(),
            enclosed: Vec::new(),
            note: None,
            passed_at: Some(self.app.now().local()),
            giver: Some(self.officer()),
            receiver: None,
        }
    }

    /// Who has a part next: its agency, or the one-stop unit at which it lies first (ILK-03, ILK-04).
    fn receiver(&self, part: &Part) -> Option<String> {
        let body = self.body(part);
        match (&part.stage, part.via.and_then(|via| self.reference.centre(via))) {
            (Stage::Open { .. }, _) => Some(body),
            (Stage::AtOneStop { .. }, Some(desk)) if at_centre(&self.done.state, part) => {
                Some(format!("{body} (công chức của cơ quan tại {})", desk.name))
            }
            (Stage::AtOneStop { .. }, Some(unit)) => Some(format!("{} (chuyển {body})", unit.name)),
            _ => None,
        }
    }

    fn form_set(&self) -> FormSet {
        match self.app.profile.forms.set {
            domain::profile::FormSet::Tt01Of2018 => FormSet::Tt01Of2018,
            domain::profile::FormSet::Tt03Of2025 => FormSet::Tt03Of2025,
        }
    }
    fn letterhead(&self) -> Letterhead {
        Letterhead {
            parent: None,
            unit: self.reference.agency_name(self.who.agency).to_owned(),
            place: self.app.profile.province.place.clone(),
            day: self.app.now().day(),
        }
    }
    fn place(
        &self,
        agency: domain::id::Id<domain::people::Agency>,
        unit: Option<domain::id::Id<domain::people::Unit>>,
    ) -> String {
        let agency = self.reference.agency_name(agency).to_owned();
        match unit.and_then(|u| self.reference.unit(u)) {
            Some(unit) => format!("{}, {agency}", unit.name),
            None => agency,
        }
    }
    fn body(&self, part: &Part) -> String {
        match &part.body {
            Body::Agency(agency) => self.place(*agency, part.unit),
            Body::Outside(name) => name.clone(),
        }
    }
    fn centre(&self) -> String {
        self.reference.centre(self.done.state.intake.centre).map(|c| c.name.clone()).unwrap_or_default()
    }
    fn officer(&self) -> String {
        self.reference.officer_name(self.who.officer).to_owned()
    }
    fn title(&self) -> &'static str {
        self.who.roles.first().map_or("", |role: &Role| role.vi())
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

/// `Nguyễn Văn An, chủ hồ sơ`.
fn participant(line: &str) -> Option<Participant> {
    let line = line.trim();
    let (name, capacity) = line.split_once(',').unwrap_or((line, ""));
    (!line.is_empty()).then(|| Participant { name: name.trim().to_owned(), capacity: capacity.trim().to_owned() })
}
