//! Walking the calendar by working minutes and working days. A moment here is a minute since the calendar's first midnight.

use super::calendar::{Calendar, OutsideCalendar, Shift};
use crate::time::Instant;
use jiff::civil::Date;

/// A minute since the calendar's first midnight.
pub(super) type Minute = i64;
const DAY: i64 = 1440;

impl Calendar {
    /// Working minutes between two moments; whole minutes, 0 when `b` is not later than `a`.
    /// Time outside the calendar's years counts as not worked.
    pub fn working_minutes_between(&self, a: Instant, b: Instant) -> i64 {
        (self.worked_before(self.clamped(b)) - self.worked_before(self.clamped(a))).max(0)
    }

    /// The moment at which an event at `t` counts: `t` itself (its minute) within a session,
    /// else the next opening. The closing minute still belongs to its session: only what comes *after* closing moves on.
    pub fn next_working_moment(&self, t: Instant) -> Result<Instant, OutsideCalendar> {
        Ok(self.instant(self.counts_at(self.minute(t)?)?))
    }

    /// `minutes` of working time after `t`; the earliest such moment, so a whole day ends at closing and not at the next opening.
    pub fn plus_working_minutes(&self, t: Instant, minutes: i64) -> Result<Instant, OutsideCalendar> {
        Ok(self.instant(self.after(self.minute(t)?, minutes)?))
    }

    /// Whether somebody who comes at this minute finds the doors open; the closing minute still belongs to its session.
    pub fn is_open_at(&self, t: Instant) -> bool {
        self.minute(t).and_then(|at| Ok(self.counts_at(at)? == at)).unwrap_or(false)
    }

    /// Closing of the day of `t`, or of the next working day when that one is not worked.
    pub fn closing_from(&self, t: Instant) -> Result<Instant, OutsideCalendar> {
        let (day, _) = split(self.minute(t)?);
        Ok(self.instant(self.closing(self.working_day_from(day)?)?))
    }

    pub(super) fn outside(&self) -> OutsideCalendar {
        let days = i64::try_from(self.days.len()).unwrap_or(i64::MAX) - 1;
        OutsideCalendar { first: self.first, last: self.date(days) }
    }

    pub(super) fn minute(&self, t: Instant) -> Result<Minute, OutsideCalendar> {
        let minute = self.minutes_since_origin(t);
        let day = usize::try_from(minute.div_euclid(DAY)).map_err(|_| self.outside())?;
        if day < self.days.len() { Ok(minute) } else { Err(self.outside()) }
    }

    fn clamped(&self, t: Instant) -> Minute {
        let end = i64::try_from(self.days.len()).unwrap_or(i64::MAX) * DAY;
        self.minutes_since_origin(t).clamp(0, end - 1)
    }

    fn minutes_since_origin(&self, t: Instant) -> Minute {
        t.millis().saturating_sub(self.origin.millis()).div_euclid(60_000)
    }

    pub(super) fn instant(&self, minute: Minute) -> Instant {
        self.origin.plus_millis(minute * 60_000)
    }

    pub(super) fn date(&self, day: i64) -> Date {
        self.first.saturating_add(jiff::Span::new().days(day.clamp(0, 4_000_000)))
    }

    pub(super) fn day_index(&self, date: Date) -> i64 {
        i64::from((date - self.first).get_days())
    }

    pub(super) fn shift(&self, day: i64) -> Result<Option<&Shift>, OutsideCalendar> {
        let day = usize::try_from(day).ok().and_then(|day| self.days.get(day));
        let day = day.ok_or_else(|| self.outside())?;
        Ok(day.shift.map(|shift| &self.shifts[shift as usize]))
    }

    /// Minutes worked from the calendar's beginning to the moment.
    fn worked_before(&self, at: Minute) -> i64 {
        let (day, time) = split(at);
        let Some(entry) = usize::try_from(day).ok().and_then(|day| self.days.get(day)) else {
            return 0;
        };
        let today = entry.shift.map_or(0, |shift| {
            let sessions = &self.shifts[shift as usize].sessions;
            sessions.iter().map(|(from, to)| (time.min(*to) - from).max(0)).sum()
        });
        entry.minutes_before + today
    }

    /// The moment at which an event counts.
    pub(super) fn counts_at(&self, at: Minute) -> Result<Minute, OutsideCalendar> {
        let (day, time) = split(at);
        if let Some(shift) = self.shift(day)?
            && let Some((from, _)) = shift.sessions.iter().find(|(_, to)| time <= *to)
        {
            return Ok(day * DAY + time.max(*from));
        }
        let next = self.nth_working_day(day, 1)?;
        self.opening(next)
    }

    /// The earliest moment, not before `at`, with `minutes` of working time in between.
    pub(super) fn after(&self, at: Minute, minutes: i64) -> Result<Minute, OutsideCalendar> {
        if minutes <= 0 {
            return Ok(at);
        }
        let target = self.worked_before(at) + minutes;
        // The first working day whose end reaches the target is the last one that begins below it.
        let place = self.working.partition_point(|day| self.days[*day as usize].minutes_before < target);
        let day = place.checked_sub(1).map(|place| self.working[place]).ok_or_else(|| self.outside())?;
        let mut left = target - self.days[day as usize].minutes_before;
        let day = i64::from(day);
        for (from, to) in self.shift(day)?.into_iter().flat_map(|shift| &shift.sessions) {
            if left <= to - from {
                return Ok(day * DAY + from + left);
            }
            left -= to - from;
        }
        Err(self.outside())
    }

    /// The n-th working day after `day`, which itself is not counted; `day` itself for 0.
    pub(super) fn nth_working_day(&self, day: i64, n: u32) -> Result<i64, OutsideCalendar> {
        let Some(more) = n.checked_sub(1) else { return Ok(day) };
        let next = usize::try_from(day + 1).ok().and_then(|next| self.days.get(next));
        let before = next.ok_or_else(|| self.outside())?.working_days_before;
        let place = before.checked_add(more).ok_or_else(|| self.outside())?;
        let found = self.working.get(place as usize).ok_or_else(|| self.outside())?;
        Ok(i64::from(*found))
    }

    /// The day itself when it is worked, else the next one that is.
    pub(super) fn working_day_from(&self, day: i64) -> Result<i64, OutsideCalendar> {
        if self.shift(day)?.is_some() { Ok(day) } else { self.nth_working_day(day, 1) }
    }

    /// Opening of a working day.
    fn opening(&self, day: i64) -> Result<Minute, OutsideCalendar> {
        let shift = self.shift(day)?.ok_or_else(|| self.outside())?;
        Ok(day * DAY + shift.sessions[0].0)
    }

    /// Closing of a working day.
    pub(super) fn closing(&self, day: i64) -> Result<Minute, OutsideCalendar> {
        let shift = self.shift(day)?.ok_or_else(|| self.outside())?;
        let last = shift.sessions.last().map_or(0, |(_, to)| *to);
        Ok(day * DAY + last)
    }

    /// The clock time on a working day, moved into its sessions: up to an opening, back to closing.
    pub(super) fn at_clock_time(&self, day: i64, time: Minute) -> Result<Minute, OutsideCalendar> {
        let shift = self.shift(day)?.ok_or_else(|| self.outside())?;
        let session = shift.sessions.iter().find(|(_, to)| time <= *to);
        match session {
            Some((from, _)) => Ok(day * DAY + time.max(*from)),
            None => self.closing(day),
        }
    }
}

/// Day index and minute of the day.
pub(super) fn split(at: Minute) -> (i64, Minute) {
    (at.div_euclid(DAY), at.rem_euclid(DAY))
}
