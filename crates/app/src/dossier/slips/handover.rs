//! The receipt for what leaves the Centre: a result, or the papers of a refused dossier (RES-02, CLK-10).

use super::Writer;
use documents::{Channel as HandoverChannel, Handover, PapersShown, Receiver, ReturnedResult};
use domain::{
    dossier::{Decision, People, ResultBy, SlipRef, Status},
    time::Instant,
};

/// Who carries what goes by the post.
pub const CARRIER: &str = "Bưu chính công ích";

impl Writer<'_> {
    pub(super) fn handover(&self, slip: &SlipRef, people: &People, h: &domain::dossier::Handover) -> Handover {
        let d = self.dossier;
        Handover {
            form_set: self.form_set(),
            letterhead: if self.agency_returns() { self.agency_letterhead() } else { self.letterhead() },
            number: Some(slip.number.clone()),
            codes: self.codes(),
            centre: if self.agency_returns() { self.agency_name() } else { self.centre_name() },
            owner: people.owner.as_ref().unwrap_or(&people.applicant).name.clone(),
            request: self.request(),
            due_at: d.due_at.map(Instant::local),
            returned_at: self.now.local(),
            officer: self.officer(),
            receiver: Receiver {
                name: h.receiver(people).to_owned(),
                identity: h.identity.clone(),
                phone: None,
                capacity: capacity(people, h).to_owned(),
            },
            papers_shown: PapersShown {
                receipt: d.receipt.is_some() && h.how == ResultBy::Counter && h.without_slip.is_none(),
                without_receipt: h.without_slip.clone().filter(|why| !why.trim().is_empty()),
                identity: h.identity.is_some(),
                authorisation: h.authorisation.clone(),
            },
            channel: self.handover_channel(people, h),
            signature: h.signature.as_ref().filter(|_| h.how == ResultBy::Counter).map(|s| s.strokes().to_vec()),
            results: self.handed_over().into_iter().collect(),
        }
    }

    /// What the receiver gets: the result; of a refused dossier the slip, which was entered under results, with the papers.
    fn handed_over(&self) -> Option<ReturnedResult> {
        let d = self.dossier;
        if let (Status::Refused { at, .. }, Some(slip)) = (&d.status, &d.refusal) {
            return Some(ReturnedResult {
                kind: "Phiếu từ chối giải quyết, kèm hồ sơ gốc đã nộp".into(),
                number: Some(slip.number.clone()),
                day: Some(at.day()),
                copies: 1,
                summary: self.request(),
            });
        }
        d.result.as_ref().map(|r| ReturnedResult {
            kind: self.result_name(),
            number: Some(r.number.clone()),
            day: Some(r.date),
            copies: u32::from(r.files.is_empty()),
            summary: self.request(),
        })
    }

    fn handover_channel(&self, people: &People, h: &domain::dossier::Handover) -> HandoverChannel {
        if h.how == ResultBy::Online {
            return HandoverChannel::Online;
        }
        if h.how == ResultBy::Counter {
            let counter = self.reference.officer(self.who.officer).and_then(|o| o.counter);
            let counter = counter.and_then(|c| self.reference.counters.iter().find(|k| k.id == c));
            let counter = counter.map_or_else(|| "Quầy trả kết quả".to_owned(), |c| format!("Quầy số {}", c.number));
            return HandoverChannel::Counter { counter };
        }
        HandoverChannel::Post {
            carrier: CARRIER.into(),
            tracking_number: h.tracking.clone().unwrap_or_default(),
            address: people.applicant.address.clone().unwrap_or_default(),
        }
    }

    fn result_title(&self) -> String {
        if matches!(self.dossier.status, Status::Returned { decision: Decision::Decline, .. }) {
            return "Văn bản không chấp thuận".into();
        }
        self.governing.procedure.results.first().map_or_else(|| "Kết quả giải quyết".into(), |r| r.name.clone())
    }

    /// What is handed over; on the spot with the agency's second seal (DN 16.3), and by whose decision it was signed for the
    /// leader (DN 16.1c).
    fn result_name(&self) -> String {
        let seal = self.governing.procedure.flags.second_seal && self.app.profile.on_the_spot.second_seal;
        let seal = if seal { ", đóng con dấu thứ hai" } else { "" };
        let delegated = self.dossier.delegated.as_ref();
        let delegated = delegated.map(|by| format!(", phê duyệt theo ủy quyền ({by})")).unwrap_or_default();
        format!("{}{seal}{delegated}", self.result_title())
    }
}

fn capacity(people: &People, h: &domain::dossier::Handover) -> &'static str {
    let name = h.receiver(people);
    if people.owner.as_ref().is_some_and(|o| o.name == name) {
        return "Chủ hồ sơ";
    }
    if people.proxy.as_ref().is_some_and(|p| p.person.name == name) || !h.is_on(people) {
        return "Người được ủy quyền";
    }
    "Người nộp hồ sơ"
}
