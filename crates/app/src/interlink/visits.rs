use super::store::VisitRow;
use crate::messages::Lang;
use domain::{
    interlink::{Links, SiteVisit, VisitStage},
    time::Instant,
};

/// An appointed visit with what stands beside the chain, as pages show it (FLW-03, QN 6.4b).
#[derive(Clone, Debug)]
pub struct Appointed {
    pub number: u32,
    pub at: Instant,
    /// The applicant, or somebody for them, must be there.
    pub applicant: bool,
    pub is_open: bool,
    /// Why it was called off.
    pub reason: Option<String>,
    pub place: String,
    pub participants: Vec<String>,
    pub content: String,
}

impl Appointed {
    fn of(visit: &SiteVisit, rows: &[VisitRow]) -> Self {
        let row = rows.iter().find(|r| r.number == visit.id);
        let said = |of: fn(&VisitRow) -> &str| row.map(of).unwrap_or_default().to_owned();
        Self {
            number: visit.id,
            at: visit.at,
            applicant: visit.applicant,
            is_open: visit.is_open(),
            reason: match &visit.stage {
                VisitStage::CalledOff { reason, .. } => Some(reason.clone()),
                VisitStage::Appointed | VisitStage::Held { .. } => None,
            },
            place: said(|r| &r.place),
            participants: said(|r| &r.participants).lines().map(str::to_owned).collect(),
            content: said(|r| &r.content),
        }
    }
    /// What became of it, in words.
    pub fn standing(&self, lang: Lang) -> &'static str {
        match (self.is_open, &self.reason) {
            (true, _) => lang.t("đã hẹn"),
            (false, Some(_)) => lang.t("đã hủy"),
            (false, None) => lang.t("đã có biên bản"),
        }
    }
}

/// The appointed visits of a dossier, in order.
pub fn appointed(links: &Links, rows: &[VisitRow]) -> Vec<Appointed> {
    links.visits.iter().map(|v| Appointed::of(v, rows)).collect()
}
