use super::{CourierFault, Load, Place, place_of};
use crate::{accounts::Who, id::Id, people::Officer, time::Instant};
use jiff::civil::Time;

/// One handing-over with its minutes: from one house to another, given, carried, received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourierRun {
    /// Its id.
    pub id: Id<CourierRun>,
    /// Number and symbol of the minutes.
    pub number: String,
    /// What is carried.
    pub load: Load,
    /// Who gives.
    pub from: Place,
    /// Who receives.
    pub to: Place,
    /// The run of the day it went with; none when it went outside the runs (VL 4.2b: more or fewer as needed).
    pub run: Option<Time>,
    /// Who carries it, by name.
    pub carrier: String,
    /// Who gave it.
    pub given_by: Id<Officer>,
    /// When.
    pub given_at: Instant,
    /// Who counted and received it, and when.
    pub received: Option<(Id<Officer>, Instant)>,
    /// What the receiver noted.
    pub remarks: Option<String>,
}

/// The run that leaves next today; `None` after the last, or where paper moves as needed.
pub fn next_run(runs: &[Time], now: Time) -> Option<Time> {
    runs.iter().copied().find(|run| *run >= now)
}

/// Whether an officer may count and receive what was given: of the receiving house, and not whoever gave it (VL 4.2c).
///
/// # Errors
/// Why not.
pub fn receives(who: &Who, run: &CourierRun, missing: usize, remarks: &str) -> Result<(), CourierFault> {
    if place_of(who) != Some(run.to) {
        return Err(CourierFault::NotTheReceiver);
    }
    if who.officer == run.given_by {
        return Err(CourierFault::BothSides);
    }
    if missing > 0 && remarks.trim().is_empty() {
        return Err(CourierFault::NoRemark);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{Bound, Role};
    use jiff::civil::time;

    fn who(officer: i64, agency: i64) -> Who {
        Who {
            officer: Id::new(officer),
            agency: Id::new(agency),
            unit: Id::new(1),
            centre: None,
            roles: vec![Role::Specialist],
            bound: Bound::default(),
        }
    }

    fn run() -> CourierRun {
        CourierRun {
            id: Id::new(1),
            number: "1/2025/BBGN-tinh".into(),
            load: Load::Dossiers,
            from: Place::Centre(Id::new(1)),
            to: Place::Agency(Id::new(5)),
            run: None,
            carrier: String::new(),
            given_by: Id::new(10),
            given_at: Instant::from_millis(0),
            received: None,
            remarks: None,
        }
    }

    /// FLW-09, VL 4.2b
    #[test]
    fn flw_09_the_next_run_is_the_first_that_has_not_left() {
        let runs = [time(8, 0, 0, 0), time(10, 0, 0, 0), time(14, 0, 0, 0), time(16, 0, 0, 0)];
        for (now, next) in
            [((7, 59), Some(8)), ((8, 0), Some(8)), ((8, 1), Some(10)), ((16, 0), Some(16)), ((16, 1), None)]
        {
            assert_eq!(next_run(&runs, time(now.0, now.1, 0, 0)).map(Time::hour), next);
        }
        assert_eq!(next_run(&[], time(8, 0, 0, 0)), None);
    }

    /// FLW-09, VL 4.2c: the receiving side counts and signs; each refusal beside its lawful neighbour.
    #[test]
    fn flw_09_only_the_receiving_side_receives() {
        let run = run();
        assert_eq!(receives(&who(11, 5), &run, 0, ""), Ok(()));
        assert_eq!(receives(&who(11, 6), &run, 0, ""), Err(CourierFault::NotTheReceiver));
        assert_eq!(receives(&who(10, 5), &run, 0, ""), Err(CourierFault::BothSides));
        assert_eq!(receives(&who(11, 5), &run, 1, " "), Err(CourierFault::NoRemark));
        assert_eq!(receives(&who(11, 5), &run, 1, "thiếu bản vẽ"), Ok(()));
    }
}
