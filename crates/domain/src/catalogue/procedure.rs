//! A procedure and its versions (CAT-01 … CAT-05).

use super::process::working_minutes;
use super::{Channel, FeeLine, ProcedureCode, Publication, PublicationKind, SubmissionWay, Variant};
use crate::deadline::TimeLimit;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A procedure through time: a dossier stays bound to the version under which it was received (CAT-02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// National code.
    pub code: ProcedureCode,
    /// Versions, in any order.
    pub versions: Vec<ProcedureVersion>,
}

impl Procedure {
    /// The version in force on `day`: the last to take effect, unless that one abolished the procedure.
    pub fn in_force_on(&self, day: Date) -> Option<&ProcedureVersion> {
        let begun = self.versions.iter().filter(|v| v.publication.effective_from.is_none_or(|from| from <= day));
        begun.max_by_key(|v| v.publication.effective_from).filter(|v| v.publication.kind != PublicationKind::Abolished)
    }
}

/// A procedure as one publishing decision states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureVersion {
    /// National code.
    pub code: ProcedureCode,
    /// Name.
    pub name: String,
    /// Field (lĩnh vực).
    pub field: Field,
    /// Levels that handle it; several at once occur.
    pub levels: Vec<ProcedureLevel>,
    /// Departments that handle it, as the catalogue names them.
    pub executing: Vec<Department>,
    /// Departments that take part.
    pub participating: Vec<Department>,
    /// Who may apply.
    pub applicants: Vec<String>,
    /// The steps as published.
    pub steps: Vec<StepText>,
    /// Ways to submit.
    pub ways: Vec<SubmissionWay>,
    /// Cases with their components; never empty.
    pub variants: Vec<Variant>,
    /// Number of sets to submit.
    pub sets: u32,
    /// Requirements and conditions; empty when there are none.
    pub conditions: String,
    /// Legal bases.
    pub legal_bases: Vec<LegalBasis>,
    /// What the applicant gets.
    pub results: Vec<ResultPaper>,
    /// How far it can be done online (CAT-03).
    pub online_level: OnlineLevel,
    /// Special treatment (CAT-05).
    pub flags: Flags,
    /// The decision behind this version.
    pub publication: Publication,
}

impl ProcedureVersion {
    /// The case with this id; the only case when `id` is empty and there is one.
    pub fn variant(&self, id: &str) -> Option<&Variant> {
        match self.variants.as_slice() {
            [only] if id.is_empty() => Some(only),
            all => all.iter().find(|v| v.id == id),
        }
    }

    /// The statutory limit of a case on a channel: the way's own for that case, else the case's, else the way's for all,
    /// else the longest published one. Where the catalogue gives several without saying for which case, the longest holds:
    /// a promise on a receipt must be one that the law lets everybody keep.
    pub fn limit_for(&self, channel: Channel, variant: &str) -> TimeLimit {
        let way = self.way_for(channel, variant);
        if let Some(way) = way.filter(|w| w.variant.is_some()) {
            return way.limit;
        }
        let of_case = self.variant(variant).and_then(|v| v.limit);
        of_case
            .or_else(|| way.map(|w| w.limit))
            .or_else(|| longest(self.ways.iter()).map(|w| w.limit))
            .unwrap_or(TimeLimit::None)
    }

    /// The fees of a case on a channel that are collected on this day (FEE-01): what begins later is not asked for yet, and
    /// of the same fee only the line that began last holds.
    pub fn fees_for(&self, channel: Channel, variant: &str, day: Date) -> Vec<&FeeLine> {
        let all = self.way_for(channel, variant).map_or(&[][..], |w| &w.fees);
        let has_begun = |line: &FeeLine| line.effective_from.is_none_or(|first| first <= day);
        let replaces = |new: &FeeLine, old: &FeeLine| {
            (new.kind, &new.text) == (old.kind, &old.text) && new.effective_from > old.effective_from
        };
        let begun = all.iter().filter(|line| has_begun(line));
        begun.clone().filter(|old| !begun.clone().any(|new| replaces(new, old))).collect()
    }

    fn way_for(&self, channel: Channel, variant: &str) -> Option<&SubmissionWay> {
        let on_channel = || self.ways.iter().filter(move |w| w.channel == channel.published_as());
        on_channel()
            .find(|w| w.variant.as_deref() == Some(variant))
            .or_else(|| longest(on_channel().filter(|w| w.variant.is_none())))
            .or_else(|| longest(on_channel()))
    }
}

/// No limit at all counts as the longest.
fn longest<'a>(ways: impl Iterator<Item = &'a SubmissionWay>) -> Option<&'a SubmissionWay> {
    ways.max_by_key(|w| working_minutes(w.limit).unwrap_or(u32::MAX))
}

/// A field of procedures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Field {
    /// National code of the field, "G15-TP07"; empty when the source has none.
    pub code: String,
    /// Name, "Hộ tịch".
    pub name: String,
}

/// A department as the catalogue names it; [`super::competence`] finds the profile's agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Code in the source; empty for groups of units.
    pub code: String,
    /// Name in the source.
    pub name: String,
}

/// A level of handling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureLevel {
    /// Cấp bộ.
    Ministry,
    /// Cấp tỉnh.
    Province,
    /// Cấp xã.
    Commune,
    /// Cơ quan khác, ngành dọc.
    Other,
}

/// One published step (trình tự thực hiện).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepText {
    /// Title; may be empty.
    pub title: String,
    /// Text; may be empty.
    pub text: String,
}

/// A legal basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// Number, "118/2025/NĐ-CP".
    pub number: String,
    /// Title.
    pub name: String,
}

/// A paper that the applicant gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultPaper {
    /// Code in the source; may be empty.
    pub code: String,
    /// Name.
    pub name: String,
}

/// How far a procedure can be done online (CAT-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnlineLevel {
    /// Chỉ cung cấp thông tin.
    Information,
    /// Một phần.
    Partial,
    /// Toàn trình.
    Full,
}

/// Special treatment of a procedure (CAT-05). A plain import sets what the source says; the centre sets the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own in CAT-05")]
pub struct Flags {
    /// Decided on the day of receipt.
    pub same_day: bool,
    /// Four steps at the Centre.
    pub on_the_spot: bool,
    /// Decision by which approval is delegated; absent when it is not.
    pub delegated_by: Option<String>,
    /// Intake transferred to the post.
    pub post_intake: bool,
    /// The agency's second seal is used.
    pub second_seal: bool,
    /// The agency may return the result itself as agreed with the Centre (seed 000, Điều 16.1đ).
    pub returned_by_agency: bool,
    /// May be submitted at any centre of the province (phi địa giới).
    pub anywhere: bool,
    /// Working days from acceptance within which the sector's law lets a supplement be asked, where it sets another time than
    /// the province's regulation (seed 000, Điều 16.1e; CLK-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplement_window_working_days: Option<u32>,
    /// Where it is handled, when not here.
    pub handled_elsewhere: Option<String>,
}
