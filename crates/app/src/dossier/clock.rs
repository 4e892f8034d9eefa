//! The clock chip: what leads a row and stands at the head of a dossier.

use crate::{app::App, messages::Lang, reference::Reference};
use domain::{
    deadline::{Calendar, Level, NearDue, Remaining, remaining, remaining_of_part},
    dossier::{Dossier, Status, counted_from},
    time::Instant,
};

/// Icon, colour and words, always all three.
#[derive(Clone, Debug)]
pub struct Chip {
    /// `running`, `near`, `overdue`, `done`, `paused` or `plain`.
    pub state: &'static str,
    pub icon: &'static str,
    pub words: String,
}

/// What turns two moments into a chip: the working calendar, the profile's threshold, now, and the reader's language.
#[derive(Clone, Copy)]
pub struct Face<'a> {
    calendar: &'a Calendar,
    near: NearDue,
    now: Instant,
    lang: Lang,
}

impl<'a> Face<'a> {
    /// By the calendar of the centre that took it in.
    pub fn of(d: &Dossier, app: &App, reference: &'a Reference, now: Instant, lang: Lang) -> Self {
        let near = &app.profile.calendar.near_due;
        let near = NearDue { percent: u32::from(near.percent), working_days: near.working_days };
        Self { calendar: reference.calendar_of(d.intake.centre), near, now, lang }
    }
    /// A time inside the dossier's own: a step's, the agency's share, an opinion's, a part's (CLK-07).
    pub fn term(&self, start: Instant, due: Instant) -> Term {
        let left = remaining_of_part(self.now, start, due, self.calendar, &self.near);
        Term { due, chip: self.chip(left) }
    }
    fn chip(&self, left: Remaining) -> Chip {
        let (state, icon) = match left.level {
            Level::Running => ("running", "running"),
            Level::NearDue => ("near", "near"),
            Level::Overdue => ("overdue", "overdue"),
        };
        Chip { state, icon, words: if self.lang == Lang::En { left.text_en() } else { left.text_vi() } }
    }
}

/// A date of its own beside the dossier's, and how much of its time is left.
#[derive(Clone, Debug)]
pub struct Term {
    pub due: Instant,
    pub chip: Chip,
}

impl Term {
    /// The date has passed.
    pub fn is_late(&self) -> bool {
        self.chip.state == "overdue"
    }
}

impl Chip {
    /// The chip of a dossier at this moment.
    pub fn of(d: &Dossier, app: &App, reference: &Reference, now: Instant, lang: Lang) -> Self {
        let plain = |state, icon, vi: &str| Self { state, icon, words: lang.t(vi).to_owned() };
        let face = Face::of(d, app, reference, now, lang);
        match (&d.status, counted_from(d, face.calendar), d.due_at) {
            (Status::Accepted | Status::InProgress, Some(start), Some(due)) => {
                face.chip(remaining(now, start, due, face.calendar, &face.near))
            }
            (Status::Accepted | Status::InProgress, ..) => plain("running", "calendar", "không có ngày hẹn"),
            (Status::GuidanceRequested { .. }, ..) => plain("paused", "inbox", "chờ hoàn thiện hồ sơ"),
            (Status::AwaitingSupplement { .. }, ..) => plain("paused", "inbox", "chờ bổ sung hồ sơ"),
            (Status::AwaitingPayment { .. }, ..) => plain("paused", "inbox", "chờ nộp phí, lệ phí"),
            (Status::Suspended { .. }, ..) => plain("paused", "stopped", "đang tạm dừng"),
            (Status::Stopped { .. }, ..) => plain("plain", "stopped", "đã dừng giải quyết"),
            (Status::Withdrawn { .. }, ..) => plain("plain", "stopped", "đã rút hồ sơ"),
            (Status::Draft, ..) => plain("plain", "folder", "bản nháp"),
            (Status::Submitted { .. }, ..) => plain("paused", "inbox", "chờ tiếp nhận"),
            // Signed is not yet in the applicant's hands: the promise runs on (RES-01).
            (Status::Decided { .. }, _, Some(due)) if d.result.is_none() && now > due => {
                plain("overdue", "overdue", "quá ngày hẹn, chờ phát hành")
            }
            (Status::Decided { .. }, ..) if d.result.is_none() => plain("running", "stamp", "chờ phát hành"),
            (Status::Decided { .. }, ..) => plain("done", "done", "chờ trả kết quả"),
            (Status::Returned { .. }, ..) => plain("done", "done", "đã trả kết quả"),
            (Status::Refused { to_give_back: true, .. }, ..) => plain("plain", "stopped", "từ chối, chờ trả hồ sơ gốc"),
            (Status::Refused { .. }, ..) => plain("plain", "stopped", "đã từ chối"),
        }
    }
}

/// The beginning of the day that lies so many working days before today.
pub fn working_days_ago(now: Instant, calendar: &Calendar, days: u32) -> Instant {
    let (mut day, mut left) = (now.day(), days);
    // A calendar that ends leaves the day where it is known.
    for _ in 0..400 {
        if left == 0 {
            break;
        }
        day = day.saturating_sub(jiff::Span::new().days(1));
        left -= u32::from(calendar.is_working(day) == Some(true));
    }
    Instant::from_local(day.to_datetime(jiff::civil::Time::midnight()))
}
