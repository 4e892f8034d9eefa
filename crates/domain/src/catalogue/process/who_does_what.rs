//! The process that a procedure has until its own is approved.

use super::{Actor, DAY_MINUTES, Place, Process, Step, StepKind};
use crate::{
    catalogue::Flags,
    deadline::TimeLimit,
    profile::{Level, OnTheSpotKind},
};

/// Guaranteed working minutes of a same-day procedure: received just before the 15:00 cut-off, due at 17:00.
const SAME_DAY_MINUTES: u32 = 2 * 60;

/// Working minutes of an ordinary day's sessions, 07:30–11:30 and 13:30–17:00: half an hour less than the 8 hours by which
/// decisions count a day. The default process is cut to these, so that its steps end inside the limit on a real calendar.
const SESSION_MINUTES: u32 = 450;

/// Working minutes that `limit` contains, at 8 hours a day as approving decisions count; `None` without a limit.
///
/// Calendar days and months count for the fewest working days they can hold short of a long holiday; one day at least.
pub fn working_minutes(limit: TimeLimit) -> Option<u32> {
    minutes_at(limit, DAY_MINUTES)
}

fn minutes_at(limit: TimeLimit, day: u32) -> Option<u32> {
    match limit {
        TimeLimit::WorkingHours(n) => Some(n.saturating_mul(60)),
        TimeLimit::WorkingDays(n) => Some(n.saturating_mul(day)),
        TimeLimit::CalendarDays(n) => Some((n.saturating_mul(5) / 7).max(1).saturating_mul(day)),
        TimeLimit::Months(n) => Some(n.saturating_mul(20 * day)),
        TimeLimit::SameDay => Some(SAME_DAY_MINUTES),
        TimeLimit::None => None,
    }
}

struct Shape {
    /// Its word is the step's key as well.
    kind: StepKind,
    name_vi: &'static str,
    name_en: &'static str,
    place: Place,
    roles: &'static [&'static str],
    /// Share of the limit in percent; together no more than 100, and appraisal gets what the others leave.
    percent: u32,
    /// No more than this however long the limit is, in working minutes: intake and return do not grow with it.
    at_most: u32,
}

const AT_PROVINCE: [Shape; 6] = [
    intake(&["intake_officer", "post_employee"]),
    assign(&["unit_head"]),
    APPRAISE,
    APPROVE,
    ISSUE,
    give(&["return_desk"]),
];

// A commune's centre has no return desk of its own, and its leader may assign directly.
const AT_COMMUNE: [Shape; 6] = [
    intake(&["intake_officer"]),
    assign(&["unit_head", "agency_leader"]),
    APPRAISE,
    APPROVE,
    ISSUE,
    give(&["return_desk", "intake_officer"]),
];

/// "4 tại chỗ" (DN 13.2a), "quy trình bốn bước" (QN 5.4c): taken in, appraised, approved and returned at the Centre. Its officers
/// there appraise; whoever leads the agency, or is delegated to, approves there.
const ON_THE_SPOT: [Shape; 4] = [
    intake(&["intake_officer", "post_employee"]),
    Shape { place: Place::Centre, roles: &["specialist", "intake_officer"], ..APPRAISE },
    Shape { place: Place::Centre, ..APPROVE },
    give(&["return_desk"]),
];

const fn intake(roles: &'static [&'static str]) -> Shape {
    let (name_vi, name_en) = ("Tiếp nhận và chuyển hồ sơ", "Intake and transfer");
    Shape { kind: StepKind::Intake, name_vi, name_en, place: Place::Centre, roles, percent: 10, at_most: 240 }
}
const fn assign(roles: &'static [&'static str]) -> Shape {
    let (name_vi, name_en) = ("Phân công xử lý", "Assignment");
    Shape { kind: StepKind::Assign, name_vi, name_en, place: Place::Agency, roles, percent: 10, at_most: 480 }
}
const APPRAISE: Shape = Shape {
    kind: StepKind::Appraise,
    name_vi: "Thẩm định hồ sơ",
    name_en: "Appraisal",
    place: Place::Agency,
    roles: &["specialist"],
    percent: 50,
    at_most: u32::MAX,
};
const APPROVE: Shape = Shape {
    kind: StepKind::Approve,
    name_vi: "Phê duyệt",
    name_en: "Approval",
    place: Place::Agency,
    roles: &["agency_leader"],
    percent: 15,
    at_most: 2 * DAY_MINUTES,
};
const ISSUE: Shape = Shape {
    kind: StepKind::Issue,
    name_vi: "Vào số, đóng dấu, phát hành",
    name_en: "Registration and issue",
    place: Place::Agency,
    roles: &["clerk"],
    percent: 5,
    at_most: 240,
};
const fn give(roles: &'static [&'static str]) -> Shape {
    let (name_vi, name_en) = ("Trả kết quả", "Return of the result");
    Shape { kind: StepKind::Return, name_vi, name_en, place: Place::Centre, roles, percent: 10, at_most: 240 }
}

/// The process that a procedure has until its own is approved: on the spot where the catalogue says so and the province's
/// regulation knows it (CAT-05, FLW-04); a commune's leader works where its desk is, so nothing differs there.
pub fn first_process(level: Level, limit: TimeLimit, flags: &Flags, kind: OnTheSpotKind) -> Process {
    let on_the_spot = flags.on_the_spot && kind != OnTheSpotKind::None && level == Level::Province;
    if on_the_spot { cut(&ON_THE_SPOT, limit) } else { default_process(level, limit) }
}

/// Intake → assignment → appraisal → approval → issue → return, cut to `limit`: the steps together never exceed it.
/// What the short steps do not need goes to appraisal.
pub fn default_process(level: Level, limit: TimeLimit) -> Process {
    match level {
        Level::Province => cut(&AT_PROVINCE, limit),
        Level::Commune => cut(&AT_COMMUNE, limit),
    }
}

fn cut(shapes: &[Shape], limit: TimeLimit) -> Process {
    let allowed = minutes_at(limit, SESSION_MINUTES);
    Process { steps: shapes.iter().map(|shape| step(shape, allowed, shapes)).collect(), participants: Vec::new() }
}

fn step(shape: &Shape, allowed: Option<u32>, all: &[Shape]) -> Step {
    let minutes = allowed.map(|total| match shape.kind {
        StepKind::Appraise => {
            let others = all.iter().filter(|s| s.kind != StepKind::Appraise).map(|s| share(s, total));
            total.saturating_sub(others.sum())
        }
        _ => share(shape, total),
    });
    Step {
        key: shape.kind.as_str().to_owned(),
        kind: shape.kind,
        name_vi: shape.name_vi.to_owned(),
        name_en: shape.name_en.to_owned(),
        actor: Actor {
            place: shape.place,
            roles: shape.roles.iter().map(|r| (*r).to_owned()).collect(),
            agency: None,
            unit: None,
        },
        minutes,
        transitions: Vec::new(),
    }
}

fn share(shape: &Shape, total: u32) -> u32 {
    // Divided first: a limit of many months must not overflow.
    (total / 100 * shape.percent + total % 100 * shape.percent / 100).min(shape.at_most)
}
