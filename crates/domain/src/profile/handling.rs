//! Approvals, procedures decided on the spot, consultation.

use serde::Deserialize;

/// Whose approval a decision needs, and what must be attached (CLK-06, FLW-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Who approves a suspension (seed 000, Điều 9.2i).
    pub suspension_by: Approver,
    /// Who approves a supplement request (seed 000, Điều 9.2i).
    pub supplement_by: Approver,
    /// Who approves a refusal after acceptance (seed 000, Điều 9.2i).
    pub no_resolution_by: Approver,
    /// Who approves a timely apology with its new date; a late one always needs the Centre (seed 001, Điều 4.3e; seed 002, Điều
    /// 6.3: the agency's own written apology, which form 04 has its head sign).
    #[serde(default = "agency")]
    pub apology_by: Approver,
    /// Whether only dossiers taken in through the Centre may be approved (seed 000, Điều 16.1c).
    pub intake_through_centre: bool,
    /// Whether form 01 must be attached (seed 002, Điều 6.2).
    pub form01: bool,
}

const fn agency() -> Approver {
    Approver::Agency
}

/// Refusal after acceptance (form 03; CLK-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalRules {
    /// Whether it must be told within the limit (seed 000, Điều 16.1e; seed 001, Điều 4.3đ).
    pub within_limit: bool,
    /// Whether the signed notice must be scanned and attached (seed 000, Điều 16.1e).
    pub scan_required: bool,
    /// Who gives the papers and the slip back; absent where the regulation does not say, and nothing is waited for.
    #[serde(default)]
    pub given_back_by: Option<GivenBackBy>,
}

/// Who gives a refused dossier back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenBackBy {
    /// The Centre; the slip is entered under results (seed 001, Điều 4.3đ).
    Centre,
    /// The agency (seed 000, Điều 16.1e).
    Agency,
}

/// Who approves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approver {
    /// The agency itself: whoever has the dossier.
    Agency,
    /// The deputy director of the Centre.
    CentreDeputy,
    /// The leader of the agency: what the specialist writes takes effect with that word, and bears that name.
    AgencyLeader,
}

/// "Four steps at the Centre" (FLW-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnTheSpot {
    /// Whether and how procedures are decided at the Centre.
    pub kind: OnTheSpotKind,
    /// Whether approval of these at the agency's headquarters is refused (seed 000, Điều 16.1c).
    pub only_at_centre: bool,
    /// Whether agencies use a second seal at the Centre (seed 000, Điều 16.3).
    pub second_seal: bool,
}

/// How procedures are decided at the Centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnTheSpotKind {
    /// The regulation does not know them.
    None,
    /// A delegated officer, or an agency's deputy head who comes daily (seed 000, Điều 13.2a).
    DelegatedOrDeputy,
    /// A four-step process at the Centre (seed 002, Điều 5.4c).
    FourSteps,
}

/// Consultation and interlinked handling (ILK-01 … ILK-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own in the profile")]
pub struct Consultation {
    /// Where participating agencies hand over to each other.
    pub transfer: TransferPlace,
    /// Whether the lead agency sends the local parts on its own duty (seed 000, Điều 12.2đ).
    pub lead_sends_local: bool,
    /// Whether paper goes from agency to agency in order (seed 002, Điều 6.4đ).
    pub paper_serial: bool,
    /// Whether electronic dossiers go to all at once (seed 002, Điều 6.4đ).
    pub electronic_parallel: bool,
    /// Whether dossiers go up and down between levels (seed 002, Điều 6.4e; seed 001, Điều 11).
    pub across_levels: bool,
    /// Whether an unanswered consultation is told to the Centre (seed 002, Điều 6.4d).
    pub overdue_told_to_centre: bool,
}

/// Where participating agencies hand over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferPlace {
    /// At the Centre, between the agencies' officers (seed 000, Điều 12.2đ).
    Centre,
    /// From agency to agency.
    Agencies,
    /// Between the one-stop units of the levels (seed 001, Điều 11).
    OneStopUnits,
}

/// Internal processes (CAT-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Processes {
    /// Days after the approving decision within which an agency sends its detail to the Centre (seed 003, Điều 11.2: 3).
    pub send_within_days: u32,
}

impl Default for Processes {
    fn default() -> Self {
        Self { send_within_days: 3 }
    }
}
