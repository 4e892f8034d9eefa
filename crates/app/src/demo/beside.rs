//! What happens beside the straight way, where the province's rules allow it at that moment: nothing is forced.

use super::{life::Life, roster::Roster};
use domain::{
    accounts::Who,
    catalogue::Process,
    dossier::{
        Command, CommandName, Decision, Dossier, FeeMoment, ItemAnswer, Law, OpenRequest, Problem, ReceivedComponent,
        RequestItem, Status, next, refusal_is_scanned, supplement_is_scanned,
    },
};

const DAY: i64 = 86_400_000;

/// One thing that can happen to a dossier on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// Sent online, incomplete: waits for its applicant.
    Guided,
    /// Waits for a supplement.
    Asked,
    /// Was asked for a supplement and got it.
    Answered,
    Suspended,
    /// Waits for a fee.
    Paying,
    Stopped,
    Withdrawn,
    /// Got a new date with an apology.
    Apologised,
}

impl Aside {
    pub const ALL: [Self; 8] = [
        Self::Guided,
        Self::Asked,
        Self::Answered,
        Self::Suspended,
        Self::Paying,
        Self::Stopped,
        Self::Withdrawn,
        Self::Apologised,
    ];

    /// The demo ends with it waiting.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Guided | Self::Asked | Self::Suspended | Self::Paying)
    }
}

/// What is next for such a dossier.
pub enum Next {
    /// This, by this officer.
    Do(Box<(Who, Command)>),
    /// It waits, and the demo ends with it waiting.
    Wait,
    /// The straight way.
    GoOn,
}

/// The next act of a dossier to which this happens.
pub fn next_of(aside: Aside, life: &Life, d: &Dossier, process: &Process, roster: &Roster, law: &Law) -> Next {
    if d.proposal.is_some() {
        return by_holder(life, d, process, roster, law, Command::Approve { decision: Decision::Grant, reason: None });
    }
    if d.status.waits() {
        return match (aside, &d.status) {
            (Aside::Answered, Status::AwaitingSupplement { .. }) => {
                lawful(life.officer.clone(), CommandName::Supplements, brought(d), d, law)
            }
            _ => Next::Wait,
        };
    }
    let now = law.now;
    let at_work = d.status == Status::InProgress && d.opinion.is_none();
    let command = match aside {
        Aside::Guided if matches!(d.status, Status::Submitted { .. }) => Command::Guide {
            items: items(),
            reason: Some("Bản kê khai trực tuyến chưa đủ thông tin.".into()),
        },
        // Where a signed paper must be scanned, the demo has nobody who scans.
        Aside::Asked | Aside::Answered if supplement_is_scanned(law) => return Next::GoOn,
        Aside::Stopped if refusal_is_scanned(d, law) => return Next::GoOn,
        Aside::Apologised if law.profile.apology.scan_required => return Next::GoOn,
        Aside::Asked | Aside::Answered if at_work && d.supplements == 0 => Command::RequestSupplement {
            items: items(),
            reason: Some("Nội dung kê khai chưa khớp với giấy tờ kèm theo.".into()),
            files: Vec::new(),
        },
        Aside::Suspended if at_work => Command::Suspend {
            reason: "Chờ kết quả xác minh tại địa phương.".into(),
            until: now.plus_millis(14 * DAY),
        },
        Aside::Paying if at_work && d.fees.is_empty() => Command::RequireFee {
            amount: 150_000,
            reason: "Lệ phí theo nghị quyết của Hội đồng nhân dân tỉnh".into(),
            when: FeeMoment::Now,
        },
        Aside::Stopped if at_work => {
            Command::Stop { reason: "Đối tượng đề nghị không còn tồn tại.".into(), files: Vec::new() }
        }
        Aside::Withdrawn if at_work => {
            let command = Command::Withdraw { reason: "Người nộp không còn nhu cầu.".into() };
            return lawful(life.officer.clone(), CommandName::Withdrawals, command, d, law);
        }
        // Whoever is late already apologises by other rules.
        Aside::Apologised
            if at_work && d.apologies.is_empty() && d.due_at.is_some_and(|due| now.plus_millis(4 * DAY) < due) =>
        {
            Command::Apologise {
                reason: "Phải chờ ý kiến của cơ quan phối hợp.".into(),
                new_due_at: d
                    .due_at
                    .map(|due| due.plus_millis(7 * DAY))
                    .map(|at| law.calendar.closing_from(at).unwrap_or(at)),
                files: Vec::new(),
                late: false,
            }
        }
        _ => return Next::GoOn,
    };
    by_holder(life, d, process, roster, law, command)
}

fn by_holder(life: &Life, d: &Dossier, process: &Process, roster: &Roster, law: &Law, command: Command) -> Next {
    let Some(who) = roster.actor(d, process, life.number) else { return Next::GoOn };
    lawful(who, name(&command), command, d, law)
}

/// Only what the rules offer this officer now; otherwise the straight way goes on.
fn lawful(who: Who, name: CommandName, command: Command, d: &Dossier, law: &Law) -> Next {
    if next(&who, d, law).contains(&name) { Next::Do(Box::new((who, command))) } else { Next::GoOn }
}

const fn name(command: &Command) -> CommandName {
    match command {
        Command::Guide { .. } => CommandName::GuidanceRequests,
        Command::RequestSupplement { .. } => CommandName::SupplementRequests,
        Command::Suspend { .. } => CommandName::Suspensions,
        Command::RequireFee { .. } => CommandName::FeeRequests,
        Command::Stop { .. } => CommandName::Stops,
        Command::Apologise { .. } => CommandName::Apologies,
        _ => CommandName::Approvals,
    }
}

fn items() -> Vec<RequestItem> {
    vec![RequestItem {
        component: None,
        problem: Problem::Incomplete,
        note: "Ghi đủ nơi cư trú và số giấy tờ của người liên quan.".into(),
    }]
}

/// Every paper that was asked for.
fn brought(d: &Dossier) -> Command {
    let asked = d.request.iter().flat_map(|r| &r.items).filter_map(|i| i.component.clone());
    let components = asked.map(|id| ReceivedComponent { id, originals: 1, ..ReceivedComponent::default() }).collect();
    let points = d.request.iter().flat_map(OpenRequest::in_words);
    let answer = |(item, _)| ItemAnswer {
        item, text: "Đã ghi đủ nơi cư trú và số giấy tờ.".into(), files: Vec::new()
    };
    Command::Supplement { components, answers: points.map(answer).collect(), received_at: None }
}
