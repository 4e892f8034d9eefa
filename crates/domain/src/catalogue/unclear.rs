//! An unclear point of a procedure, asked by the counter before anything is taken in and closed by an agreed answer (INT-12;
//! VL 7.1); where several agencies must agree, a meeting that the Centre chairs (VL 7.2). Pure.

mod refusal;
#[cfg(test)]
mod tests;

pub use refusal::UnclearRefusal;

use crate::{
    accounts::{Role, Who},
    id::Id,
    keyed::keyed,
    people::{Agency, Centre},
    time::Instant,
};
use serde::{Deserialize, Serialize};

keyed! {
    /// Where an unclear case stands.
    UnclearStage {
        Open "open" "Chờ cơ quan trả lời" "Awaiting an answer" "Nobody has answered.";
        Answered "answered" "Đã có trả lời, chờ thống nhất" "Answered, not agreed yet" "An answer waits for the Centre's word.";
        Agreed "agreed" "Đã thống nhất" "Agreed" "The answer is agreed and kept with the procedure.";
        Dropped "dropped" "Đã đóng, không cần trả lời" "Closed without an answer" "Closed with a reason and without an answer.";
    }
}

impl UnclearStage {
    /// Something can still be said.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Answered)
    }
}

keyed! {
    /// One line of the thread.
    UnclearLine {
        Say "say" "Trao đổi" "Message" "Something was said.";
        Answer "answer" "Trả lời" "Answer" "An agency's answer.";
        Invite "invite" "Mời thêm cơ quan" "Another agency invited" "Another agency was asked as well.";
        Meet "meet" "Biên bản họp" "Record of a meeting" "Several agencies met and concluded.";
        Agree "agree" "Thống nhất" "Agreed" "The Centre agrees to the answer.";
        Drop "drop" "Đóng" "Closed" "The Centre closes it without an answer.";
    }
}

/// An unclear case, as far as the rules ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclearCase {
    /// The centre that asks.
    pub centre: Id<Centre>,
    /// The agencies that are asked.
    pub asked: Vec<Id<Agency>>,
    /// Where it stands.
    pub stage: UnclearStage,
}

/// A meeting of several agencies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// When it was held.
    pub at: Instant,
    /// Where.
    pub place: String,
    /// Who took part: name, and agency or capacity after a comma.
    pub participants: Vec<String>,
}

/// What is asked to be done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnclearAct {
    /// Say something.
    Say(String),
    /// Answer for the own agency.
    Answer(String),
    /// Ask another agency as well.
    Invite(Id<Agency>),
    /// Record a meeting and what it concluded.
    Meet(Meeting, String),
    /// Agree to the answer: it is kept with the procedure.
    Agree,
    /// Close it without an answer.
    Drop(String),
}

impl UnclearAct {
    /// The line that it writes.
    pub const fn line(&self) -> UnclearLine {
        match self {
            Self::Say(_) => UnclearLine::Say,
            Self::Answer(_) => UnclearLine::Answer,
            Self::Invite(_) => UnclearLine::Invite,
            Self::Meet(..) => UnclearLine::Meet,
            Self::Agree => UnclearLine::Agree,
            Self::Drop(_) => UnclearLine::Drop,
        }
    }
    /// What is said, in words.
    pub fn text(&self) -> &str {
        match self {
            Self::Say(text) | Self::Answer(text) | Self::Meet(_, text) | Self::Drop(text) => text.trim(),
            Self::Invite(_) | Self::Agree => "",
        }
    }
}

/// Speaks for the Centre: its counters, its management and supervision.
pub fn of_the_centre(who: &Who, centre: Id<Centre>) -> bool {
    let speaks = |r: Role| {
        r.takes_in()
            || matches!(r, Role::CentreDirector | Role::CentreDeputy | Role::Supervisor | Role::ProcedureControl)
    };
    who.centre == Some(centre) && who.any(speaks)
}

fn of_an_agency(who: &Who, case: &UnclearCase) -> bool {
    who.any(Role::works_in_agency) && case.asked.contains(&who.agency)
}

/// Whether an officer reads the thread: both sides, and those who supervise the province.
pub fn reads_unclear(who: &Who, case: &UnclearCase) -> bool {
    of_the_centre(who, case.centre) || of_an_agency(who, case) || who.any(Role::reads_province)
}

/// A new case: by a counter of the centre, to at least one agency, in words.
pub fn ask_unclear(who: &Who, question: &str, asked: &[Id<Agency>]) -> Result<UnclearCase, UnclearRefusal> {
    let centre = who.centre.filter(|_| who.any(Role::takes_in)).ok_or(UnclearRefusal::NotYours)?;
    if question.trim().is_empty() {
        return Err(UnclearRefusal::NothingSaid);
    }
    if asked.is_empty() {
        return Err(UnclearRefusal::Nobody);
    }
    Ok(UnclearCase { centre, asked: asked.to_vec(), stage: UnclearStage::Open })
}

/// The acts that an officer may do now: only these forms are shown, only these succeed.
pub fn may_do(who: &Who, case: &UnclearCase, line: UnclearLine) -> bool {
    let (centre, agency) = (of_the_centre(who, case.centre), of_an_agency(who, case));
    case.stage.is_open()
        && match line {
            UnclearLine::Say => centre || agency,
            UnclearLine::Answer => agency,
            UnclearLine::Invite | UnclearLine::Drop => centre,
            UnclearLine::Meet => centre && case.asked.len() > 1,
            UnclearLine::Agree => centre && case.stage == UnclearStage::Answered,
        }
}

/// Where the case stands after this, or why not.
pub fn decide_unclear(
    who: &Who,
    case: &UnclearCase,
    act: &UnclearAct,
    now: Instant,
) -> Result<UnclearStage, UnclearRefusal> {
    if !may_do(who, case, act.line()) {
        return Err(match act {
            _ if !of_the_centre(who, case.centre) && !of_an_agency(who, case) => UnclearRefusal::NotYours,
            _ if !case.stage.is_open() => UnclearRefusal::Closed,
            UnclearAct::Meet(..) if of_the_centre(who, case.centre) => UnclearRefusal::OneAgencyOnly,
            UnclearAct::Agree if of_the_centre(who, case.centre) => UnclearRefusal::NoAnswerYet,
            _ => UnclearRefusal::NotYours,
        });
    }
    match act {
        UnclearAct::Invite(agency) if case.asked.contains(agency) => Err(UnclearRefusal::AskedAlready),
        UnclearAct::Meet(meeting, _) if !whole(meeting, now) => Err(UnclearRefusal::MeetingIncomplete),
        UnclearAct::Invite(_) => Ok(case.stage),
        UnclearAct::Agree => Ok(UnclearStage::Agreed),
        said if said.text().is_empty() => Err(UnclearRefusal::NothingSaid),
        UnclearAct::Say(_) => Ok(case.stage),
        UnclearAct::Answer(_) | UnclearAct::Meet(..) => Ok(UnclearStage::Answered),
        UnclearAct::Drop(_) => Ok(UnclearStage::Dropped),
    }
}

/// VL 7.2: held already, with place and at least two who took part.
fn whole(m: &Meeting, now: Instant) -> bool {
    m.at <= now && !m.place.trim().is_empty() && m.participants.iter().filter(|p| !p.trim().is_empty()).count() > 1
}
