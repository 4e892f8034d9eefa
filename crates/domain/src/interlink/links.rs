use super::{
    Asked, Branch, Consultation, Linked, Part, PartOpened, PartResult, Reply, SiteVisit, Stage, Travel, Verification,
    VisitStage,
};
use crate::{
    id::Id,
    people::{Agency, Centre, Officer},
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// The branches of a dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// Questions to others, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consultations: Vec<Consultation>,
    /// Verifications, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verifications: Vec<Verification>,
    /// Visits on the spot that were appointed, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<SiteVisit>,
    /// How the parts go along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub travel: Option<Travel>,
    /// The parts of other agencies, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

impl Links {
    /// The dossier has no branch.
    pub fn is_empty(&self) -> bool {
        let Self { consultations, verifications, visits, parts, travel: _ } = self;
        consultations.is_empty() && verifications.is_empty() && visits.is_empty() && parts.is_empty()
    }
    /// The consultation of this number.
    pub fn consultation(&self, id: u32) -> Option<&Consultation> {
        self.consultations.iter().find(|c| c.id == id)
    }
    /// The appointed visit of this number.
    pub fn visit(&self, id: u32) -> Option<&SiteVisit> {
        self.visits.iter().find(|v| v.id == id)
    }
    /// Visits that lie ahead, or whose minutes are not written yet.
    pub fn open_visits(&self) -> impl Iterator<Item = &SiteVisit> {
        self.visits.iter().filter(|v| v.is_open())
    }
    /// The part of this number.
    pub fn part(&self, id: u32) -> Option<&Part> {
        self.parts.iter().find(|p| p.id == id)
    }
    /// Parts whose result is not there yet.
    pub fn unfinished(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| !p.is_done())
    }
    /// One-stop units of the upper level through which parts go: they may read the dossier (ILK-03).
    pub fn one_stops(&self) -> Vec<Id<Centre>> {
        let mut all: Vec<_> = self.parts.iter().filter_map(|p| p.via).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
    /// Agencies that are asked or have a part: they may read the dossier (SEC-01).
    pub fn agencies(&self) -> Vec<Id<Agency>> {
        let asked = self.consultations.iter().flat_map(|c| &c.asked).map(|a| a.agency);
        let mut all: Vec<_> = asked.chain(self.parts.iter().filter_map(Part::agency)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The branches after one more event, by whom and when.
    pub(crate) fn take(&mut self, what: &Linked, by: Id<Officer>, at: Instant) {
        match what {
            Linked::Consulted { id, asked, content, due_at, .. } => self.consultations.push(Consultation {
                id: *id,
                content: content.clone(),
                due_at: *due_at,
                by,
                at,
                asked: asked.iter().map(|(agency, unit)| Asked { agency: *agency, unit: *unit, reply: None }).collect(),
                reported_at: None,
                redated_at: None,
                recalled_at: None,
            }),
            Linked::Replied { id, place, text, files } => {
                let consultation = self.consultations.iter_mut().find(|c| c.id == *id);
                if let Some(asked) = consultation.and_then(|c| c.asked.get_mut(*place as usize)) {
                    asked.reply = Some(Reply { text: text.clone(), files: files.clone(), by, at });
                }
            }
            Linked::Reported { id } => {
                for consultation in self.consultations.iter_mut().filter(|c| c.id == *id) {
                    consultation.reported_at = Some(at);
                }
            }
            Linked::Verified { id, visited_at, findings, conclusion, appointed, slip } => {
                self.verifications.push(Verification {
                    id: *id,
                    visited_at: *visited_at,
                    findings: findings.clone(),
                    conclusion: conclusion.clone(),
                    minutes: slip.clone(),
                    by,
                    at,
                });
                for visit in self.visits.iter_mut().filter(|v| Some(v.id) == *appointed) {
                    visit.stage = VisitStage::Held { verification: *id };
                }
            }
            Linked::VisitAppointed { id, at: begins, applicant } => self.visits.push(SiteVisit {
                id: *id,
                at: *begins,
                applicant: *applicant,
                by,
                since: at,
                stage: VisitStage::Appointed,
            }),
            Linked::VisitMoved { id, at: begins, .. } => {
                for visit in self.visits.iter_mut().filter(|v| v.id == *id) {
                    (visit.at, visit.since) = (*begins, at);
                }
            }
            Linked::VisitCalledOff { id, reason, .. } => {
                for visit in self.visits.iter_mut().filter(|v| v.id == *id) {
                    visit.stage = VisitStage::CalledOff { at, reason: reason.clone() };
                }
            }
            Linked::Opened { travel, parts, .. } => {
                self.travel = Some(*travel);
                self.parts.extend(parts.iter().map(part));
                self.set_out(at);
            }
            Linked::PassedOn { id } => {
                for part in self.parts.iter_mut().filter(|p| p.id == *id) {
                    part.stage = Stage::Open { since: at, officer: None };
                }
            }
            Linked::Given { id, officer } => {
                for part in self.parts.iter_mut().filter(|p| p.id == *id) {
                    if let Stage::Open { officer: holder, .. } = &mut part.stage {
                        *holder = Some(*officer);
                    }
                }
            }
            Linked::Recalled { what: Branch::Consultation, id, .. } => {
                for consultation in self.consultations.iter_mut().filter(|c| c.id == *id) {
                    consultation.recalled_at = Some(at);
                }
            }
            Linked::Recalled { what: Branch::Part, id, .. } => {
                for part in self.parts.iter_mut().filter(|p| p.id == *id) {
                    part.stage = Stage::Recalled { at };
                }
                self.set_out(at);
            }
            Linked::Redated { what: Branch::Consultation, id, due_at, .. } => {
                for consultation in self.consultations.iter_mut().filter(|c| c.id == *id) {
                    // What was told of the old date says nothing of the new one.
                    (consultation.due_at, consultation.reported_at) = (*due_at, None);
                    consultation.redated_at = Some(at);
                }
            }
            Linked::Redated { what: Branch::Part, id, due_at, .. } => {
                for part in self.parts.iter_mut().filter(|p| p.id == *id) {
                    part.due_at = *due_at;
                    part.redated_at = Some(at);
                }
            }
            Linked::Finished { id, result, .. } => {
                for part in self.parts.iter_mut().filter(|p| p.id == *id) {
                    part.stage = Stage::Done(PartResult { by, at, ..result.clone() });
                }
                self.set_out(at);
            }
        }
    }

    /// Whatever has all it needs sets out.
    fn set_out(&mut self, at: Instant) {
        let done: Vec<u32> = self.parts.iter().filter(|p| p.is_done()).map(|p| p.id).collect();
        for part in &mut self.parts {
            if part.stage == Stage::Waiting && part.needs.iter().all(|n| done.contains(n)) {
                part.stage = match part.via {
                    Some(_) => Stage::AtOneStop { since: at },
                    None => Stage::Open { since: at, officer: None },
                };
            }
        }
    }
}

fn part(p: &PartOpened) -> Part {
    Part {
        id: p.id,
        body: p.body.clone(),
        unit: p.unit,
        work: p.work.clone(),
        due_at: p.due_at,
        needs: p.needs.clone(),
        via: p.via,
        redated_at: None,
        stage: Stage::Waiting,
    }
}
