//! A change of the working calendar: which days, from what to what, and back again.

use super::exception::{CalendarRow, Exception};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One day of a change. Absent means: the holiday rules and the ordinary week hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayChange {
    /// The day.
    pub day: Date,
    /// What the table said before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Exception>,
    /// What it says afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Exception>,
}

impl DayChange {
    /// The day becomes this.
    pub fn to(row: CalendarRow) -> Self {
        Self { day: row.day, before: None, after: Some(row.exception) }
    }
    /// The day is taken off the table.
    pub const fn off(day: Date) -> Self {
        Self { day, before: None, after: None }
    }
    /// The same with what the table says today.
    #[must_use]
    pub fn from_table(self, table: &[CalendarRow]) -> Self {
        let before = table.iter().find(|row| row.day == self.day).map(|row| row.exception.clone());
        Self { before, ..self }
    }
    /// What takes it back.
    #[must_use]
    pub fn undone(self) -> Self {
        Self { day: self.day, before: self.after, after: self.before }
    }
    /// It leaves the day as it is.
    pub fn is_idle(&self) -> bool {
        self.before == self.after
    }
}

/// The table after the changes.
pub fn changed(table: &[CalendarRow], changes: &[DayChange]) -> Vec<CalendarRow> {
    let untouched = table.iter().filter(|row| changes.iter().all(|c| c.day != row.day)).cloned();
    let rows = changes.iter().filter_map(|c| Some(CalendarRow { day: c.day, exception: c.after.clone()? }));
    untouched.chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn clk_01_what_a_change_does_its_undoing_takes_back() {
        let storm = CalendarRow { day: date(2025, 10, 7), exception: Exception::off("Nghỉ chống bão") };
        let named = CalendarRow { day: date(2025, 10, 8), exception: Exception::off("Nghỉ") };
        let table = vec![named.clone()];
        let changes: Vec<_> = [DayChange::to(storm.clone()), DayChange::off(named.day)]
            .into_iter()
            .map(|c| c.from_table(&table))
            .collect();
        let after = changed(&table, &changes);
        assert_eq!(after, [storm]);
        let back: Vec<_> = changes.into_iter().map(DayChange::undone).collect();
        assert_eq!(changed(&after, &back), table);
        assert!(DayChange::to(named).from_table(&table).is_idle());
    }
}
