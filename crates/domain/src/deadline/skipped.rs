//! Skipped days as people list them: holidays by name, weekends together, runs as one range.

use super::line::Skipped;
use crate::time::day_text;
use jiff::civil::{Date, Weekday};

/// More runs of weekly rest than this are counted, not listed: nobody reads the dates of twelve weekends.
const LISTED_RUNS: usize = 3;

struct Run<'a> {
    name: &'a str,
    first: Date,
    last: Date,
}

/// The list, such as `thứ Bảy, Chủ nhật 11–12/10/2025; Quốc khánh 01–02/09/2026`.
pub(super) fn listed(days: &[Skipped], weekday: fn(Weekday) -> &'static str, weekly_rest: &str) -> String {
    let (weekly, named): (Vec<_>, Vec<_>) = days.iter().partition(|day| day.weekly);
    let mut parts = Vec::new();
    if !weekly.is_empty() {
        parts.push(weekly_part(&weekly, weekday, weekly_rest));
    }
    parts.extend(runs(&named, |day| &day.name).iter().map(|run| format!("{} {}", run.name, range(run))));
    parts.join("; ")
}

fn weekly_part(days: &[&Skipped], weekday: fn(Weekday) -> &'static str, rest: &str) -> String {
    let runs = runs(days, |_| "");
    if runs.len() > LISTED_RUNS {
        return format!("{} {rest}", days.len());
    }
    let mut names: Vec<Weekday> = Vec::new();
    for day in days {
        if !names.contains(&day.day.weekday()) {
            names.push(day.day.weekday());
        }
    }
    names.sort_by_key(|day| day.to_monday_zero_offset());
    let names: Vec<_> = names.into_iter().map(weekday).collect();
    let ranges: Vec<_> = runs.iter().map(range).collect();
    format!("{} {}", names.join(", "), ranges.join(", "))
}

fn runs<'a>(days: &[&'a Skipped], name: impl Fn(&'a Skipped) -> &'a str) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    for day in days {
        let name = name(day);
        match runs.last_mut() {
            Some(run) if run.name == name && run.last.tomorrow().is_ok_and(|next| next == day.day) => {
                run.last = day.day;
            }
            _ => runs.push(Run { name, first: day.day, last: day.day }),
        }
    }
    runs
}

fn range(run: &Run) -> String {
    let (first, last) = (run.first, run.last);
    if first == last {
        return day_text(last);
    }
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return format!("{:02}–{}", first.day(), day_text(last));
    }
    format!("{}–{}", day_text(first), day_text(last))
}
