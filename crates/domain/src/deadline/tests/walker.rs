//! CLK-02: every reckoning again by an independent oracle that walks the year minute by minute.
use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

const DAY: usize = 1440;
const YEAR: i16 = 2026;

/// A year as a list of minutes: `worked[m]` says whether the minute that begins at `m` is worked.
struct Walker {
    worked: Vec<bool>,
    calendar: Calendar,
}

static YEARS: LazyLock<Vec<Walker>> = LazyLock::new(|| (1..=12).map(Walker::of_seed).collect());

impl Walker {
    /// A year with odd weeks, odd sessions, scattered days off and extra shifts; the same for the same seed.
    fn of_seed(seed: u64) -> Self {
        let mut state = seed;
        let mut dice = move |sides: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % sides
        };
        let ordinary = pattern(dice(5));
        let week = WorkingWeek::of(jiff::civil::Weekday::Monday.cycle_forward().take(if dice(3) == 0 { 6 } else { 5 }));
        let mut worked = Vec::new();
        let mut exceptions = std::collections::BTreeMap::new();
        for day in date(YEAR, 1, 1).series(jiff::Span::new().days(1)).take(365) {
            let own = pattern(dice(5));
            let (exception, sessions) = match dice(20) {
                0 | 1 => (Some(Exception::off("nghỉ")), None),
                2 => (Some(Exception::working("làm bù")), Some(&ordinary)),
                3 => {
                    let sessions = Some(own.iter().map(|text| text.parse().unwrap()).collect());
                    (Some(Exception::Working { name: "ca thêm".into(), sessions }), Some(&own))
                }
                _ => (None, week.contains(day.weekday()).then_some(&ordinary)),
            };
            exceptions.extend(exception.map(|exception| (day, exception)));
            worked.extend(minutes_of(sessions));
        }
        let sessions = ordinary.iter().map(|text| text.parse().unwrap()).collect();
        let plan = CalendarPlan { version: 1, week, sessions, exceptions };
        Self { worked, calendar: Calendar::new(plan, &(YEAR..=YEAR)).unwrap() }
    }

    /// Open at a moment: its minute is worked, or the one that just ended was (the closing minute).
    fn open(&self, at: usize) -> bool {
        self.worked[at] || !at.is_multiple_of(DAY) && self.worked[at - 1]
    }
    fn counts_at(&self, start: usize) -> Option<usize> {
        (start..self.worked.len()).find(|at| self.open(*at))
    }
    fn walk_minutes(&self, from: usize, minutes: usize) -> Option<usize> {
        let (mut at, mut left) = (from, minutes);
        while left > 0 {
            left -= usize::from(*self.worked.get(at)?);
            at += 1;
        }
        Some(at)
    }
    fn works_on(&self, day: usize) -> Option<bool> {
        let minutes = self.worked.get(day * DAY..(day + 1) * DAY)?;
        Some(minutes.iter().any(|worked| *worked))
    }
    fn walk_days(&self, from: usize, days: u32) -> Option<usize> {
        let (mut day, mut left) = (from, days);
        while left > 0 {
            day += 1;
            left -= u32::from(self.works_on(day)?);
        }
        Some(day)
    }
    fn closing(&self, day: usize) -> Option<usize> {
        (day * DAY..(day + 1) * DAY).rev().find(|at| self.worked[*at]).map(|at| at + 1)
    }
    fn clock_time(&self, day: usize, time: usize) -> Option<usize> {
        let open = (day * DAY + time..(day + 1) * DAY).find(|at| self.open(*at));
        open.or_else(|| self.closing(day))
    }
    fn off_rest(&self, mut day: usize) -> Option<usize> {
        while !self.works_on(day)? {
            day += 1;
        }
        self.closing(day)
    }
    /// A day off is nobody's appointment: closing of the next day worked, as far as the year is known.
    fn kept(&self, at: usize) -> usize {
        let at_rest = self.works_on(at / DAY) == Some(false);
        let next = self.off_rest(at / DAY);
        if at_rest { next.unwrap_or(at) } else { at }
    }
    fn months_later(&self, day: usize, months: u32) -> usize {
        let date = self.calendar.date(i64::try_from(day).unwrap());
        let mut at = date;
        let mut left = months;
        loop {
            let tomorrow = at.tomorrow().unwrap();
            if left == 0 && (at.day() == date.day() || tomorrow.month() != at.month()) {
                return usize::try_from(self.calendar.day_index(at)).unwrap();
            }
            left -= u32::from(tomorrow.month() != at.month());
            at = tomorrow;
        }
    }

    fn due(&self, start: usize, limit: TimeLimit, rules: &ClockRules) -> Option<usize> {
        let counts_at = self.counts_at(start)?;
        let (day, time) = (counts_at / DAY, counts_at % DAY);
        let cutoff = usize::try_from(rules.same_day_cutoff.hour()).unwrap() * 60;
        let clock_time = rules.counting == DayCounting::ClockTime;
        match limit {
            TimeLimit::None => None,
            TimeLimit::SameDay if start / DAY == day && start % DAY > cutoff => self.closing(self.walk_days(day, 1)?),
            TimeLimit::SameDay => self.closing(day),
            TimeLimit::WorkingHours(n) if clock_time && n >= rules.hours_per_day => {
                let day = self.walk_days(day, n / rules.hours_per_day)?;
                self.walk_minutes(self.clock_time(day, time)?, (n % rules.hours_per_day) as usize * 60)
            }
            TimeLimit::WorkingHours(n) => self.walk_minutes(counts_at, n as usize * 60),
            TimeLimit::WorkingDays(n) if clock_time => self.clock_time(self.walk_days(day, n)?, time),
            TimeLimit::WorkingDays(n) => self.closing(self.walk_days(day, n)?),
            TimeLimit::CalendarDays(n) => self.off_rest(day + n as usize),
            TimeLimit::Months(n) => self.off_rest(self.months_later(day, n)),
        }
    }
}

/// What may happen to a running clock, each so many minutes after the one before.
#[derive(Clone, Copy, Debug)]
enum Turn {
    /// Stops, and runs again after so many minutes.
    Pause(usize),
    /// Runs from zero again.
    Restart,
    /// A new date is appointed so many minutes ahead.
    Reappoint(usize),
    /// It is appointed while the clock stands: from then on only the rest of the pause counts.
    ReappointWhilePaused { ahead: usize, paused: usize },
}

impl Walker {
    /// The same ledger once as entries, once walked: where it leads, or nothing when it leaves the year.
    fn tell(&self, start: usize, limit: TimeLimit, turns: &[(usize, Turn)], rules: &ClockRules) -> Told {
        let mut ledger = vec![LedgerEntry::Start { at: instant(start), limit }];
        let (mut at, mut due) = (start, self.due(start, limit, rules));
        for (gap, turn) in turns {
            at += gap;
            let mut resumes = None;
            match *turn {
                Turn::Restart => {
                    ledger.push(LedgerEntry::Restart { at: instant(at) });
                    due = self.due(at, limit, rules);
                }
                Turn::Reappoint(ahead) => {
                    ledger.push(appointed(at, at + ahead));
                    due = Some(self.kept(at + ahead));
                }
                Turn::Pause(paused) => {
                    ledger.push(LedgerEntry::Pause(pause(instant(at))));
                    resumes = Some(paused);
                }
                Turn::ReappointWhilePaused { ahead, paused } => {
                    ledger.push(LedgerEntry::Pause(pause(instant(at))));
                    at += gap;
                    ledger.push(appointed(at, at + ahead));
                    due = Some(self.kept(at + ahead));
                    resumes = Some(paused);
                }
            }
            if let Some(paused) = resumes {
                ledger.push(LedgerEntry::Resume { at: instant(at + paused) });
                let Some(spent) = self.worked.get(at..at + paused) else { return Told { ledger, due: None } };
                let spent = spent.iter().filter(|worked| **worked).count();
                due = due.and_then(|due| self.walk_minutes(due, spent));
                at += paused;
            }
            if due.is_none() || at >= self.worked.len() {
                return Told { ledger, due: None };
            }
        }
        Told { ledger, due }
    }
}

struct Told {
    ledger: Vec<LedgerEntry>,
    due: Option<usize>,
}

fn appointed(at: usize, due: usize) -> LedgerEntry {
    LedgerEntry::Reappoint { at: instant(at), due_at: instant(due), slip: "1".into() }
}

fn turns() -> impl Strategy<Value = Vec<(usize, Turn)>> {
    let turn = prop_oneof![
        4 => (0usize..6 * DAY).prop_map(Turn::Pause),
        2 => Just(Turn::Restart),
        1 => (0usize..20 * DAY).prop_map(Turn::Reappoint),
        1 => (0usize..20 * DAY, 0usize..4 * DAY)
            .prop_map(|(ahead, paused)| Turn::ReappointWhilePaused { ahead, paused }),
    ];
    proptest::collection::vec((0usize..4 * DAY, turn), 0..6)
}

/// 20,000 in the ordinary run; the long run says `MOTCUA_CASES=1000000`.
fn cases() -> u32 {
    std::env::var("MOTCUA_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000)
}

fn pause(at: Instant) -> Pause {
    Pause { at, cause: PauseCause::Suspension, reason: "chờ".into() }
}

fn instant(minute: usize) -> Instant {
    let midnight = Instant::from_local(date(YEAR, 1, 1).to_datetime(jiff::civil::Time::midnight()));
    midnight.plus_millis(i64::try_from(minute).unwrap() * 60_000)
}

fn pattern(number: u64) -> Vec<&'static str> {
    match number {
        0 => vec!["00:00-04:00", "08:00-16:00"],
        1 => vec!["07:00-11:30", "13:30-17:00", "18:00-20:30"],
        2 => vec!["08:00-11:00"],
        3 => vec!["22:15-23:59"],
        _ => vec!["07:30-11:30", "13:30-17:00"],
    }
}

fn minutes_of(sessions: Option<&Vec<&str>>) -> Vec<bool> {
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<usize>().unwrap() * 60 + minute.parse::<usize>().unwrap()
    };
    let mut day = vec![false; DAY];
    for (from, to) in sessions.into_iter().flatten().map(|text| text.split_once('-').unwrap()) {
        day[minute(from)..minute(to)].fill(true);
    }
    day
}

fn limits() -> impl Strategy<Value = TimeLimit> {
    prop_oneof![
        3 => (0u32..70).prop_map(TimeLimit::WorkingHours),
        3 => (0u32..25).prop_map(TimeLimit::WorkingDays),
        2 => (0u32..40).prop_map(TimeLimit::CalendarDays),
        1 => (0u32..3).prop_map(TimeLimit::Months),
        1 => Just(TimeLimit::SameDay),
    ]
}

fn rules() -> impl Strategy<Value = ClockRules> {
    (any::<bool>(), 9i8..17, 6u32..9).prop_map(|(end_of_day, cutoff, hours_per_day)| ClockRules {
        counting: if end_of_day { DayCounting::EndOfDay } else { DayCounting::ClockTime },
        same_day_cutoff: jiff::civil::time(cutoff, 0, 0, 0),
        hours_per_day,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clk_02_the_due_date_is_where_a_walker_arrives(
        year in 0usize..12, start in 0usize..365 * DAY, limit in limits(), rules in rules(),
    ) {
        let walker = &YEARS[year];
        let walked = walker.due(start, limit, &rules).map(instant);
        let reckoned = due_at(instant(start), limit, &walker.calendar, &rules);
        prop_assert_eq!(reckoned.ok().flatten(), walked);
    }

    #[test]
    fn clk_03_a_ledger_with_pauses_and_restarts_leads_where_a_walker_arrives(
        year in 0usize..12, start in 0usize..250 * DAY, limit in limits(), turns in turns(), rules in rules(),
    ) {
        let walker = &YEARS[year];
        let told = walker.tell(start, limit, &turns, &rules);
        // A clock that leaves the year is refused, never guessed; the walker then stops, too.
        if let Some(due) = told.due {
            let reckoned = reckon(&told.ledger, &walker.calendar, &rules).unwrap();
            prop_assert_eq!(reckoned.due_at, Some(instant(due)));
            prop_assert_eq!(redated(&told.ledger, &walker.calendar, &rules), Ok(Some(instant(due))));
        }
    }

    #[test]
    fn clk_02_a_later_event_is_never_due_earlier(
        year in 0usize..12, start in 0i64..365 * 86_400_000, later in 0i64..4 * 86_400_000,
        limit in limits(), rules in rules(),
    ) {
        let walker = &YEARS[year];
        let start = instant(0).plus_millis(start);
        let due = |at| due_at(at, limit, &walker.calendar, &rules);
        if let Ok(second) = due(start.plus_millis(later)) {
            prop_assert!(due(start).is_ok_and(|first| first <= second));
        }
    }

    #[test]
    fn clk_02_a_longer_limit_is_never_due_earlier_and_nothing_is_due_before_it_counts(
        year in 0usize..12, start in 0usize..300 * DAY, n in 0u32..25, rules in rules(),
    ) {
        let walker = &YEARS[year];
        let start = instant(start);
        let counts_at = walker.calendar.next_working_moment(start).unwrap();
        // "8 hours = 1 day" makes 8 hours shorter than 7 where a day has but 3: the profile's rule, not an error.
        let hours = rules.counting == DayCounting::EndOfDay;
        let hours = if hours { TimeLimit::WorkingHours } else { TimeLimit::WorkingDays };
        for kind in [hours, TimeLimit::WorkingDays, TimeLimit::CalendarDays] {
            let due = |n| due_at(start, kind(n), &walker.calendar, &rules).ok().flatten();
            prop_assert!(due(n) >= Some(counts_at));
            prop_assert!(due(n + 1).is_none_or(|longer| due(n) <= Some(longer)));
        }
    }

    #[test]
    fn clk_01_working_minutes_between_two_moments_are_the_minutes_walked(
        year in 0usize..12, a in 0usize..365 * DAY, span in 0usize..20 * DAY,
    ) {
        let walker = &YEARS[year];
        let b = (a + span).min(365 * DAY - 1);
        let walked = walker.worked[a..b].iter().filter(|worked| **worked).count();
        let (from, to) = (instant(a), instant(b));
        let minutes = walker.calendar.working_minutes_between(from, to);
        prop_assert_eq!(minutes, i64::try_from(walked).unwrap());
        let arrived = walker.calendar.plus_working_minutes(from, minutes).unwrap();
        prop_assert!(arrived <= to);
        prop_assert_eq!(walker.calendar.working_minutes_between(from, arrived), minutes);
    }
}
