use super::{
    beside::{Aside, Next, next_of},
    dice::Dice,
    fate::Fate,
    roster::Roster,
};
use crate::{
    catalogue::Governing,
    dossier::{
        Done, Order, Target,
        store::{FileRow, Key},
    },
};
use domain::{
    accounts::Who,
    catalogue::{Channel, Step, StepKind},
    dossier::{
        Command, CommandName, Decision, Dossier, Event, Handover, Intake, Law, People, ResultBy, ResultRecord, next,
        originals_are_compared, refusal_is_scanned, step_of,
    },
    id::Id,
    time::Instant,
};
use std::sync::Arc;

/// The demo's past, in working days, when it has few dossiers.
pub const PAST_DAYS: usize = 30;

/// One dossier on its way.
pub struct Life {
    pub number: usize,
    pub fate: Fate,
    pub begins: Instant,
    pub intake: Intake,
    pub people: People,
    pub officer: Who,
    /// How much of the time allotted to a step it takes, in percent; above 100 it ends late.
    pub pace: usize,
    /// What governs it, as its own intake says.
    pub governing: Arc<Governing>,
    /// A scan that its officer uploads before taking it in.
    pub upload: Option<FileRow>,
    pub now: Option<(Id<Dossier>, Dossier)>,
    pub was_sent_back: bool,
}

impl Life {
    /// The next act, and who does it; `None` when the life ends here.
    pub fn next(&self, roster: &Roster, law: &Law) -> Option<(Who, Order)> {
        let process = &self.governing.process;
        let Some((id, dossier)) = &self.now else {
            let target = Target::New(Box::new(self.people.clone()));
            return Some((self.officer.clone(), Order { target, command: self.opening() }));
        };
        let target = Target::Known { key: Key::Id(*id), version: dossier.version };
        if let Fate::Beside(aside) = self.fate {
            match next_of(aside, self, dossier, process, roster, law) {
                Next::Do(act) => {
                    let (who, command) = *act;
                    return Some((who, Order { target, command }));
                }
                Next::Wait => return None,
                Next::GoOn => {}
            }
        }
        let step = step_of(dossier, process)?;
        if self.fate == Fate::Stuck(step.kind) {
            return None;
        }
        let who = roster.actor(dossier, process, self.number)?;
        let command = self.command(step, dossier, roster, (&who, law))?;
        Some((who, Order { target, command }))
    }

    /// Takes over what a unit of work made of it.
    pub fn took(&mut self, done: Done) {
        self.was_sent_back |= matches!(done.events.last(), Some(Event::ReturnedToStep { .. }));
        self.governing = done.governing;
        self.upload = None;
        self.now = Some((done.id, done.state));
    }

    /// Working minutes until the next act: some part of what the process allots to the step.
    pub fn pause(&self, dice: &Dice) -> i64 {
        let step = self.now.as_ref().and_then(|(_, d)| step_of(d, &self.governing.process));
        let allotted = step.and_then(|s| s.minutes).unwrap_or(480).max(60) as usize;
        let share = self.pace * (20 + dice.below(80)) / 100;
        let minutes = if step.is_some_and(|s| s.kind == StepKind::Return) { 60 + allotted } else { allotted };
        i64::try_from((minutes * share / 100).max(31)).unwrap_or(i64::MAX)
    }

    /// Sent online, it is taken in by an officer afterwards.
    fn is_taken_in_later(&self) -> bool {
        match self.fate {
            // Every other one still waits to be opened.
            Fate::Submitted => self.number % 2 == 1,
            // A province whose rules gave no guidance takes it in.
            Fate::Beside(Aside::Guided) => true,
            _ => self.intake.channel == Channel::Online,
        }
    }

    fn opening(&self) -> Command {
        let intake = self.intake.clone();
        match self.fate {
            Fate::Draft => Command::Draft { intake, received_at: None },
            Fate::TurnedAway => Command::TurnAway {
                intake,
                reason: "Hồ sơ chưa đủ giấy tờ theo danh mục đã công bố; ông/bà xin bổ sung rồi nộp lại.".into(),
                directions: None,
            },
            _ if intake.channel == Channel::Online => Command::Submit(intake),
            _ => Command::TakeIn { intake, received_at: None, fees: None },
        }
    }

    fn command(&self, step: &Step, d: &Dossier, roster: &Roster, (who, law): (&Who, &Law)) -> Option<Command> {
        let (process, at) = (law.process, law.now);
        // Whom a regulation no longer lets refuse, or not without a scan, answers with a result that says no.
        let refuses = self.fate == Fate::Refused
            && !refusal_is_scanned(d, law)
            && next(who, d, law).contains(&CommandName::Refusals);
        let declines = self.fate == Fate::Declined || (self.fate == Fate::Refused && !refuses);
        let decision = if declines { Decision::Decline } else { Decision::Grant };
        Some(match step.kind {
            StepKind::Intake if self.is_taken_in_later() => Command::Accept { fees: None },
            StepKind::Assign => Command::Assign { unit: None, officer: roster.specialist(d, process, self.number)? },
            kind if kind.is_work() && d.opinion.as_ref().is_some_and(|o| o.step == step.key) => {
                Command::SubmitForApproval
            }
            kind if kind.is_work() && refuses => Command::Refuse {
                reason: "Nội dung đề nghị không thuộc trường hợp được giải quyết theo quy định của thủ tục.".into(),
                directions: None,
                files: Vec::new(),
            },
            kind if kind.is_work() => Command::Appraise { opinion: decision, text: opinion(declines).into() },
            StepKind::Approve if self.fate == Fate::SentBack && !self.was_sent_back => Command::ReturnToStep {
                step: None,
                reason: "Đề nghị làm rõ căn cứ pháp lý trong tờ trình.".into(),
            },
            StepKind::Approve => Command::Approve {
                decision,
                reason: declines.then(|| "Không đủ điều kiện theo quy định; lý do nêu trong văn bản trả lời.".into()),
            },
            StepKind::Issue => Command::RecordResult(ResultRecord {
                number: format!("{}/KQ-{}", 100 + self.number, at.day().year()),
                date: at.day(),
                signer: roster.signer(d),
                files: Vec::new(),
            }),
            StepKind::Return if self.fate != Fate::Unclaimed => Command::HandOver(self.handover(d, law)),
            _ => return None,
        })
    }

    fn handover(&self, d: &Dossier, law: &Law) -> Handover {
        let by_post = d.intake.result_by == ResultBy::Post;
        let (to, comes) = match &self.people.proxy {
            Some(proxy) => ("proxy", &proxy.person),
            None => ("applicant", &self.people.applicant),
        };
        Handover {
            to: to.into(),
            identity: comes.identity.clone().filter(|_| !by_post),
            authorisation: None,
            how: d.intake.result_by,
            without_slip: None,
            originals_compared: originals_are_compared(d, law),
            signature: None,
            tracking: by_post.then(|| format!("DEMO{:09}VN", self.number)),
        }
    }
}

fn opinion(declines: bool) -> &'static str {
    if declines {
        "Hồ sơ không đáp ứng điều kiện của thủ tục; đề xuất không chấp thuận và trả lời bằng văn bản."
    } else {
        "Hồ sơ đầy đủ, đúng quy định; đề xuất chấp thuận."
    }
}
