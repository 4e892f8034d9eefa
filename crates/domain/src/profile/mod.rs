//! One province's choices: every number and kind of rule that the five regulations set differently.
//!
//! The code knows the *kinds* of rule, a profile says which apply. `spec/profiles` of the seeds is the table behind it;
//! "seed 000 … 004" below are the regulations of Đồng Nai, Vĩnh Long, Quảng Nam, Quảng Ninh and Thừa Thiên Huế.

mod articles;
mod check;
mod contact;
mod deadlines;
mod desk;
mod error;
mod handling;
mod intake;
mod money;
mod organisation;
mod paper;
mod people;
mod personal_data;
mod province;
mod reports;
mod results;
mod seats;
#[cfg(test)]
mod tests;

pub use articles::Articles;
pub use contact::{Contact, Feedback, FeedbackChannel, LookUpChannel, NoticeChannel, ToldOfFeedback};
pub use deadlines::{Apology, ApologyMoment, ApologyWriter, Calendar, DateAdjuster, NearDue, Overdue, ReportedTo};
pub use desk::Desk;
pub use error::ProfileError;
pub use handling::{
    Approval, Approver, Consultation, GivenBackBy, OnTheSpot, OnTheSpotKind, Processes, RefusalRules, TransferPlace,
};
pub use intake::{
    Guidance, Intake, LowFrequency, Online, OnlineTaker, Portal, PostDuty, PostEmployees, Supplement, SupplementRoute,
};
pub use money::{Fees, PaymentPlace, PaymentWay, RetainedShare};
pub use organisation::{Agency, AgencyKind, Centre, CentreUnit, Commune, Communes, Counter, Level};
pub use paper::{Carrier, Courier};
pub use people::{Evaluation, EvaluationPeriod, MonthDay, Officers, StaffSessions};
pub use personal_data::PersonalData;
pub use province::{FormSet, Forms, Province};
pub use reports::{ReportPeriod, Reports};
pub use results::ReturnRules;
pub use seats::Seats;

use serde::Deserialize;

/// Everything a centre starts with (`--profile NAME|FILE`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Which province this is.
    pub province: Province,
    /// Which circular's forms are printed.
    pub forms: Forms,
    /// What "why this date" cites.
    #[serde(default)]
    pub articles: Articles,
    /// How dossiers come in.
    pub intake: Intake,
    /// Online submission and its check.
    pub online: Online,
    /// Guidance at intake (form 02 before acceptance).
    pub guidance: Guidance,
    /// Supplement requests in appraisal (form 02 after acceptance).
    pub supplement: Supplement,
    /// Refusal after acceptance (form 03).
    pub refusal: RefusalRules,
    /// Apology and re-appointment (form 04).
    pub apology: Apology,
    /// Dossiers overdue without reason.
    pub overdue: Overdue,
    /// Whose approval a decision needs, and what must be attached.
    pub approval: Approval,
    /// Procedures appraised and approved at the Centre at once.
    pub on_the_spot: OnTheSpot,
    /// Consultation and interlinked handling.
    pub consultation: Consultation,
    /// Who returns results, and against what.
    pub returning: ReturnRules,
    /// How paper moves.
    pub courier: Courier,
    /// What post employees do.
    pub post_employees: PostEmployees,
    /// Money.
    pub fees: Fees,
    /// Agencies with few dossiers.
    pub low_frequency: LowFrequency,
    /// Feedback and petitions.
    pub feedback: Feedback,
    /// Staff evaluation.
    pub evaluation: Evaluation,
    /// Officers' terms and absence.
    pub officers: Officers,
    /// Reports.
    pub reports: Reports,
    /// Look-up, notices and the hotline.
    pub contact: Contact,
    /// Internal processes and their decisions.
    #[serde(default)]
    pub processes: Processes,
    /// Working time and deadlines. No seed fixes it: our defaults.
    #[serde(default)]
    pub calendar: Calendar,
    /// Sign-in sessions. No seed fixes it: our defaults.
    #[serde(default)]
    pub staff_sessions: StaffSessions,
    /// The officer's desk. No seed fixes it: our defaults.
    #[serde(default)]
    pub desk: Desk,
    /// Requests about personal data. No seed fixes it: our defaults.
    #[serde(default)]
    pub personal_data: PersonalData,
    /// Units inside the provincial centre.
    #[serde(default)]
    pub centre_units: Vec<CentreUnit>,
    /// Agencies; after [`Profile::parse`] the communes' committees too.
    pub agencies: Vec<Agency>,
    /// Centres; after [`Profile::parse`] the communes' centres too.
    pub centres: Vec<Centre>,
    /// Communes in short form: one line gives an agency and its centre.
    #[serde(default)]
    pub communes: Communes,
}

impl Profile {
    /// Reads a profile. `file` is only named in messages.
    ///
    /// An unknown or missing key, a value of the wrong kind or a setting that contradicts another is refused with file, line and key.
    pub fn parse(text: &str, file: &str) -> Result<Self, ProfileError> {
        let mut profile: Self = toml::from_str(text).map_err(|e| ProfileError::from_toml(text, file, &e))?;
        let (agencies, centres) = profile.communes.expand();
        profile.agencies.extend(agencies);
        profile.centres.extend(centres);
        check::check(&profile).map_err(|found| found.at(text, file))?;
        Ok(profile)
    }

    /// The agency with this identifier, if the profile names it.
    pub fn agency(&self, identifier: &str) -> Option<&Agency> {
        self.agencies.iter().find(|a| a.identifier == identifier)
    }

    /// The centre with this code, if the profile names it.
    pub fn centre(&self, code: &str) -> Option<&Centre> {
        self.centres.iter().find(|c| c.code == code)
    }

    /// The provincial centre: the first of that level. [`Profile::parse`] makes sure that there is one.
    pub fn main_centre(&self) -> Option<&Centre> {
        self.centres.iter().find(|c| c.level == Level::Province)
    }
}
