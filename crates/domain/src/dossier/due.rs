//! The deadlines that the clock owns: which moments of a dossier call for something, and whom they call (CLK-07, CLK-09).

use super::{Dossier, Law, Status, course, decide};
use crate::{
    catalogue::{Channel, Place},
    deadline::{TimeLimit, due_at},
    profile::{ApologyMoment, ApologyWriter, SupplementRoute},
    time::Instant,
};

macro_rules! kinds {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// What falls due.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum DueKind { $(#[doc = $doc] $variant),+ }
        impl DueKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The key used by the data base.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// What is told to whom it calls: Vietnamese, English.
            pub const fn words(self) -> (&'static str, &'static str) { match self { $(Self::$variant => ($vi, $en)),+ } }
        }
    };
}

kinds! {
    IntakeCheck "intake_check" "Quá hạn kiểm tra hồ sơ trực tuyến: xin mở và tiếp nhận ngay" "Online intake check overdue: open it and take it in now" "An online dossier must be checked (INT-06).";
    GuidanceExpiry "guidance_expiry" "Hết hạn hoàn thiện hồ sơ" "Guidance expired" "Guidance that nobody answered lapses.";
    SupplementWindow "supplement_window" "Hết thời hạn được yêu cầu bổ sung" "The window for a supplement request has ended" "No supplement may be asked any more (CLK-04).";
    StepDue "step_due" "Quá thời gian của bước: xin xử lý hoặc giải trình với lãnh đạo" "The step's time is over: act or explain to the head" "The step's own time is over (CLK-07).";
    ConsultationDue "consultation_due" "Cơ quan được lấy ý kiến chưa trả lời đúng hạn: xin đôn đốc, báo Trung tâm" "An opinion is overdue: urge the agency, tell the Centre" "An agency has not answered in time (ILK-05).";
    AgencyDue "agency_due" "Quá hạn cơ quan phải chuyển kết quả về Trung tâm: xin chuyển ngay để trả đúng hẹn" "The agency's own date is over: send the result to the Centre so that it is returned in time" "The agency's share of the limit is over (CLK-07).";
    PartDue "part_due" "Cơ quan phối hợp quá hạn phần việc: xin đôn đốc" "A participating agency is late: urge it" "The part of another agency is overdue (CLK-07).";
    NearDue "near_due" "Sắp đến hạn: xin ưu tiên xử lý" "Near due: please give it priority" "Little time is left (CLK-07).";
    ApologyDraft "apology_draft" "Có nguy cơ trễ hạn: nếu không kịp, xin lập phiếu xin lỗi và hẹn lại trước ngày hẹn ít nhất một ngày" "May be late: if so, apologise at least one day before the due date" "Time to write the apology so that D−1 can be kept (CLK-05).";
    Due "due" "Đã quá hạn: xin giải quyết ngay và ghi nguyên nhân" "Overdue: resolve it now and record the cause" "The due date has passed (CLK-08).";
    SupplementExpiry "supplement_expiry" "Hết hạn bổ sung hồ sơ" "Supplement expired" "A supplement that never came lapses.";
    SupplementSlip "supplement_slip" "Cơ quan đã chuyển phiếu yêu cầu bổ sung: xin trả phiếu cho người nộp" "The agency has sent a supplement request through the Centre: give it to the applicant" "Form 02 goes back through the Centre (VL 4.3d).";
    DateToAdjust "date_to_adjust" "Cơ quan đã xin lỗi và hẹn lại: xin điều chỉnh ngày hẹn và báo người nộp" "The agency has apologised: adjust the date and tell the applicant" "The Centre adjusts the date by the apology (VL 4.3e, QN 6.3).";
    Explained "explained" "Cơ quan đã giải trình chậm hạn: xin viết thư xin lỗi người nộp" "The agency has explained its lateness: write the apology" "The Centre apologises on the agency's explanation (HUE 3.3b).";
    PaymentWait "payment_wait" "Chưa nộp phí, lệ phí: xin liên hệ người nộp" "The fee is still unpaid: contact the applicant" "An unpaid fee is reminded.";
    SuspensionEnd "suspension_end" "Hết thời gian tạm dừng" "The suspension ends" "A suspended dossier goes on.";
    EarlyResult "early_result" "Có kết quả trước hạn: xin liên hệ mời người nộp đến nhận sớm" "Done early: invite the applicant to collect it early" "Done before the due date (CLK-09).";
    Unclaimed "unclaimed" "Kết quả chưa có người nhận: xin nhắc người nộp" "The result is unclaimed: remind the applicant" "A result waits for its owner (RES-03).";
}

impl DueKind {
    /// The system itself acts: something lapses or goes on.
    pub const fn acts(self) -> bool {
        matches!(self, Self::GuidanceExpiry | Self::SupplementExpiry | Self::SuspensionEnd)
    }
    /// Whom it calls.
    pub fn calls(self, d: &Dossier) -> &'static [Called] {
        // What lies with an agency in the Centre's stead is its own to hear about.
        if d.holder.as_ref().is_some_and(|h| h.centre.is_none()) {
            match self {
                Self::IntakeCheck => return &[Called::Agency, Called::Centre],
                Self::EarlyResult | Self::Unclaimed => return &[Called::Agency],
                _ => {}
            }
        }
        match self {
            Self::GuidanceExpiry | Self::SupplementExpiry | Self::SuspensionEnd => &[],
            Self::SupplementWindow => &[Called::Holder],
            Self::PartDue | Self::AgencyDue => &[Called::Holder, Called::Agency, Called::Centre],
            Self::StepDue | Self::ConsultationDue | Self::NearDue | Self::ApologyDraft => {
                &[Called::Holder, Called::Agency]
            }
            Self::Due => &[Called::Holder, Called::Agency, Called::Centre, Called::Province],
            Self::IntakeCheck
            | Self::SupplementSlip
            | Self::DateToAdjust
            | Self::Explained
            | Self::PaymentWait
            | Self::EarlyResult
            | Self::Unclaimed => &[Called::Centre],
        }
    }
}

/// Who is called: everybody whose work or answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// The officer who holds it in person.
    Holder,
    /// The heads of the agency.
    Agency,
    /// The centre that took it in.
    Centre,
    /// The province's leaders, where the profile reports to them (CLK-08).
    Province,
}

impl Called {
    /// The key used by the data base.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Agency => "agency",
            Self::Centre => "centre",
            Self::Province => "province",
        }
    }
}

/// One moment at which something falls due; its key is its own for ever, so that it fires once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueMoment {
    /// What.
    pub kind: DueKind,
    /// From what it follows: the same again is another one only after that has moved.
    pub from: Instant,
    /// Tells several of a kind apart.
    pub nth: u32,
    /// When.
    pub at: Instant,
}

impl DueMoment {
    /// Unique within the dossier.
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.kind.key(), self.from.millis(), self.nth)
    }
}

/// Every deadline that a dossier has now, past ones too. Pure: the same state and law give the same.
pub fn due_moments(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    let one = |kind, from, at| Some(DueMoment { kind, from, nth: 0, at });
    // "after its term" is one minute later: the last minute is still the applicant's.
    let over = |until: Instant| until.plus_millis(60_000);
    match d.status {
        Status::Submitted { at } if d.intake.channel == Channel::Online => {
            let limit = law.profile.online.check_limit;
            let at_last = limit.and_then(|limit| after(at, limit, law));
            at_last.and_then(|last| one(DueKind::IntakeCheck, at, over(last))).into_iter().collect()
        }
        Status::GuidanceRequested { at, until } => one(DueKind::GuidanceExpiry, at, over(until)).into_iter().collect(),
        Status::AwaitingSupplement { since, until } => {
            let through = law.profile.supplement.route == SupplementRoute::ThroughCentre;
            let slip = one(DueKind::SupplementSlip, since, since).filter(|_| through);
            one(DueKind::SupplementExpiry, since, over(until)).into_iter().chain(slip).collect()
        }
        Status::AwaitingPayment { since, until } => one(DueKind::PaymentWait, since, until).into_iter().collect(),
        Status::Suspended { since, until } => one(DueKind::SuspensionEnd, since, until).into_iter().collect(),
        Status::Accepted | Status::InProgress => running(d, law),
        Status::Decided { .. } if d.result.is_some() => waiting_for_its_owner(d, law),
        // CLK-10: the papers of a refused dossier wait for their owner like a result.
        Status::Refused { to_give_back: true, .. } => waiting_for_its_owner(d, law),
        _ => Vec::new(),
    }
}

fn after(from: Instant, limit: TimeLimit, law: &Law) -> Option<Instant> {
    due_at(from, limit, law.calendar, law.clock).ok().flatten()
}

fn running(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    let mut moments = branches(d);
    let mut add = |kind, from, at| moments.push(DueMoment { kind, from, nth: 0, at });
    if let Some(h) = &d.holder
        && let Some(minutes) = law.process.step(&h.step).and_then(|s| s.minutes)
        && let Ok(at) = law.calendar.plus_working_minutes(h.since, i64::from(minutes))
    {
        add(DueKind::StepDue, h.since, at.plus_millis(60_000));
    }
    let in_the_agency = course::step_of(d, law.process).is_some_and(|s| s.actor.place == Place::Agency);
    if let Some(at) = course::agency_due(d, law.process, law.calendar).filter(|_| in_the_agency) {
        add(DueKind::AgencyDue, at, at.plus_millis(60_000));
    }
    if d.status == Status::InProgress
        && d.supplements == 0
        && let Ok(Some(end)) = decide::window_ends(d, law)
    {
        add(DueKind::SupplementWindow, d.accepted_at.unwrap_or(end), end.plus_millis(60_000));
    }
    if let Some(appointed) = d.to_adjust() {
        add(DueKind::DateToAdjust, appointed.at, appointed.at);
    }
    if let Some(said) = d.explanation.as_ref().filter(|_| law.profile.apology.centre_told) {
        add(DueKind::Explained, said.at, said.at);
    }
    let (Some(start), Some(due)) = (d.accepted_at, d.due_at) else { return moments };
    add(DueKind::Due, due, due.plus_millis(60_000));
    let near = &law.profile.calendar.near_due;
    let day = law.calendar.ordinary_day_minutes();
    let whole = law.calendar.working_minutes_between(start, due);
    let lead = (whole * i64::from(near.percent) / 100).max(i64::from(near.working_days) * day);
    if let Some(at) = before(due, start, lead, law) {
        add(DueKind::NearDue, due, at);
    }
    let rules = &law.profile.apology;
    let drafted = rules.written_by == ApologyWriter::Agency && rules.moment == ApologyMoment::BeforeDue;
    if drafted
        && decide::may_re_appoint(d, law).is_ok()
        && let Some(at) = before(due, start, i64::from(rules.drafted_days_before) * day, law)
    {
        add(DueKind::ApologyDraft, due, at);
    }
    moments
}

/// What others were asked or were given to do, each with a date of its own.
fn branches(d: &Dossier) -> Vec<DueMoment> {
    let over = |due: Instant| due.plus_millis(60_000);
    let asked = d.links.consultations.iter().filter(|c| !c.is_answered() && c.reported_at.is_none());
    let asked = asked.map(|c| DueMoment { kind: DueKind::ConsultationDue, from: c.at, nth: c.id, at: over(c.due_at) });
    let parts =
        d.links.parts.iter().filter_map(|p| {
            Some(DueMoment { kind: DueKind::PartDue, from: p.since()?, nth: p.id, at: over(p.due_at) })
        });
    asked.chain(parts).collect()
}

/// So much working time before the due date; none where the whole limit is no longer than that.
fn before(due: Instant, start: Instant, lead: i64, law: &Law) -> Option<Instant> {
    let whole = law.calendar.working_minutes_between(start, due);
    if whole <= lead {
        return None;
    }
    law.calendar.plus_working_minutes(start, whole - lead).ok()
}

fn waiting_for_its_owner(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    let Some(holder) = &d.holder else { return Vec::new() };
    let since = holder.since;
    let early = d.result.is_some() && d.due_at.is_some_and(|due| since.day() < due.day());
    let reminders = law.profile.returning.unclaimed_reminders.iter().zip(1..);
    let mut moments: Vec<_> = reminders
        .filter_map(|(days, nth)| {
            let at = after(since, TimeLimit::WorkingDays(*days), law)?;
            Some(DueMoment { kind: DueKind::Unclaimed, from: since, nth, at })
        })
        .collect();
    if early {
        moments.push(DueMoment { kind: DueKind::EarlyResult, from: since, nth: 0, at: since });
    }
    moments
}
