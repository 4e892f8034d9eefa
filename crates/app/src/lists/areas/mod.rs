//! Communes as they are, and as they were before 1 July 2025.

pub mod page;
mod renamed;

pub use renamed::{Renamed, named_in};

use domain::text::fold;
use flate2::read::GzDecoder;
use std::{
    collections::HashMap,
    io::Read,
    sync::{Arc, LazyLock},
};

const FORMER: &[u8] = include_bytes!("../../../data/former_communes.csv.gz");

/// A commune that was, with its district and province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerCommune {
    pub code: String,
    pub name: String,
    pub district: String,
    pub province: String,
    /// Codes of what it became, the largest part first; none where an earlier merger had ended it.
    pub became: Vec<String>,
    folded: String,
    /// The name alone, folded.
    folded_name: String,
    /// One of those that it became has the same name, so that the name alone says nothing of then.
    keeps_its_name: bool,
}

/// History does not change: it is carried, not kept in the data base.
static ALL: LazyLock<Vec<FormerCommune>> = LazyLock::new(|| {
    let mut text = String::new();
    if GzDecoder::new(FORMER).read_to_string(&mut text).is_err() {
        return Vec::new();
    }
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut all: Vec<_> = reader.records().filter_map(Result::ok).map(|r| FormerCommune::of(&r)).collect();
    // A commune of today has the code of the old one whose seat it took over, and mostly its name.
    let names: HashMap<String, String> = all.iter().map(|f| (f.code.clone(), f.folded_name.clone())).collect();
    for f in &mut all {
        f.keeps_its_name = f.became.iter().any(|code| names.get(code) == Some(&f.folded_name));
    }
    all
});

/// The same as forms look for them in typed addresses.
static FOR_FORMS: LazyLock<Arc<Vec<domain::forms::Former>>> = LazyLock::new(|| {
    let one = |f: &FormerCommune| domain::forms::Former {
        whole: f.folded.clone(),
        name: fold(&f.name),
        became: f.became.clone(),
    };
    Arc::new(ALL.iter().filter(|f| !f.became.is_empty()).map(one).collect())
});

/// Every former commune that became part of another.
pub fn former_communes() -> Arc<Vec<domain::forms::Former>> {
    Arc::clone(&FOR_FORMS)
}

impl FormerCommune {
    /// "Phường Hà Khánh, Thành phố Hạ Long, Tỉnh Quảng Ninh".
    pub fn whole(&self) -> String {
        format!("{}, {}, {}", self.name, self.district, self.province)
    }
    fn of(row: &csv::StringRecord) -> Self {
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        Self {
            folded: fold(&format!("{} {} {}", cell(1), cell(2), cell(3))),
            folded_name: fold(&cell(1)),
            keeps_its_name: false,
            code: cell(0),
            name: cell(1),
            district: cell(2),
            province: cell(3),
            became: cell(4).split(';').filter(|c| !c.is_empty()).map(str::to_owned).collect(),
        }
    }
}

/// Former communes in whose names every word of the question stands, those that it begins first; at most `most`.
pub fn former(text: &str, most: usize) -> Vec<&'static FormerCommune> {
    let asked = fold(text);
    if asked.is_empty() {
        return Vec::new();
    }
    let has = |f: &&FormerCommune| asked.split(' ').all(|w| format!(" {} ", f.folded).contains(&format!(" {w}")));
    let mut found: Vec<_> = ALL.iter().filter(has).collect();
    found.sort_by_key(|f| (!fold(&f.name).ends_with(&asked), !f.folded.contains(&asked), &f.code));
    found.truncate(most);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cat_07_an_old_commune_is_found_by_its_old_names_and_leads_to_the_new_one() {
        assert!(ALL.len() > 10_000);
        let found = former("yên thọ đông triều", 5);
        assert!(!found.is_empty() && found.iter().all(|f| f.district.contains("Đông Triều")), "{found:?}");
        assert!(found.iter().any(|f| !f.became.is_empty()));
        assert_eq!(former("phuc xa ba dinh", 5)[0].code, "00001");
        assert!(former("", 5).is_empty() && former("khong co xa nay", 5).is_empty());
    }
}
