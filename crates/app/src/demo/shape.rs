//! The shape of a province's load. The figures of agencies are one month of a real province (August 2026: 184,513 dossiers
//! received, 147,765 done, 144,625 of these on time); how arrivals spread over the week and the day is an assumption.

use super::dice::Dice;

/// What one agency of that province had in the month.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub received: usize,
    /// The share not on time, in percent, those still running among them.
    pub behind: usize,
    /// Days that one took in the mean, in hundredths.
    pub days: usize,
}

const fn load(received: usize, behind: usize, days: usize) -> Load {
    Load { received, behind, days }
}

pub const DEPARTMENTS: [Load; 3] = [load(588, 17, 732), load(482, 31, 1515), load(326, 36, 217)];
pub const COMMUNES: [Load; 11] = [
    load(2971, 21, 560),
    load(1780, 21, 536),
    load(2645, 19, 519),
    load(1270, 33, 888),
    load(2079, 20, 566),
    load(1610, 6, 256),
    load(513, 16, 632),
    load(399, 7, 212),
    load(340, 28, 502),
    load(426, 22, 1048),
    load(755, 9, 186),
];
/// The whole province: of what was done, 21 in a thousand were late; the mean took 7.05 days, 22 percent were behind.
const LATE_IN_10_000: usize = 212;
const BEHIND: usize = 22;
const DAYS: usize = 705;
/// Received on a working day: 184,513 in a month of 22.
const A_DAY: usize = 8_387;

impl Load {
    /// How many of ten thousand end late: the province's share, more where more are behind.
    pub const fn late(self) -> usize {
        LATE_IN_10_000 * self.behind / BEHIND
    }
    /// How much of the allotted time is used, in percent of the province's mean.
    pub fn pace(self) -> usize {
        (self.days * 100 / DAYS).clamp(30, 100)
    }
}

/// Working days over which so many dossiers came in: a month and more for a few, a year at the most.
pub fn past_days(many: usize) -> usize {
    (many / A_DAY).clamp(super::life::PAST_DAYS, 250)
}

/// How many agencies and officers a province needs that is to have handled so many.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub departments: usize,
    pub communes: usize,
    pub specialists: usize,
    pub counters: usize,
}

impl Size {
    pub fn of(many: usize) -> Self {
        // A few dossiers are lost among many agencies.
        if many < 5_000 {
            return Self { departments: 4, communes: 3, specialists: 2, counters: 1 };
        }
        let a_month = many * 22 / past_days(many);
        let mean = COMMUNES.iter().map(|l| l.received).sum::<usize>() / COMMUNES.len();
        Self { departments: 12, communes: (a_month / mean).clamp(3, 200), specialists: 4, counters: 2 }
    }
}

/// A day of the week, Monday first: Monday brings most, Friday least.
const WEEK: [usize; 7] = [24, 21, 20, 19, 16, 16, 16];
/// Hours at the counter and on the net, with their shares.
const COUNTER: [(usize, usize); 9] = [(7, 5), (8, 19), (9, 22), (10, 16), (11, 5), (13, 8), (14, 13), (15, 9), (16, 3)];
const NET: [(usize, usize); 12] =
    [(0, 1), (7, 5), (8, 12), (9, 14), (10, 13), (11, 7), (13, 6), (14, 11), (15, 10), (16, 8), (20, 8), (21, 5)];

/// How many of `many` come on each day, given the days' places in the week; all of them find a day.
pub fn spread(many: usize, days: &[usize]) -> Vec<usize> {
    let weight = |day: &usize| WEEK[*day % 7];
    let whole: usize = days.iter().map(weight).sum();
    let (mut sum, mut given) = (0, 0);
    let share = |day: &usize| {
        sum += weight(day);
        let until = many * sum / whole.max(1);
        let count = until - given;
        given = until;
        count
    };
    days.iter().map(share).collect()
}

/// The minute of the day at which somebody comes.
pub fn minute(online: bool, dice: &Dice) -> i64 {
    let table: &[(usize, usize)] = if online { &NET } else { &COUNTER };
    let mut left = dice.below(table.iter().map(|(_, share)| share).sum());
    let hour = table.iter().find_map(|(hour, share)| {
        let here = left < *share;
        left = left.saturating_sub(*share);
        here.then_some(*hour)
    });
    i64::try_from(hour.unwrap_or(8) * 60 + dice.below(60)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::random::Random;

    #[test]
    fn every_dossier_finds_a_day_and_mondays_bring_more_than_fridays() {
        let days: Vec<usize> = (0..30).map(|n| n % 5).collect();
        let spread = spread(100_000, &days);
        assert_eq!(spread.iter().sum::<usize>(), 100_000);
        assert!(spread[0] > spread[4] * 13 / 10, "{spread:?}");
        assert_eq!(super::spread(7, &days).iter().sum::<usize>(), 7);
    }

    #[test]
    fn the_counter_is_open_in_working_hours_and_fullest_in_the_morning() {
        let dice = Dice(Random::seeded(5));
        let hours: Vec<i64> = (0..5_000).map(|_| minute(false, &dice) / 60).collect();
        assert!(hours.iter().all(|h| (7..17).contains(h) && *h != 12));
        let at = |hour: i64| hours.iter().filter(|h| **h == hour).count();
        assert!(at(9) > at(14) && at(14) > at(16));
    }

    #[test]
    fn late_dossiers_are_the_provinces_share_in_the_mean_and_more_where_more_are_behind() {
        let mean = COMMUNES.iter().map(|l| l.late() * l.received).sum::<usize>()
            / COMMUNES.iter().map(|l| l.received).sum::<usize>();
        assert!((150..=260).contains(&mean), "{mean} of ten thousand");
        assert!(COMMUNES[3].late() > COMMUNES[5].late());
    }

    #[test]
    fn a_province_grows_with_its_dossiers() {
        assert_eq!(past_days(200), 30);
        assert!(past_days(1_000_000) > 110);
        assert!(Size::of(100_000).communes > Size::of(200).communes);
        assert!(Size::of(1_000_000).communes >= 100);
    }
}
