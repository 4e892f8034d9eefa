//! Whom a deadline calls: everybody whose work or answer it is, and nobody else.

use super::DueKind;
use crate::{
    dossier::{Dossier, Holder},
    interlink::{Stage, at_centre},
    profile::{Profile, ReportedTo},
};

/// As what somebody is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Called {
    /// The officer who has it in person.
    Holder,
    /// The heads of an agency.
    Agency,
    /// A centre.
    Centre,
    /// The province's leaders, where the profile reports to them (CLK-08).
    Province,
    /// Those who watch over procedures in the Office of the People's Committee, where the profile reports to it (VL 8.6).
    Office,
}

impl Called {
    /// The key used by the data base.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Agency => "agency",
            Self::Centre => "centre",
            Self::Province => "province",
            Self::Office => "office",
        }
    }
}

impl DueKind {
    /// Whom it calls, each by its id (0 where there is only one); `nth` tells several of a kind apart.
    pub fn calls(self, d: &Dossier, nth: u32, profile: &Profile) -> Vec<(Called, i64)> {
        let holder = d.holder.as_ref();
        let officer = || holder.and_then(|h| h.officer).map(|o| (Called::Holder, o.raw()));
        let (agency, centre) = ((Called::Agency, d.intake.agency.raw()), (Called::Centre, d.intake.centre.raw()));
        // What lies with an agency in the Centre's stead is its own to hear about.
        let desk = match holder {
            Some(h) if h.centre.is_none() => agency,
            _ => centre,
        };
        let all = match self {
            Self::GuidanceExpiry | Self::SupplementExpiry | Self::SuspensionEnd => Vec::new(),
            Self::SupplementWindow => officer().into_iter().collect(),
            // A step of another agency, or of a desk of the Centre, is theirs to hurry, not the competent agency's.
            Self::StepDue | Self::StepNear => officer().into_iter().chain(holder.map(who_answers)).collect(),
            Self::NearDue | Self::AgencyNear | Self::ApologyDraft | Self::VisitMinutes => {
                officer().into_iter().chain([agency]).collect()
            }
            Self::AgencyDue | Self::Due | Self::IssueDue => officer().into_iter().chain([agency, centre]).collect(),
            Self::ConsultationDue => officer().into_iter().chain([agency]).chain(self.asked(d, nth)).collect(),
            Self::PartDue => officer().into_iter().chain([agency, centre]).chain(self.asked(d, nth)).collect(),
            Self::ConsultationNear | Self::PartNear => self.asked(d, nth),
            Self::Urged => officer().into_iter().chain(holder.map(who_answers)).chain([agency]).collect(),
            Self::OverdueReport => profile.overdue.reported_to.iter().map(|to| reported(*to, d)).collect(),
            Self::IntakeCheck if desk == agency => vec![agency, centre],
            Self::EarlyResult | Self::Unclaimed => vec![desk],
            Self::ConsultationReported
            | Self::UrgingUnanswered
            | Self::LateEntry
            | Self::IntakeCheck
            | Self::SupplementSlip
            | Self::DateToAdjust
            | Self::Explained
            | Self::PaymentWait => vec![centre],
        };
        without_repeats(all)
    }

    /// The agencies that were asked and have not answered, or the one that has the part: its heads, and its officer when one
    /// has it in person (CLK-07).
    fn asked(self, d: &Dossier, nth: u32) -> Vec<(Called, i64)> {
        if matches!(self, Self::PartDue | Self::PartNear) {
            let Some(part) = d.links.part(nth) else { return Vec::new() };
            if let (Stage::AtOneStop { .. }, Some(via)) = (&part.stage, part.via) {
                // ILK-04: at the Centre it waits for the agency's own officer there, who hears with the head.
                let own = part.agency().filter(|_| at_centre(d, part)).map(|a| (Called::Agency, a.raw()));
                return std::iter::once((Called::Centre, via.raw())).chain(own).collect();
            }
            let officer = match part.stage {
                Stage::Open { officer, .. } => officer.map(|o| (Called::Holder, o.raw())),
                _ => None,
            };
            return officer.into_iter().chain(part.agency().map(|a| (Called::Agency, a.raw()))).collect();
        }
        let asked = d.links.consultation(nth).into_iter().flat_map(|c| &c.asked);
        asked.filter(|a| a.reply.is_none()).map(|a| (Called::Agency, a.agency.raw())).collect()
    }
}

/// Who answers for the step: the centre at whose desk it lies, or the heads of the agency that has it.
fn who_answers(h: &Holder) -> (Called, i64) {
    h.centre.map_or((Called::Agency, h.agency.raw()), |centre| (Called::Centre, centre.raw()))
}

/// CLK-08: the Chairman (DN 13.3b), the Office with proposals (VL 8.6), the head of the late agency (HUE II.3).
fn reported(to: ReportedTo, d: &Dossier) -> (Called, i64) {
    match to {
        ReportedTo::Chairman => (Called::Province, 0),
        ReportedTo::Office => (Called::Office, 0),
        ReportedTo::AgencyHead => (Called::Agency, d.intake.agency.raw()),
    }
}

fn without_repeats(all: Vec<(Called, i64)>) -> Vec<(Called, i64)> {
    let mut once = Vec::with_capacity(all.len());
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}
