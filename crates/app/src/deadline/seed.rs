use super::{store, table};
use platform::db::{DbError, Unit};

/// The government's official swaps of working days since 2015: the only days that no rule computes.
const SWAPPED: &str = include_str!("../../data/swapped_days.csv");

/// Puts the official swaps into a new data base, so that its calendar is right from the first day (CLK-01). A day that is
/// already there is left as it is. The number of days put in; the caller says that reference data changed.
pub fn seed(unit: &mut Unit, at_ms: i64) -> Result<usize, DbError> {
    let known = store::days(unit)?;
    let mut put = 0;
    for read in table::rows(SWAPPED).into_iter().filter_map(|(_, _, read)| read.ok()) {
        if known.iter().all(|row| row.day != read.row.day) {
            store::put_day(unit, &read.row, None, at_ms)?;
            put += 1;
        }
    }
    Ok(put)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::deadline::Exception;

    #[test]
    fn clk_01_every_official_swap_is_read() {
        let rows = table::rows(SWAPPED);
        assert_eq!(rows.len(), 15);
        let works = |r: &table::Read| matches!(r.row.exception, Exception::Working { .. });
        let read: Vec<_> = rows.into_iter().map(|(_, _, read)| read.unwrap()).collect();
        assert_eq!(read.iter().filter(|r| works(r)).count(), 7);
    }
}
