//! Who wants to do what: mostly the next step, now and then something else, now and then something unlawful.

pub mod branches;
mod commands;

use super::{
    DAY, MINUTE,
    life::Life,
    life::Opening,
    province::{AGENCIES, CENTRE, Province},
    whole,
};
use crate::demo::Dice;
use commands::Given;
use domain::{
    accounts::{Role, Who},
    catalogue::Channel,
    dossier::{Applicant, ApplicantKind, Command, CommandName, Intake, People, Proxy, ResultBy, Status, next},
    id::Id,
    time::Instant,
};

/// Somebody wants something done.
pub struct Wish {
    pub who: Who,
    pub command: Command,
    /// Nothing in it is missing or silly.
    pub well_formed: bool,
    name: Option<CommandName>,
}

impl Wish {
    /// Whether this officer was offered this step.
    pub fn is_lawful(&self, life: &Life, province: &Province, now: Instant) -> bool {
        let law = province.law(life.of(province), life.state.intake.agency, now);
        // A lapse is nobody's step: the clock takes it.
        self.name.map_or(self.who.is_system(), |name| next(&self.who, &life.state, &law).contains(&name))
    }
}

/// What happens to this dossier now; nothing, when everybody waits.
pub fn wish(life: &Life, province: &Province, now: Instant, dice: &Dice) -> Option<Wish> {
    if dice.percent(8) {
        return trespass(life, province, now, dice);
    }
    if term(&life.state.status).is_some_and(|term| now > term) && (life.gone || dice.percent(60)) {
        return Some(lapse());
    }
    let law = province.law(life.of(province), life.state.intake.agency, now);
    let mut offered = Vec::new();
    let mut total = 0;
    for who in &province.staff {
        for name in next(who, &life.state, &law) {
            let weight = weight(name, life);
            total += weight;
            offered.push((who, name, total));
        }
    }
    let chosen = dice.below(total.max(1));
    let (who, name, _) = offered.into_iter().find(|(.., upto)| chosen < *upto)?;
    given(who, name, life, province, now, dice)
}

fn given(who: &Who, name: CommandName, life: &Life, province: &Province, now: Instant, dice: &Dice) -> Option<Wish> {
    let Given { command, well_formed } = commands::of(name, who, life, province, now, dice)?;
    Some(Wish { who: who.clone(), command, well_formed, name: Some(name) })
}

/// Anybody tries anything: the rules must say no, unless it happens to be lawful.
fn trespass(life: &Life, province: &Province, now: Instant, dice: &Dice) -> Option<Wish> {
    let who = dice.pick(&province.staff)?;
    let name = *dice.pick(CommandName::ALL)?;
    given(who, name, life, province, now, dice)
}

/// The term after which the system acts.
fn term(status: &Status) -> Option<Instant> {
    match status {
        Status::GuidanceRequested { until, .. }
        | Status::AwaitingSupplement { until, .. }
        | Status::Suspended { until, .. } => Some(*until),
        _ => None,
    }
}

fn lapse() -> Wish {
    Wish { who: Province::system(), command: Command::Lapse, well_formed: true, name: None }
}

/// How likely each offered step is; those of the applicant not at all once the applicant is gone.
fn weight(name: CommandName, life: &Life) -> usize {
    use CommandName as C;
    match name {
        C::Supplements | C::Withdrawals if life.gone => 0,
        C::Assignments if life.state.holder.as_ref().is_some_and(|h| h.officer.is_some()) => 1,
        C::Appraisals if life.state.opinion.is_some() => 1,
        C::Acceptances | C::Submissions | C::Approvals | C::Results | C::Handovers => 60,
        C::Assignments | C::Appraisals | C::Supplements | C::Payments | C::Resumptions | C::DateAdjustments => 40,
        C::GuidanceRequests | C::SupplementRequests => 12,
        C::FeeRequests | C::Suspensions | C::Explanations | C::Apologies => 6,
        C::OverdueCauses | C::ReturnsToStep | C::Refusals | C::FeeCancellations => 3,
        C::Replies | C::Parts => 30,
        C::LateConfirmations | C::UrgingAnswers => 20,
        C::Consultations | C::Verifications | C::Children | C::ConsultationReports => 4,
        _ => 1,
    }
}

/// When somebody turns to it again: within hours or days; at the end of a term when nobody will come before.
pub fn next_wake(life: &Life, now: Instant, dice: &Dice) -> Instant {
    if let Some(term) = term(&life.state.status).filter(|term| *term > now && (life.gone || dice.percent(20))) {
        return term.plus_millis(MINUTE);
    }
    let most = if dice.percent(15) { 9 * DAY } else { 2 * DAY };
    now.plus_millis(MINUTE * (1 + whole(dice.below(usize::try_from(most / MINUTE).unwrap_or(1)))))
}

/// A dossier comes in, by any channel, also one that the province has not opened.
pub fn opening(province: &Province, now: Instant, dice: &Dice) -> Opening {
    let offer = dice.below(province.offers.len());
    let channel = if dice.percent(97) {
        dice.pick(&province.profile.intake.channels).copied().unwrap_or(Channel::Counter)
    } else {
        dice.pick(&Channel::ALL).copied().unwrap_or(Channel::Counter)
    };
    let mut intake = intake(province, offer, channel, dice);
    let takers: Vec<&Who> = province.staff.iter().filter(|w| w.any(Role::takes_in)).collect();
    let who = dice.pick(&takers).map_or_else(Province::system, |w| (*w).clone());
    let by_post = matches!(channel, Channel::Post | Channel::PostEmployee);
    // INT-13: now and then the system was out of reach, and what was taken in on paper is entered afterwards.
    intake.late = (channel != Channel::Online && dice.percent(5)).then(|| "Mất điện cả buổi.".to_owned());
    let earlier = by_post && dice.percent(60) || intake.late.is_some();
    let received_at = earlier.then(|| now.plus_millis(-MINUTE * whole(dice.below(600))));
    let whole_intake = intake.clone();
    let command = match (channel, dice.below(100)) {
        (Channel::Online, _) => Command::Submit(whole_intake),
        (_, 0..3) => {
            Command::TurnAway {
                intake: whole_intake, reason: "Không thuộc thẩm quyền.".into(), directions: None
            }
        }
        (_, 3..20) => Command::Draft { intake: whole_intake, received_at },
        _ => Command::TakeIn { intake: whole_intake, received_at, fees: None },
    };
    Opening { offer, who, command, intake, people: people(dice), gone: dice.percent(12) }
}

fn intake(province: &Province, offer: usize, channel: Channel, dice: &Dice) -> Intake {
    let complete = dice.percent(80);
    let papers = commands::papers(&province.offers[offer].procedure);
    Intake {
        procedure: Id::new(1_000 + whole(offer)),
        procedure_code: province.offers[offer].procedure.code.as_str().to_owned(),
        variant: None,
        process: Id::new(2_000 + whole(offer)),
        agency: AGENCIES[offer % AGENCIES.len()],
        centre: CENTRE,
        channel,
        result_by: *dice.pick(&ResultBy::ALL).unwrap_or(&ResultBy::Counter),
        components: papers.into_iter().filter(|_| complete || dice.percent(50)).collect(),
        sets: 1,
        late: None,
        people: "00".repeat(32),
    }
}

fn people(dice: &Dice) -> People {
    let person = |name: &str| Applicant {
        kind: ApplicantKind::Citizen,
        name: name.into(),
        identity: Some(format!("0490{}", dice.digits(8))),
        phone: None,
        email: None,
        address: Some("Số 1, đường Mô Phỏng".into()),
    };
    let proxy = dice
        .percent(10)
        .then(|| Proxy { person: person("Lê Văn Ủy"), authorisation: "Giấy ủy quyền số 1".into() });
    People { applicant: person("Nguyễn Văn An"), owner: None, proxy, form: serde_json::Value::Null }
}
