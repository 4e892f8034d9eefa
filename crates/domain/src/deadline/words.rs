//! The words of "why this date", Vietnamese and English.

use super::{
    limit::TimeLimit,
    line::{Fact, Line, Skipped},
    skipped,
};
use crate::time::{Instant, day_text, time_text};
use jiff::civil::{Date, Weekday};

impl Line {
    /// The line in Vietnamese, one or two sentences.
    pub fn text_vi(&self) -> String {
        let at = moment_vi(self.at);
        let skipped = skipped_vi(&self.skipped);
        match &self.fact {
            Fact::Received => format!("Tiếp nhận lúc {at}."),
            Fact::Begins => format!("Nhận ngoài giờ làm việc, tính từ {at}{skipped}."),
            Fact::Counted { limit, first, last, hours_per_day } => {
                let days = hours_per_day.map(|n| format!(" ({n} giờ làm việc tính là 1 ngày làm việc)"));
                counted_vi(*limit, &at, *first, *last) + &days.unwrap_or_default() + &skipped + "."
            }
            Fact::Moved { from, to } => format!(
                "Ngày cuối {} là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo, {}{skipped}.",
                day_vi(*from),
                day_vi(*to)
            ),
            Fact::SameDay { cutoff, in_time: true } => {
                format!("Nhận không muộn hơn {}: trả kết quả trong ngày.", time_text(*cutoff))
            }
            Fact::SameDay { cutoff, in_time: false } => {
                format!("Nhận sau {}: trả kết quả trong ngày làm việc tiếp theo{skipped}.", time_text(*cutoff))
            }
            Fact::Due => format!("Hẹn trả kết quả: {at}."),
            Fact::NoDueDate => "Không có ngày hẹn trả cụ thể theo quy định.".to_owned(),
            Fact::Paused { reason, .. } => {
                format!("Tạm dừng tính thời gian từ {at}: {}.", reason.trim_end_matches('.'))
            }
            Fact::Resumed { paused_minutes, .. } => {
                format!(
                    "Tiếp tục tính thời gian từ {at}; cộng {} làm việc đã tạm dừng.",
                    span(*paused_minutes, "giờ", "phút")
                ) + &new_date(" Hẹn trả kết quả", self.due_at.map(moment_vi))
            }
            Fact::Restarted => format!("Hồ sơ đã được bổ sung đầy đủ lúc {at}; thời hạn tính lại từ đầu."),
            Fact::Reappointed { slip } => {
                format!("Hẹn lại ngày trả kết quả theo phiếu số {slip}, lập lúc {at}.")
                    + &new_date(" Ngày hẹn mới", self.due_at.map(moment_vi))
            }
            Fact::Recomputed { calendar_version } => {
                format!("Lịch làm việc thay đổi (bản {calendar_version}), tính lại ngày hẹn lúc {at}.")
                    + &new_date(" Ngày hẹn mới", self.due_at.map(moment_vi))
            }
            Fact::Ended => format!("Kết thúc tính thời gian lúc {at}."),
        }
    }

    /// The same in English; holidays keep their Vietnamese names.
    pub fn text_en(&self) -> String {
        let at = moment_en(self.at);
        let skipped = skipped_en(&self.skipped);
        match &self.fact {
            Fact::Received => format!("Received at {at}."),
            Fact::Begins => format!("Received outside working hours, counted from {at}{skipped}."),
            Fact::Counted { limit, first, last, hours_per_day } => {
                let days = hours_per_day.map(|n| format!(" ({n} working hours are one working day)"));
                counted_en(*limit, &at, *first, *last) + &days.unwrap_or_default() + &skipped + "."
            }
            Fact::Moved { from, to } => format!(
                "The last day, {}, is a rest day, so the limit ends on the next working day, {}{skipped}.",
                day_en(*from),
                day_en(*to)
            ),
            Fact::SameDay { cutoff, in_time: true } => {
                format!("Received no later than {}: due the same day.", time_text(*cutoff))
            }
            Fact::SameDay { cutoff, in_time: false } => {
                format!("Received after {}: due the next working day{skipped}.", time_text(*cutoff))
            }
            Fact::Due => format!("Result due: {at}."),
            Fact::NoDueDate => "By regulation this procedure has no set due date.".to_owned(),
            Fact::Paused { reason, .. } => format!("Clock paused from {at}: {}.", reason.trim_end_matches('.')),
            Fact::Resumed { paused_minutes, .. } => {
                format!("Clock resumed at {at}; {} of paused working time added.", span(*paused_minutes, "h", "min"))
                    + &new_date(" Result due", self.due_at.map(moment_en))
            }
            Fact::Restarted => format!("The supplement was complete at {at}; the limit starts again from zero."),
            Fact::Reappointed { slip } => {
                format!("New appointment by slip no. {slip}, made at {at}.")
                    + &new_date(" New due date", self.due_at.map(moment_en))
            }
            Fact::Recomputed { calendar_version } => {
                format!("The working calendar changed (version {calendar_version}); recomputed at {at}.")
                    + &new_date(" New due date", self.due_at.map(moment_en))
            }
            Fact::Ended => format!("Clock ended at {at}."),
        }
    }
}

fn counted_vi(limit: TimeLimit, at: &str, first: Date, last: Date) -> String {
    let amount = limit.text_vi();
    let (first, last) = (day_vi(first), day_vi(last));
    match limit {
        TimeLimit::WorkingHours(_) => format!("Đếm {amount} từ {at}"),
        TimeLimit::Months(_) => format!("Ngày nhận không tính; {amount} kể từ {first}, hết ngày {last}"),
        _ if first == last => format!("Ngày nhận không tính; đếm {amount}: {last}"),
        _ => format!("Ngày nhận không tính; đếm {amount} từ {first} đến {last}"),
    }
}

fn counted_en(limit: TimeLimit, at: &str, first: Date, last: Date) -> String {
    let amount = limit.text_en();
    let (first, last) = (day_en(first), day_en(last));
    match limit {
        TimeLimit::WorkingHours(_) => format!("Counted {amount} from {at}"),
        TimeLimit::Months(_) => format!("The day of receipt is not counted; {amount} from {first}, until {last}"),
        _ if first == last => format!("The day of receipt is not counted; counted {amount}: {last}"),
        _ => format!("The day of receipt is not counted; counted {amount} from {first} to {last}"),
    }
}

fn skipped_vi(days: &[Skipped]) -> String {
    match skipped::listed(days, weekday_vi, "ngày nghỉ hằng tuần") {
        list if list.is_empty() => list,
        list => format!(", không tính {list}"),
    }
}

fn skipped_en(days: &[Skipped]) -> String {
    match skipped::listed(days, weekday_en, "weekly rest days") {
        list if list.is_empty() => list,
        list => format!(", not counting {list}"),
    }
}

fn new_date(label: &str, due: Option<String>) -> String {
    due.map_or_else(String::new, |due| format!("{label}: {due}."))
}

/// Hours and minutes of working time.
fn span(minutes: i64, hour: &str, minute: &str) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} {minute}"),
        (h, 0) => format!("{h} {hour}"),
        (h, m) => format!("{h} {hour} {m} {minute}"),
    }
}

fn moment_vi(at: Instant) -> String {
    format!("{}, {}", time_text(at.local().time()), day_vi(at.day()))
}

fn moment_en(at: Instant) -> String {
    format!("{}, {}", time_text(at.local().time()), day_en(at.day()))
}

fn day_vi(day: Date) -> String {
    format!("{} {}", weekday_vi(day.weekday()), day_text(day))
}

fn day_en(day: Date) -> String {
    format!("{} {}", weekday_en(day.weekday()), day_text(day))
}

/// `thứ Hai` … `Chủ nhật`, as written within a sentence (NĐ 30/2020).
pub(super) fn weekday_vi(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "thứ Hai",
        Weekday::Tuesday => "thứ Ba",
        Weekday::Wednesday => "thứ Tư",
        Weekday::Thursday => "thứ Năm",
        Weekday::Friday => "thứ Sáu",
        Weekday::Saturday => "thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    }
}

fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
