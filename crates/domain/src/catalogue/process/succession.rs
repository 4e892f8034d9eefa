//! Processes when agencies are merged, split or closed (CAT-04, CAT-07): what an agency does in a process, and the same process
//! in the hands of whoever took over.

use super::{Participant, Process, ProcessScope, Step};
use crate::{id::Id, lists::AgencyChangeKind, people::Agency};

/// What an agency has to do with a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Involvement {
    /// It was drawn for the dossiers of this agency.
    pub is_own: bool,
    /// A step names the agency and one of its units: no unit of another agency stands for it.
    pub has_unit: bool,
}

impl Involvement {
    /// What `agency` does in a process of this scope; `None` when it does nothing there.
    pub fn of(process: &Process, scope: &ProcessScope, agency: Id<Agency>) -> Option<Self> {
        let steps = || process.steps.iter().filter(|s| s.actor.agency == Some(agency));
        let takes_part = process.participants.iter().any(|p| p.agency == agency) || steps().next().is_some();
        let found = Self { is_own: scope.agency == Some(agency), has_unit: steps().any(|s| s.actor.unit.is_some()) };
        (found.is_own || takes_part).then_some(found)
    }
}

/// What becomes of a process when an agency in it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Its dossiers come to the heir from now on, and no decision approved this process for the heir.
    Lapses,
    /// Its dossiers come to nobody any more.
    Ends,
    /// It goes on for the agency that stays; the new one has none of its own yet.
    StaysWithBoth,
    /// What the agency did in it falls to the heir at once.
    FallsToHeir,
    /// Somebody is named in it for whom nobody stands: a new version is needed.
    NeedsNewVersion,
}

impl Fate {
    /// What becomes of a process in which the changed agency is so `involved`; `None` when the change leaves it alone.
    pub const fn of(kind: AgencyChangeKind, involved: Involvement) -> Option<Self> {
        match kind {
            AgencyChangeKind::Split if involved.is_own => Some(Self::StaysWithBoth),
            // What it did for others it goes on doing.
            AgencyChangeKind::Split | AgencyChangeKind::Rename | AgencyChangeKind::Reopen => None,
            AgencyChangeKind::Merge if involved.is_own => Some(Self::Lapses),
            AgencyChangeKind::Merge if involved.has_unit => Some(Self::NeedsNewVersion),
            AgencyChangeKind::Merge => Some(Self::FallsToHeir),
            AgencyChangeKind::Close if involved.is_own => Some(Self::Ends),
            AgencyChangeKind::Close => Some(Self::NeedsNewVersion),
        }
    }
    /// Somebody at the Centre must still do something about it.
    pub const fn waits_for_somebody(self) -> bool {
        !matches!(self, Self::FallsToHeir)
    }
    /// In words for the page of the change, Vietnamese then English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Lapses => (
                "Hết áp dụng cho hồ sơ mới. Hồ sơ mới của cơ quan nhận sáp nhập đi theo quy trình của cơ quan đó hoặc quy trình mặc định, đến khi bản chuyển sang được phê duyệt và công bố. Hồ sơ đang giải quyết giữ quy trình này.",
                "Ends for new dossiers. Those of the agency that takes over follow its own process or the default one until the copy is approved and published. Running dossiers keep this process.",
            ),
            Self::Ends => (
                "Hết áp dụng: không có cơ quan nào kế thừa. Hồ sơ đang giải quyết giữ quy trình này.",
                "Ends: no agency takes over. Running dossiers keep this process.",
            ),
            Self::StaysWithBoth => (
                "Tiếp tục áp dụng cho cơ quan cũ. Hồ sơ của cơ quan mới đi theo quy trình mặc định, đến khi bản chuyển sang được phê duyệt và công bố.",
                "Goes on for the old agency. Dossiers of the new one follow the default process until the copy is approved and published.",
            ),
            Self::FallsToHeir => (
                "Tiếp tục áp dụng; phần việc của cơ quan này chuyển ngay sang cơ quan nhận sáp nhập.",
                "Goes on; what this agency did in it falls to the agency that takes over at once.",
            ),
            Self::NeedsNewVersion => (
                "Có bước hoặc phần phối hợp không còn ai làm. Cần lập bản mới, phê duyệt và công bố.",
                "A step or part in it has nobody any more. A new version must be drawn, approved and published.",
            ),
        }
    }
}

impl Process {
    /// The same process with every agency that `heir` knows replaced by the agency that took over; `None` when nothing
    /// changes. A step that names a unit stays: the heir has no such unit.
    pub fn with_heirs(&self, heir: impl Fn(Id<Agency>) -> Option<Id<Agency>>) -> Option<Self> {
        let step = |s: &Step| {
            let mut s = s.clone();
            if s.actor.unit.is_none() {
                s.actor.agency = s.actor.agency.map(|a| heir(a).unwrap_or(a));
            }
            s
        };
        let now =
            Self { steps: self.steps.iter().map(step).collect(), participants: inherited(&self.participants, &heir) };
        (now != *self).then_some(now)
    }

    /// A copy for `to`, which took over from `from`: a draft that a decision must approve. Its steps name no unit of the old
    /// agency, because the heir has units of its own.
    #[must_use]
    pub fn carried_over(&self, from: Id<Agency>, to: Id<Agency>) -> Self {
        let mut copy = self.clone();
        for step in copy.steps.iter_mut().filter(|s| s.actor.agency == Some(from)) {
            step.actor.agency = Some(to);
            step.actor.unit = None;
        }
        copy.participants = inherited(&copy.participants, &|a| (a == from).then_some(to));
        copy
    }
}

impl ProcessScope {
    /// The scope of a copy for `to`, which took over from `from`.
    #[must_use]
    pub fn carried_over(&self, from: Id<Agency>, to: Id<Agency>) -> Self {
        let agency = self.agency.map(|a| if a == from { to } else { a });
        Self { agency, ..self.clone() }
    }
}

/// Two parts that come into one hand become one part: both works, the times of both one after the other, and whoever waited
/// for either waits for it.
fn inherited(parts: &[Participant], heir: &dyn Fn(Id<Agency>) -> Option<Id<Agency>>) -> Vec<Participant> {
    let now = |agency: Id<Agency>| heir(agency).unwrap_or(agency);
    let mut all: Vec<Participant> = Vec::with_capacity(parts.len());
    for part in parts {
        let agency = now(part.agency);
        // Nobody waits for the own work.
        let after = part.after.map(now).filter(|a| *a != agency);
        match all.iter_mut().find(|known| known.agency == agency) {
            Some(known) => {
                known.work = format!("{}; {}", known.work, part.work);
                known.minutes = known.minutes.zip(part.minutes).map(|(a, b)| a.saturating_add(b));
                known.after = known.after.or(after);
            }
            None => all.push(Participant { agency, work: part.work.clone(), minutes: part.minutes, after }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue::default_process, deadline::TimeLimit, profile::Level};

    const OLD: Id<Agency> = Id::new(1);
    const HEIR: Id<Agency> = Id::new(2);
    const THIRD: Id<Agency> = Id::new(3);

    fn part(agency: Id<Agency>, minutes: u32, after: Option<Id<Agency>>) -> Participant {
        Participant { agency, work: format!("việc của {agency}"), minutes: Some(minutes), after }
    }

    fn process(participants: Vec<Participant>) -> Process {
        Process { participants, ..default_process(Level::Province, TimeLimit::WorkingDays(5)) }
    }

    fn involved(process: &Process, scope: &ProcessScope) -> Involvement {
        Involvement::of(process, scope, OLD).unwrap()
    }

    #[test]
    fn cat_07_a_merger_ends_what_was_drawn_for_the_agency_and_passes_on_what_it_does_for_others() {
        let own = ProcessScope { agency: Some(OLD), ..ProcessScope::default() };
        let (plain, all) = (process(Vec::new()), ProcessScope::default());
        assert_eq!(Involvement::of(&plain, &all, OLD), None);
        let drawn = involved(&plain, &own);
        assert_eq!(Fate::of(AgencyChangeKind::Merge, drawn), Some(Fate::Lapses));
        assert_eq!(Fate::of(AgencyChangeKind::Split, drawn), Some(Fate::StaysWithBoth));
        assert_eq!(Fate::of(AgencyChangeKind::Close, drawn), Some(Fate::Ends));
        assert_eq!(Fate::of(AgencyChangeKind::Rename, drawn), None);
        let beside = involved(&process(vec![part(OLD, 60, None)]), &all);
        assert_eq!(Fate::of(AgencyChangeKind::Merge, beside), Some(Fate::FallsToHeir));
        assert_eq!(Fate::of(AgencyChangeKind::Split, beside), None);
        assert_eq!(Fate::of(AgencyChangeKind::Close, beside), Some(Fate::NeedsNewVersion));
        let mut named = plain.clone();
        named.steps[2].actor.agency = Some(OLD);
        assert_eq!(Fate::of(AgencyChangeKind::Merge, involved(&named, &all)), Some(Fate::FallsToHeir));
        named.steps[2].actor.unit = Some(Id::new(9));
        assert_eq!(Fate::of(AgencyChangeKind::Merge, involved(&named, &all)), Some(Fate::NeedsNewVersion));
    }

    #[test]
    fn ilk_01_the_parts_of_an_ended_agency_fall_to_its_heir_and_two_in_one_hand_become_one() {
        let heirs = |a: Id<Agency>| (a == OLD).then_some(HEIR);
        assert_eq!(process(vec![part(THIRD, 60, None)]).with_heirs(heirs), None);
        let alone = process(vec![part(THIRD, 60, Some(OLD)), part(OLD, 30, None)]).with_heirs(heirs).unwrap();
        assert_eq!((alone.participants[1].agency, alone.participants[0].after), (HEIR, Some(HEIR)));
        let both = process(vec![part(HEIR, 60, Some(OLD)), part(OLD, 30, Some(THIRD)), part(THIRD, 10, None)]);
        let both = both.with_heirs(heirs).unwrap().participants;
        assert_eq!((both.len(), both[0].agency, both[0].minutes, both[0].after), (2, HEIR, Some(90), Some(THIRD)));
        assert_eq!(both[0].work, "việc của 2; việc của 1");
    }

    #[test]
    fn cat_04_a_step_falls_to_the_heir_unless_it_names_a_unit_and_a_copy_for_the_heir_names_none() {
        let heirs = |a: Id<Agency>| (a == OLD).then_some(HEIR);
        let mut drawn = process(Vec::new());
        drawn.steps[2].actor.agency = Some(OLD);
        assert_eq!(drawn.with_heirs(heirs).unwrap().steps[2].actor.agency, Some(HEIR));
        drawn.steps[2].actor.unit = Some(Id::new(9));
        assert_eq!(drawn.with_heirs(heirs), None);
        let copy = drawn.carried_over(OLD, HEIR);
        assert_eq!((copy.steps[2].actor.agency, copy.steps[2].actor.unit), (Some(HEIR), None));
        let own = ProcessScope { agency: Some(OLD), ..ProcessScope::default() };
        assert_eq!(own.carried_over(OLD, HEIR).agency, Some(HEIR));
        assert_eq!(ProcessScope::default().carried_over(OLD, HEIR).agency, None);
    }
}
