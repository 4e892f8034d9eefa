//! One officer acts for another: during an absence (FLW-07, STF-02), or by a decision that delegates approval.

use super::{Role, Who};
use crate::{
    deadline::{Calendar, ClockRules, TimeLimit, due_at},
    id::Id,
    people::Officer,
    time::{Instant, day_text},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A time in which a backup acts for an officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// Its row.
    pub id: Id<StandIn>,
    /// Why.
    pub kind: StandInKind,
    /// For whom.
    pub officer: Id<Officer>,
    /// Who acts.
    pub backup: Id<Officer>,
    /// From when.
    pub from: Instant,
    /// Until when; from then on the rights are back.
    pub to: Instant,
    /// The reason in words.
    pub reason: String,
    /// The absence could not be foreseen.
    pub sudden: bool,
    /// The decision that delegates.
    pub decision: Option<(String, Date)>,
    /// When it was ended before its time.
    pub ended_at: Option<Instant>,
}

/// Why somebody acts for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandInKind {
    /// The officer is away: inbox and rights move to the backup for that time, and come back.
    Absence,
    /// A leader delegates approval; the own right stays.
    Delegation,
}

impl StandInKind {
    /// The key used by the data base and the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Absence => "absence",
            Self::Delegation => "delegation",
        }
    }
    /// The kind of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Absence, Self::Delegation].into_iter().find(|k| k.key() == key)
    }
}

impl StandIn {
    /// It holds at this moment.
    pub fn is_active(&self, now: Instant) -> bool {
        self.from <= now && now < self.to && self.ended_at.is_none_or(|ended| now < ended)
    }
    fn overlaps(&self, other: &Self) -> bool {
        self.ended_at.is_none() && self.from < other.to && other.from < self.to
    }
}

/// As whom an officer may act at this moment: as oneself unless absent, and as everybody for whom one stands in. A stand-in
/// is not handed on: who acts for an absent backup acts for that backup alone.
pub fn identities(who: &Who, now: Instant, all: &[StandIn], find: impl Fn(Id<Officer>) -> Option<Who>) -> Vec<Who> {
    let mut list = Vec::new();
    if absence_of(who.officer, now, all).is_none() {
        list.push(who.clone());
    }
    for stand_in in all.iter().filter(|s| s.backup == who.officer && s.is_active(now)) {
        let Some(mut other) = find(stand_in.officer) else { continue };
        if stand_in.kind == StandInKind::Delegation {
            other.roles.retain(|r| *r == Role::AgencyLeader);
        }
        list.push(other);
    }
    list
}

/// The absence in which an officer is at this moment.
pub fn absence_of(officer: Id<Officer>, now: Instant, all: &[StandIn]) -> Option<&StandIn> {
    all.iter().find(|s| s.kind == StandInKind::Absence && s.officer == officer && s.is_active(now))
}

/// Why a stand-in cannot be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandInFault {
    /// It ends before it begins, or has ended already.
    Backwards,
    /// Nobody stands in for oneself.
    Oneself,
    /// The backup works elsewhere, or could not see what the officer sees.
    OtherPlace,
    /// The backup is away at that time.
    BackupAway,
    /// The officer has a backup for that time already.
    Twice,
    /// It must be announced so many working days ahead (DN 4.4).
    TooLate {
        /// The first day it could begin.
        first: Date,
    },
    /// Only approval is delegated, by somebody who approves.
    NotALeader,
    /// A delegation needs its decision.
    NoDecision,
    /// The reason is missing.
    NoReason,
}

impl StandInFault {
    /// The field to blame.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Backwards => "to",
            Self::TooLate { .. } | Self::Twice => "from",
            Self::Oneself | Self::OtherPlace | Self::BackupAway => "backup",
            Self::NotALeader => "officer",
            Self::NoDecision => "decision",
            Self::NoReason => "reason",
        }
    }
    /// What is wrong and what to do, Vietnamese then English.
    pub fn words(&self) -> (String, String) {
        let said = |vi: &str, en: &str| (vi.to_owned(), en.to_owned());
        match self {
            Self::Backwards => said(
                "Thời điểm kết thúc phải sau thời điểm bắt đầu và sau lúc này.",
                "It must end after it begins, and after now.",
            ),
            Self::Oneself => said("Người thay phải là người khác.", "The backup must be somebody else."),
            Self::OtherPlace => said(
                "Người thay phải cùng cơ quan, cùng trung tâm và xem được các hồ sơ như người vắng mặt.",
                "The backup must work in the same agency and centre and read the same dossiers.",
            ),
            Self::BackupAway => said(
                "Người được chọn cũng vắng mặt trong thời gian này. Xin chọn người khác.",
                "The chosen officer is away at that time, too. Choose another.",
            ),
            Self::Twice => said(
                "Thời gian này đã có người thay. Xin kết thúc lần trước rồi nhập lại.",
                "Somebody stands in for this time already. End that first.",
            ),
            Self::TooLate { first } => (
                format!(
                    "Vắng mặt phải báo trước; sớm nhất là ngày {}. Nếu đột xuất, xin đánh dấu đột xuất.",
                    day_text(*first)
                ),
                format!(
                    "An absence must be announced ahead; the first possible day is {}. If it is sudden, mark it so.",
                    day_text(*first)
                ),
            ),
            Self::NotALeader => {
                said("Chỉ lãnh đạo cơ quan mới ủy quyền phê duyệt được.", "Only an agency's leader delegates approval.")
            }
            Self::NoDecision => said(
                "Xin ghi số và ngày của quyết định ủy quyền.",
                "Give the number and date of the delegating decision.",
            ),
            Self::NoReason => said("Xin ghi lý do.", "Give the reason."),
        }
    }
}

/// Whether a stand-in may be entered. `notice` is the profile's number of working days ahead.
pub fn check(
    new: &StandIn,
    officer: &Who,
    backup: &Who,
    all: &[StandIn],
    notice: Option<u32>,
    (now, calendar, clock): (Instant, &Calendar, &ClockRules),
) -> Result<(), StandInFault> {
    if new.to <= new.from || new.to <= now {
        return Err(StandInFault::Backwards);
    }
    if officer.officer == backup.officer {
        return Err(StandInFault::Oneself);
    }
    if backup.agency != officer.agency || backup.centre != officer.centre || backup.scope() != officer.scope() {
        return Err(StandInFault::OtherPlace);
    }
    if all.iter().any(|s| s.kind == StandInKind::Absence && s.officer == backup.officer && s.overlaps(new)) {
        return Err(StandInFault::BackupAway);
    }
    if all.iter().any(|s| s.kind == new.kind && s.officer == officer.officer && s.overlaps(new)) {
        return Err(StandInFault::Twice);
    }
    match new.kind {
        StandInKind::Delegation if !officer.is(Role::AgencyLeader) => Err(StandInFault::NotALeader),
        StandInKind::Delegation if new.decision.is_none() => Err(StandInFault::NoDecision),
        StandInKind::Delegation => Ok(()),
        StandInKind::Absence if new.reason.trim().is_empty() => Err(StandInFault::NoReason),
        StandInKind::Absence => announced(new, notice, now, calendar, clock),
    }
}

fn announced(
    new: &StandIn,
    notice: Option<u32>,
    now: Instant,
    calendar: &Calendar,
    clock: &ClockRules,
) -> Result<(), StandInFault> {
    let Some(days) = notice.filter(|_| !new.sudden) else { return Ok(()) };
    let first = due_at(now, TimeLimit::WorkingDays(days), calendar, clock).ok().flatten().map(Instant::day);
    match first {
        Some(first) if new.from.day() < first => Err(StandInFault::TooLate { first }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::{HolidayRules, WorkingWeek, default_sessions};

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }
    fn who(officer: i64, roles: &[Role]) -> Who {
        Who { officer: Id::new(officer), agency: Id::new(1), unit: Id::new(2), centre: None, roles: roles.to_vec() }
    }
    fn stand_in(kind: StandInKind) -> StandIn {
        StandIn {
            id: Id::new(9),
            kind,
            officer: Id::new(1),
            backup: Id::new(2),
            from: at("2025-10-10T07:30"),
            to: at("2025-10-14T17:00"),
            reason: "Nghỉ phép".into(),
            sudden: false,
            decision: None,
            ended_at: None,
        }
    }
    fn calendar() -> Calendar {
        let (week, rules) = (WorkingWeek::default(), HolidayRules::default());
        Calendar::from_rules(1, week, default_sessions(), &rules, [], 2025..=2026).unwrap()
    }
    fn checked(
        new: &StandIn,
        officer: &Who,
        backup: &Who,
        all: &[StandIn],
        notice: Option<u32>,
    ) -> Result<(), StandInFault> {
        let calendar = calendar();
        check(new, officer, backup, all, notice, (at("2025-10-06T08:00"), &calendar, &ClockRules::default()))
    }

    /// FLW-07: rights move for that time, and come back.
    #[test]
    fn flw_07_the_backup_acts_for_the_absent_officer_for_that_time_and_no_longer() {
        let (away, backup) = (who(1, &[Role::UnitHead]), who(2, &[Role::Specialist]));
        let all = [stand_in(StandInKind::Absence)];
        let find = |id: Id<Officer>| [&away, &backup].into_iter().find(|w| w.officer == id).cloned();
        let during = at("2025-10-13T09:00");
        assert_eq!(identities(&away, during, &all, find), []);
        assert_eq!(identities(&backup, during, &all, find), [backup.clone(), away.clone()]);
        for moment in ["2025-10-10T07:29", "2025-10-14T17:00"] {
            assert_eq!(identities(&away, at(moment), &all, find), std::slice::from_ref(&away), "{moment}");
            assert_eq!(identities(&backup, at(moment), &all, find), std::slice::from_ref(&backup), "{moment}");
        }
        let ended = [StandIn { ended_at: Some(at("2025-10-11T08:00")), ..stand_in(StandInKind::Absence) }];
        assert_eq!(identities(&away, during, &ended, find), std::slice::from_ref(&away));
    }

    #[test]
    fn flw_07_a_delegation_gives_approval_alone_and_leaves_the_leader_the_own_right() {
        let (leader, deputy) = (who(1, &[Role::AgencyLeader, Role::Clerk]), who(2, &[Role::Specialist]));
        let all = [stand_in(StandInKind::Delegation)];
        let find = |id: Id<Officer>| [&leader, &deputy].into_iter().find(|w| w.officer == id).cloned();
        let during = at("2025-10-13T09:00");
        assert_eq!(identities(&leader, during, &all, find).len(), 1);
        let acting = identities(&deputy, during, &all, find);
        assert_eq!(acting[1].roles, [Role::AgencyLeader]);
    }

    #[test]
    fn stf_02_an_absence_is_announced_ahead_unless_it_is_sudden() {
        let (away, backup) = (who(1, &[Role::Specialist]), who(2, &[Role::Specialist]));
        let new = StandIn { from: at("2025-10-08T07:30"), ..stand_in(StandInKind::Absence) };
        let first = jiff::civil::date(2025, 10, 9);
        assert_eq!(checked(&new, &away, &backup, &[], Some(3)), Err(StandInFault::TooLate { first }));
        assert_eq!(checked(&new, &away, &backup, &[], None), Ok(()));
        assert_eq!(checked(&StandIn { sudden: true, ..new }, &away, &backup, &[], Some(3)), Ok(()));
        assert_eq!(checked(&stand_in(StandInKind::Absence), &away, &backup, &[], Some(3)), Ok(()));
    }

    #[test]
    fn stf_02_the_backup_is_somebody_else_of_the_same_place_who_is_there() {
        let (away, backup) = (who(1, &[Role::Specialist]), who(2, &[Role::Specialist]));
        let new = stand_in(StandInKind::Absence);
        assert_eq!(checked(&new, &away, &away, &[], None), Err(StandInFault::Oneself));
        let elsewhere = Who { agency: Id::new(7), ..backup.clone() };
        assert_eq!(checked(&new, &away, &elsewhere, &[], None), Err(StandInFault::OtherPlace));
        let blind = who(2, &[Role::Receptionist]);
        assert_eq!(checked(&new, &away, &blind, &[], None), Err(StandInFault::OtherPlace));
        let backup_away = StandIn { officer: Id::new(2), backup: Id::new(3), ..new.clone() };
        assert_eq!(checked(&new, &away, &backup, &[backup_away], None), Err(StandInFault::BackupAway));
        assert_eq!(checked(&new, &away, &backup, std::slice::from_ref(&new), None), Err(StandInFault::Twice));
        let past = StandIn { from: at("2025-10-01T08:00"), to: at("2025-10-02T08:00"), ..new.clone() };
        assert_eq!(checked(&past, &away, &backup, &[], None), Err(StandInFault::Backwards));
    }

    #[test]
    fn flw_07_only_a_leader_delegates_and_only_by_a_decision() {
        let (leader, deputy) = (who(1, &[Role::AgencyLeader]), who(2, &[Role::Specialist]));
        let new = stand_in(StandInKind::Delegation);
        assert_eq!(checked(&new, &deputy, &leader, &[], None), Err(StandInFault::NotALeader));
        assert_eq!(checked(&new, &leader, &deputy, &[], None), Err(StandInFault::NoDecision));
        let decided = StandIn { decision: Some(("12/QĐ-UBND".into(), jiff::civil::date(2025, 10, 1))), ..new };
        assert_eq!(checked(&decided, &leader, &deputy, &[], None), Ok(()));
    }
}
