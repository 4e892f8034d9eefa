//! Old communes in an address as people still write it: "Thôn 3, xã Hòa Bình, thành phố Hạ Long" names a commune that is gone.

use super::{ALL, FormerCommune};
use domain::text::fold;

/// An old commune that an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    pub old: &'static FormerCommune,
    /// What stands before it in the address; without a comma at its end.
    pub before: String,
}

/// Kinds of communes, districts and provinces as they are cut short.
const SHORT: [(&str, &str); 8] = [
    ("p ", "phuong "),
    ("x ", "xa "),
    ("tt ", "thi tran "),
    ("q ", "quan "),
    ("h ", "huyen "),
    ("tx ", "thi xa "),
    ("tp ", "thanh pho "),
    ("t ", "tinh "),
];

/// The old communes of this address. One without its district counts only where the province is named (`own` when nothing
/// follows), and where no commune of today there has the same name.
pub fn named_in(address: &str, own: &str) -> Vec<Renamed> {
    let parts: Vec<&str> = address.split([',', ';']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let folded: Vec<String> = parts.iter().map(|p| written_out(p)).collect();
    let mut found = Vec::new();
    for (at, part) in folded.iter().enumerate() {
        let rest = &folded[at + 1..];
        let of = |f: &&FormerCommune| !f.became.is_empty() && f.folded_name == *part && f.is_meant(rest, own);
        let before = parts[..at].join(", ");
        found.extend(ALL.iter().filter(of).map(|old| Renamed { old, before: before.clone() }));
    }
    found
}

impl FormerCommune {
    fn is_meant(&self, rest: &[String], own: &str) -> bool {
        let is = |part: &String, name: &str| *part == fold(name) || *part == bare(&fold(name));
        if rest.iter().any(|part| is(part, &self.district)) {
            return true;
        }
        match rest {
            [] => !self.keeps_its_name && bare(&fold(&self.province)) == bare(&fold(own)),
            [only] => !self.keeps_its_name && is(only, &self.province),
            _ => false,
        }
    }
}

/// Folded, with the kind of place written out: "P. Hà Khánh" → "phuong ha khanh".
fn written_out(part: &str) -> String {
    let folded = fold(part);
    let (short, long) = SHORT.into_iter().find(|(short, _)| folded.starts_with(short)).unwrap_or(("", ""));
    format!("{long}{}", &folded[short.len()..])
}

/// A name without its kind: "thanh pho ha long" → "ha long".
fn bare(folded: &str) -> String {
    let kinds = ["thanh pho ", "thi xa ", "thi tran ", "huyen ", "quan ", "tinh ", "xa ", "phuong "];
    kinds.iter().find_map(|kind| folded.strip_prefix(kind)).unwrap_or(folded).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(address: &str) -> Vec<(String, String)> {
        named_in(address, "Quảng Ninh").into_iter().map(|r| (r.old.name.clone(), r.before)).collect()
    }

    #[test]
    fn cat_07_an_old_commune_is_found_in_an_address_as_people_write_it() {
        let expected = vec![("Phường Hà Khánh".to_owned(), "Tổ 3, khu 5".to_owned())];
        assert_eq!(told("Tổ 3, khu 5, phường Hà Khánh, thành phố Hạ Long, tỉnh Quảng Ninh"), expected);
        assert_eq!(told("Tổ 3, khu 5, P. Ha Khanh, TP Hạ Long"), expected);
        assert_eq!(told("Tổ 3, khu 5, phường Hà Khánh, Quảng Ninh"), expected);
        assert_eq!(told("Tổ 3, khu 5, phường Hà Khánh"), expected);
    }

    #[test]
    fn cat_07_a_commune_of_today_elsewhere_or_half_named_is_left_alone() {
        assert_eq!(told("Phường Cao Xanh, tỉnh Quảng Ninh"), [], "it has the same name today");
        assert_eq!(told("phường Hà Khánh, thành phố Đà Nẵng"), []);
        assert_eq!(told("Hà Khánh"), []);
        assert_eq!(told(""), []);
        let with_district = told("Phường Cao Xanh, TP Hạ Long, Quảng Ninh");
        assert_eq!(with_district.len(), 1, "a district says that the address is of then: {with_district:?}");
    }
}
