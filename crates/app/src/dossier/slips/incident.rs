//! Slips beside the straight way: form 02, form 04, the notice of stopping.

use super::Writer;
use crate::people::store::Agency;
use documents::{
    Apology, Approval, Contact, Explanation, Extension, Letterhead, Party, Signer, Stage, Stop, StopRequest,
    SupplementItem, SupplementRequest,
};
use domain::{
    accounts::Role,
    dossier::{People, Proposal, RequestItem, SlipRef, Status},
    profile::SupplementRoute,
    time::Instant,
};

impl Writer<'_> {
    pub(super) fn supplement_request(
        &self,
        slip: &SlipRef,
        people: &People,
        items: &[RequestItem],
        reason: Option<&str>,
        until: Instant,
    ) -> SupplementRequest {
        let guidance = matches!(self.dossier.status, Status::GuidanceRequested { .. });
        SupplementRequest {
            form_set: self.form_set(),
            letterhead: if guidance { self.letterhead() } else { self.agency_letterhead() },
            number: Some(slip.number.clone()),
            codes: self.dossier.code.as_ref().map(|_| self.codes()),
            stage: if guidance { Stage::Guidance } else { Stage::Supplement },
            guide: if guidance { self.centre_name() } else { self.agency_name() },
            owner: self.owner(people),
            request: self.request(),
            items: items.iter().map(|item| self.item(item)).collect(),
            reason: reason.map(str::to_owned),
            answer: documents::Answer {
                until: Some(until.local()),
                place: format!("{}, qua bưu chính công ích hoặc trực tuyến", self.centre_name()),
            },
            contact: self.contact(),
            approval: self.approval(),
            recipients: if guidance { Vec::new() } else { self.told_of_the_request(people) },
            officer: self.proposer(),
        }
    }

    fn item(&self, item: &RequestItem) -> SupplementItem {
        let procedure = &self.governing.procedure;
        let variant = procedure.variant(self.dossier.intake.variant.as_deref().unwrap_or_default());
        let name = |id: &str| variant.and_then(|v| v.component(id)).map(|c| c.name.clone());
        SupplementItem {
            component: item.component.as_deref().and_then(name).unwrap_or_else(|| "Nội dung đề nghị".into()),
            problem: item.problem.words().0.to_owned(),
            note: Some(item.note.trim().to_owned()).filter(|n| !n.is_empty()),
        }
    }

    /// What had been proposed and is now confirmed.
    fn proposed(&self) -> Option<&Proposal> {
        self.before.and_then(|d| d.proposal.as_ref())
    }

    /// Who allowed it, where the Centre's deputy director (DN 9.2i) or the agency's leader did.
    fn approval(&self) -> Option<Approval> {
        self.proposed()
            .map(|_| Approval { by: format!("{} {}", self.title(), self.officer()), approved_at: self.now.local() })
    }

    /// The officer who asks: the one who proposed, when another one confirmed.
    fn proposer(&self) -> String {
        self.proposed().map_or_else(|| self.officer(), |p| self.reference.officer_name(p.by).to_owned())
    }

    pub(super) fn apology(&self, slip: &SlipRef, people: &People, reason: &str, from: Instant, to: Instant) -> Apology {
        let by_centre = self.app.profile.apology.written_by == domain::profile::ApologyWriter::Centre;
        let d = self.dossier;
        Apology {
            form_set: self.form_set(),
            letterhead: if by_centre { self.letterhead() } else { self.agency_letterhead() },
            number: Some(slip.number.clone()),
            codes: self.codes(),
            owner: self.owner(people),
            centre: self.centre_name(),
            agency: self.agency_name(),
            request: self.request(),
            received_at: d.accepted_at.unwrap_or(self.now).local(),
            due_at: from.local(),
            overdue: self.now > from,
            reason: reason.to_owned(),
            new_due_at: to.local(),
            extension: Extension {
                ordinal: u32::try_from(d.apologies.len()).unwrap_or(1),
                allowed: self.app.profile.apology.max_reappointments,
            },
            explanation: self.before.and_then(|d| d.explanation.as_ref()).map(|e| Explanation {
                agency: self.agency_name(),
                number: None,
                day: e.at.day(),
            }),
            contact: self.contact(),
            recipients: self.recipients(people),
            signer: if by_centre { self.signs() } else { self.agency_signer() },
        }
    }

    pub(super) fn stop(&self, slip: &SlipRef, people: &People, reason: &str, withdrawn: bool) -> Stop {
        let d = self.dossier;
        let paid: i64 = d.fees.iter().filter(|f| f.paid_at.is_some()).map(|f| f.amount).sum();
        Stop {
            form_set: self.form_set(),
            letterhead: if withdrawn { self.letterhead() } else { self.agency_letterhead() },
            number: Some(slip.number.clone()),
            codes: self.codes(),
            owner: self.owner(people),
            request: self.request(),
            received_at: d.accepted_at.map(Instant::local),
            due_at: d.due_at.map(Instant::local),
            request_to_stop: withdrawn.then(|| StopRequest { by: people.applicant.name.clone(), day: self.now.day() }),
            reached: self.before.map_or("Chưa tiếp nhận", |d| d.status.words().0).to_owned(),
            stopped_at: self.now.local(),
            reasons: reason.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect(),
            money: (paid > 0)
                .then(|| format!("Phí, lệ phí đã nộp: {}", documents::money(u64::try_from(paid).unwrap_or(0)))),
            papers: Some(format!("Trả lại giấy tờ đã nộp tại {}", self.centre_name())),
            contact: self.contact(),
            recipients: self.recipients(people),
            signer: if withdrawn { self.signs() } else { self.agency_signer() },
        }
    }

    #[expect(clippy::unused_self, reason = "reads beside the other parts of a letter")]
    pub(super) fn owner(&self, people: &People) -> Party {
        super::party(people.owner.as_ref().unwrap_or(&people.applicant))
    }

    fn agency(&self) -> Option<&Agency> {
        self.reference.agency(self.dossier.intake.agency)
    }

    pub(super) fn agency_name(&self) -> String {
        self.agency().map(|a| a.name.clone()).unwrap_or_default()
    }

    /// The head of a paper that the competent agency issues: its committee stands above it.
    pub(super) fn agency_letterhead(&self) -> Letterhead {
        let committee = self.reference.agency_by_identifier(&self.app.profile.province.identifier);
        let parent = committee.map(|c| c.name.clone()).filter(|name| *name != self.agency_name());
        Letterhead { parent, unit: self.agency_name(), ..self.letterhead() }
    }

    /// Who signs the agency's papers: the leader who said so (CLK-05), else the one who is there; where there are several, nobody
    /// is named who may never have seen it, and the blank is signed by hand.
    fn agency_signer(&self) -> Signer {
        let title = "Thủ trưởng cơ quan".into();
        let confirmed = self.before.and_then(|d| d.proposal.as_ref().and(d.holder.as_ref()));
        if confirmed.is_some_and(|h| h.centre.is_none()) {
            return Signer { standing: None, title, name: self.officer() };
        }
        let leads = |o: &&crate::people::store::OfficerName| {
            o.active && o.who.agency == self.dossier.intake.agency && o.who.is(Role::AgencyLeader)
        };
        let mut there = self.reference.officers().filter(leads).filter(|o| !self.reference.is_away(o.id, self.now));
        let only = there.next().filter(|_| there.next().is_none());
        Signer { standing: None, title, name: only.map(|o| o.name.clone()).unwrap_or_default() }
    }

    fn signs(&self) -> Signer {
        Signer { standing: None, title: self.title().into(), name: self.officer() }
    }

    /// The highest post of the officer who acts, as papers name it.
    fn title(&self) -> &'static str {
        let high = [Role::CentreDirector, Role::CentreDeputy, Role::Supervisor, Role::AgencyLeader];
        let role = high.into_iter().find(|r| self.who.is(*r)).or_else(|| self.who.roles.first().copied());
        role.map_or("Cán bộ", Role::vi)
    }

    fn contact(&self) -> Contact {
        let centre = self.reference.centre(self.dossier.intake.centre);
        let phone = centre.map(|c| c.phone.clone()).filter(|p| !p.is_empty());
        Contact {
            name: self.proposer(),
            phone: phone.or_else(|| self.app.profile.contact.hotline.clone()).unwrap_or_default(),
        }
    }

    /// Nơi nhận of form 02: through the Centre (VL 4.3d), with a copy to it (QN 6.4c), or to the applicant alone.
    fn told_of_the_request(&self, people: &People) -> Vec<String> {
        let owner = self.owner(people).name;
        match self.app.profile.supplement.route {
            SupplementRoute::Agency => vec![owner],
            SupplementRoute::CopyToCentre => vec![owner, self.centre_name()],
            SupplementRoute::ThroughCentre => vec![format!("{} (để trả cho người nộp)", self.centre_name()), owner],
        }
    }

    /// Nơi nhận: the applicant, the Centre, the file.
    fn recipients(&self, people: &People) -> Vec<String> {
        vec![self.owner(people).name, self.centre_name()]
    }
}
