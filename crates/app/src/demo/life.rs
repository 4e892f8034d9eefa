use super::{
    beside::{Aside, Next, next_of},
    dice::Dice,
};
use crate::{dossier::Done, dossier::Order, dossier::Target, dossier::store::Key, reference::Reference};
use domain::{
    accounts::Who,
    catalogue::{Place, Process, Step, StepKind},
    dossier::{
        Command, Decision, Dossier, Handover, Intake, Law, People, ResultBy, ResultRecord, assigned_step, may_act,
        step_of,
    },
    id::Id,
    time::Instant,
};

/// What becomes of a dossier, other than its ordinary way to the applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Ordinary,
    Draft,
    Submitted,
    TurnedAway,
    Refused,
    SentBack,
    Declined,
    /// Forgotten at a step: in the end overdue.
    Stuck(StepKind),
    /// The result waits at the return desk.
    Unclaimed,
    /// Something comes in between.
    Beside(Aside),
}

/// One dossier on its way.
pub struct Life {
    pub number: usize,
    pub fate: Fate,
    pub begins: Instant,
    pub intake: Intake,
    pub people: People,
    pub officer: Who,
    pub now: Option<(Id<Dossier>, Dossier)>,
    was_sent_back: bool,
}

impl Life {
    pub fn new(number: usize, fate: Fate, begins: Instant, intake: Intake, people: People, officer: Who) -> Self {
        Self { number, fate, begins, intake, people, officer, now: None, was_sent_back: false }
    }

    /// The next act, and who does it; `None` when the life ends here.
    pub fn next(&self, process: &Process, reference: &Reference, law: &Law) -> Option<(Who, Order)> {
        let at = law.now;
        let Some((id, dossier)) = &self.now else {
            let target = Target::New(Box::new(self.people.clone()));
            return Some((self.officer.clone(), Order { target, command: self.opening() }));
        };
        let target = Target::Known { key: Key::Id(*id), version: dossier.version };
        if let Fate::Beside(aside) = self.fate {
            match next_of(aside, self, dossier, process, reference, law) {
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
        let command = self.command(step, dossier, process, reference, at)?;
        let who = actor(dossier, process, reference, self.number)?;
        Some((who, Order { target, command }))
    }

    /// Takes over what a unit of work made of it.
    pub fn took(&mut self, done: Done) {
        self.was_sent_back |= matches!(done.events.last(), Some(domain::dossier::Event::ReturnedToStep { .. }));
        self.now = Some((done.id, done.state));
    }

    fn opening(&self) -> Command {
        let intake = self.intake.clone();
        match self.fate {
            Fate::Draft => Command::Draft { intake, received_at: None },
            Fate::Submitted | Fate::Beside(Aside::Guided) => Command::Submit(intake),
            Fate::TurnedAway => Command::TurnAway {
                intake,
                reason: "Hồ sơ chưa đủ giấy tờ theo danh mục đã công bố; ông/bà xin bổ sung rồi nộp lại.".into(),
            },
            _ => Command::TakeIn { intake, received_at: None },
        }
    }

    fn command(
        &self,
        step: &Step,
        d: &Dossier,
        process: &Process,
        reference: &Reference,
        at: Instant,
    ) -> Option<Command> {
        let declines = self.fate == Fate::Declined;
        let decision = if declines { Decision::Decline } else { Decision::Grant };
        Some(match step.kind {
            // Every other one still waits to be opened.
            StepKind::Intake if self.fate == Fate::Submitted && self.number % 2 == 1 => Command::Accept,
            // A province whose rules gave no guidance takes it in.
            StepKind::Intake if self.fate == Fate::Beside(Aside::Guided) => Command::Accept,
            StepKind::Assign => {
                Command::Assign { unit: None, officer: specialist(d, process, reference, self.number)? }
            }
            kind if kind.is_work() && d.opinion.as_ref().is_some_and(|o| o.step == step.key) => {
                Command::SubmitForApproval
            }
            kind if kind.is_work() && self.fate == Fate::Refused => Command::Refuse {
                reason: "Nội dung đề nghị không thuộc trường hợp được giải quyết theo quy định của thủ tục.".into(),
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
                signer: signer(d, reference),
                files: Vec::new(),
            }),
            StepKind::Return if self.fate != Fate::Unclaimed => Command::HandOver(self.handover(d)),
            _ => return None,
        })
    }

    fn handover(&self, d: &Dossier) -> Handover {
        let by_post = d.intake.result_by == ResultBy::Post;
        Handover {
            to: if self.people.proxy.is_some() { "proxy" } else { "applicant" }.into(),
            identity: if by_post { None } else { self.people.applicant.identity.clone() },
            authorisation: None,
            how: d.intake.result_by,
            without_slip: None,
            originals_compared: false,
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

/// The holder in person, or one of those who may take it.
pub fn actor(d: &Dossier, process: &Process, reference: &Reference, number: usize) -> Option<Who> {
    let holder = d.holder.as_ref()?;
    if let Some(officer) = holder.officer {
        return reference.officer(officer).map(|o| o.who.clone());
    }
    let able = |who: &Who| may_act(who, holder, process.step(&holder.step));
    choose(reference, number, able)
}

fn specialist(
    d: &Dossier,
    process: &Process,
    reference: &Reference,
    number: usize,
) -> Option<Id<domain::people::Officer>> {
    let agency = d.holder.as_ref()?.agency;
    let roles = &assigned_step(d, process).filter(|s| s.actor.place == Place::Agency)?.actor.roles;
    let able = |who: &Who| who.agency == agency && roles.iter().any(|r| r.parse().is_ok_and(|role| who.is(role)));
    choose(reference, number, able).map(|w| w.officer)
}

/// One of those who can, the same for the same number.
fn choose(reference: &Reference, number: usize, able: impl Fn(&Who) -> bool) -> Option<Who> {
    let mut all: Vec<_> = reference.officers().filter(|o| o.active && able(&o.who)).collect();
    all.sort_by(|a, b| a.login.cmp(&b.login));
    let at = number.checked_rem(all.len())?;
    all.get(at).map(|o| o.who.clone())
}

fn signer(d: &Dossier, reference: &Reference) -> String {
    let leads = |who: &Who| who.agency == d.intake.agency && who.is(domain::accounts::Role::AgencyLeader);
    choose(reference, 0, leads).map(|w| reference.officer_name(w.officer).to_owned()).unwrap_or_default()
}

/// What becomes of the dossier with this number: the first ones show every state however few there are.
pub fn fate(number: usize, dice: &Dice) -> Fate {
    const EACH: [Fate; 10] = [
        Fate::Ordinary,
        Fate::Draft,
        Fate::Submitted,
        Fate::TurnedAway,
        Fate::Refused,
        Fate::SentBack,
        Fate::Declined,
        Fate::Stuck(StepKind::Assign),
        Fate::Stuck(StepKind::Appraise),
        Fate::Stuck(StepKind::Approve),
    ];
    if let Some(fate) = EACH.get(number) {
        return *fate;
    }
    if let Some(aside) = Aside::ALL.get(number - EACH.len()) {
        return Fate::Beside(*aside);
    }
    match dice.below(100) {
        0..2 => Fate::Draft,
        2..6 => Fate::Submitted,
        6..9 => Fate::TurnedAway,
        9..12 => Fate::Refused,
        12..18 => Fate::SentBack,
        18..23 => Fate::Declined,
        23..25 => Fate::Stuck(StepKind::Assign),
        25..29 => Fate::Stuck(StepKind::Appraise),
        29..31 => Fate::Stuck(StepKind::Approve),
        31..38 => Fate::Unclaimed,
        38..50 => dice.pick(&Aside::ALL).map_or(Fate::Ordinary, |aside| Fate::Beside(*aside)),
        _ => Fate::Ordinary,
    }
}
