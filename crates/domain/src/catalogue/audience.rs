//! Who may apply, in the few groups by which people look for procedures.

use crate::text::fold;

/// A group of applicants. The national catalogue knows some twenty kinds; people know these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Vietnamese citizens, at home or abroad.
    Citizen,
    /// Enterprises, household businesses and cooperatives.
    Business,
    /// Foreigners and foreign organisations.
    Foreign,
    /// Other organisations.
    Organisation,
    /// Officials and agencies of the State or the Party.
    Official,
}

impl Audience {
    /// Every group, in the order of the filter.
    pub const ALL: [Self; 5] = [Self::Citizen, Self::Business, Self::Foreign, Self::Organisation, Self::Official];

    /// The word of addresses and of the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Business => "business",
            Self::Foreign => "foreign",
            Self::Organisation => "organisation",
            Self::Official => "official",
        }
    }
    /// The group of that word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.key() == key)
    }
    /// Its name, Vietnamese then English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Citizen => ("Người dân", "Citizens"),
            Self::Business => ("Doanh nghiệp, hộ kinh doanh, hợp tác xã", "Businesses and cooperatives"),
            Self::Foreign => ("Người, tổ chức nước ngoài", "Foreigners and foreign organisations"),
            Self::Organisation => ("Tổ chức khác", "Other organisations"),
            Self::Official => ("Cán bộ, cơ quan nhà nước", "Officials and agencies"),
        }
    }

    /// The groups that a catalogue's kinds of applicants belong to, each once.
    pub fn of_all(applicants: &[String]) -> Vec<Self> {
        let mut groups: Vec<_> = applicants.iter().flat_map(|a| Self::of(a)).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// The groups of one kind: "Tổ chức (không bao gồm doanh nghiệp, HTX)", "Doanh nghiệp có vốn đầu tư nước ngoài".
    fn of(applicant: &str) -> Vec<Self> {
        let text = fold(applicant);
        let has = |words: &str| text.contains(words);
        if has("khong bao gom") {
            return vec![Self::Organisation];
        }
        if has("can bo") || has("cong chuc") || has("dang vien") || has("to chuc dang") || has("co quan nha nuoc") {
            return vec![Self::Official];
        }
        if has("doanh nghiep") || has("hop tac xa") || has("ho kinh doanh") {
            return vec![Self::Business];
        }
        if has("cong dan") || has("nguoi viet nam") || has("ca nhan") || has("ho gia dinh") {
            return vec![Self::Citizen];
        }
        if has("nuoc ngoai") {
            return vec![Self::Foreign];
        }
        if has("to chuc") {
            return vec![Self::Organisation];
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cat_01_the_kinds_of_the_national_catalogue_fall_into_the_groups_that_people_know() {
        use Audience::{Business, Citizen, Foreign, Official, Organisation};
        for (kind, group) in [
            ("Công dân Việt Nam", Citizen),
            ("Người Việt Nam định cư ở nước ngoài", Citizen),
            ("Doanh nghiệp có vốn đầu tư nước ngoài", Business),
            ("Hợp tác xã", Business),
            ("Tổ chức (không bao gồm doanh nghiệp, HTX)", Organisation),
            ("Tổ chức nước ngoài", Foreign),
            ("Người nước ngoài đã cư trú tại Việt Nam", Foreign),
            ("Cán bộ, công chức, viên chức", Official),
        ] {
            assert_eq!(Audience::of_all(&[kind.to_owned()]), [group], "{kind}");
        }
        assert!(Audience::of_all(&["Khác".to_owned()]).is_empty());
        assert!(Audience::ALL.into_iter().all(|a| Audience::from_key(a.key()) == Some(a)));
    }
}
