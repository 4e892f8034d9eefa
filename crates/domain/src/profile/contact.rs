//! Feedback, look-up, notices, hotline (FBK, TRK, NTF).

use serde::Deserialize;

/// Feedback and petitions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// Where it comes in.
    pub channels: Vec<FeedbackChannel>,
    /// Working days to answer. Seed 003: 15, which is our default elsewhere.
    #[serde(default = "fifteen")]
    pub answer_working_days: u32,
    /// Working days between progress updates. Seed 003: 5.
    #[serde(default = "five")]
    pub progress_every_working_days: u32,
    /// Working days to publish the result. Seed 003: 2.
    #[serde(default = "two")]
    pub publish_within_working_days: u32,
    /// Whether routes a/b apply: answered at the Centre, or passed to the competent agency (seed 001, seed 002).
    pub routed: bool,
    /// Whether complaints and denunciations come in the same way (seed 001).
    pub complaints: bool,
    /// Whether staff make suggestions (seed 002).
    pub staff_suggestions: bool,
    /// Who is told.
    pub told: Vec<ToldOfFeedback>,
}

const fn fifteen() -> u32 {
    15
}
const fn five() -> u32 {
    5
}
const fn two() -> u32 {
    2
}

/// Where feedback comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackChannel {
    /// The hotline.
    Hotline,
    /// A portal.
    Portal,
    /// E-mail.
    Email,
    /// The rating tablets and pages.
    RatingSoftware,
    /// The box at the Centre.
    Box,
    /// At the counter, typed in by staff.
    Counter,
    /// A letter, typed in by staff.
    Letter,
}

/// Who is told of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldOfFeedback {
    /// The Centre gets a copy of the agency's answer.
    Centre,
    /// The Office of the People's Committee.
    Office,
    /// The People's Committee.
    PeoplesCommittee,
}

/// Look-up, notices and the hotline.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The hotline's number, where there is one.
    #[serde(default)]
    pub hotline: Option<String>,
    /// Where a dossier's state can be looked up (TRK).
    pub look_up: Vec<LookUpChannel>,
    /// How applicants are told, first choice first (NTF).
    pub notices: Vec<NoticeChannel>,
}

/// Where a dossier's state can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookUpChannel {
    /// A web page.
    Web,
    /// A kiosk.
    Kiosk,
    /// A public screen.
    Screen,
    /// A reply to an SMS.
    Sms,
    /// Zalo.
    Zalo,
    /// The counter.
    Counter,
    /// The hotline.
    Hotline,
}

/// How applicants are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeChannel {
    /// The national portal's account.
    NationalPortal,
    /// E-mail.
    Email,
    /// SMS.
    Sms,
    /// A telephone call by staff.
    Phone,
    /// A permitted social network.
    SocialNetwork,
    /// A letter.
    Post,
    /// The applicant's page.
    Online,
}
