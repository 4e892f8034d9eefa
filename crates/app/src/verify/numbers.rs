//! Codes and slips are numbered without gap or double: each number was used, and none beyond where its series stands.

use super::{
    Fault, Verified,
    store::{self, Whole},
};
use crate::error::AppError;
use platform::db::Db;
use std::collections::BTreeMap;

/// The numbers that were met, by the name of their series.
pub struct Numbers {
    /// Where each series stood before the first dossier was read: all of these numbers must be met.
    before: Vec<(String, u32)>,
    met: BTreeMap<String, Vec<u32>>,
}

/// Missing numbers named of one series.
const NAMED: usize = 5;

impl Numbers {
    pub async fn begin(db: &Db) -> Result<Self, AppError> {
        let before = db.read(|q| store::series(q).map_err(AppError::from)).await?;
        Ok(Self { before, met: BTreeMap::new() })
    }

    pub fn note(&mut self, row: &Whole) {
        let code = row.kept.state.code.as_ref().and_then(|c| of_code(c.as_str()));
        let slips = row.slips.iter().filter_map(|s| of_slip(&s.form, &s.number));
        for (series, number) in code.into_iter().chain(slips) {
            self.met.entry(series).or_default().push(number);
        }
    }

    pub async fn check(mut self, db: &Db, found: &mut Verified) -> Result<(), AppError> {
        // Numbers given while the dossiers were read are not missed, but none may lie beyond what is given now.
        let minutes = db.read(|q| store::minutes(q).map_err(AppError::from)).await?;
        for (series, number) in minutes.iter().filter_map(|m| of_slip("courier", m)) {
            self.met.entry(series).or_default().push(number);
        }
        let joint = db.read(|q| store::joint_slips(q).map_err(AppError::from)).await?;
        for (series, number) in joint.iter().filter_map(|(form, number)| of_slip(form, number)) {
            self.met.entry(series).or_default().push(number);
        }
        let books = db.read(|q| store::books(q).map_err(AppError::from)).await?;
        for (centre, year, number) in books {
            self.met.entry(format!("book/{centre}/{year}")).or_default().push(number);
        }
        let after: BTreeMap<_, _> = db.read(|q| store::series(q).map_err(AppError::from)).await?.into_iter().collect();
        let mut wrong = |subject: &str, what: String| found.faults.push(Fault { subject: subject.to_owned(), what });
        for met in self.met.values_mut() {
            met.sort_unstable();
        }
        for (series, met) in &self.met {
            for double in met.windows(2).filter(|pair| pair[0] == pair[1]) {
                wrong(series, format!("the number {} was given twice", double[0]));
            }
            let last = after.get(series).copied().unwrap_or(0);
            if let Some(beyond) = met.last().filter(|n| **n > last) {
                wrong(series, format!("the number {beyond} was used, but the series stands at {last}"));
            }
        }
        for (series, last) in self.before.iter().filter(|(name, _)| is_watched(name)) {
            let none = Vec::new();
            let met = self.met.get(series).unwrap_or(&none);
            let missing = (1..=*last).filter(|n| met.binary_search(n).is_err()).take(NAMED);
            for number in missing {
                wrong(series, format!("the number {number} was given and belongs to nothing"));
            }
        }
        Ok(())
    }
}

/// Others count something else, such as the versions of a process.
fn is_watched(series: &str) -> bool {
    series.split('/').count() == 3
}

/// `H49.24-251006-0008` is the eighth of `dossier/H49.24/2025-10-06`.
fn of_code(code: &str) -> Option<(String, u32)> {
    let mut parts = code.rsplitn(3, '-');
    let (number, day, agency) = (parts.next()?, parts.next()?, parts.next()?);
    let day = format!("20{}-{}-{}", day.get(0..2)?, day.get(2..4)?, day.get(4..6)?);
    Some((format!("dossier/{agency}/{day}"), number.parse().ok()?))
}

/// `15/2026/TN-H49.28` is the fifteenth of `receipt/H49.28/2026`; a reprint (`…/L1`) has the number of the first print.
fn of_slip(form: &str, number: &str) -> Option<(String, u32)> {
    let mut parts = number.split('/');
    let (n, year, of) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (_, issuer) = of.split_once('-')?;
    Some((format!("{form}/{issuer}/{year}"), n.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_slips_name_the_series_they_come_from() {
        assert_eq!(of_code("H49.24-251006-0008"), Some(("dossier/H49.24/2025-10-06".into(), 8)));
        assert_eq!(of_slip("receipt", "15/2026/TN-tinh"), Some(("receipt/tinh/2026".into(), 15)));
        assert_eq!(of_slip("receipt", "15/2026/TN-tinh/L1"), None);
        assert!(is_watched("receipt/tinh/2026") && !is_watched("1.000080"));
    }
}
