//! Who looked at whose personal data (SEC-01, STO-02): what counts as one look, and who may read the list of them.

use super::{Role, Scope, Who};
use crate::{id::Id, people::Agency, time::Instant};
use jiff::civil::Time;

macro_rules! readings {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// By what way personal data of a dossier was shown to an officer.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reading { $(#[doc = $doc] $variant),+ }

        impl Reading {
            /// Every way.
            pub const ALL: &'static [Reading] = &[$(Reading::$variant),+];

            /// The key used by the data base.
            pub const fn key(self) -> &'static str {
                match self { $(Reading::$variant => $key),+ }
            }
            /// In both languages, as it is told to the person whose data it is.
            pub const fn words(self) -> (&'static str, &'static str) {
                match self { $(Reading::$variant => ($vi, $en)),+ }
            }
        }
    };
}

readings! {
    Page "page" "Mở hồ sơ" "Opened the dossier" "The page of the dossier, or the form of a step.";
    Numbers "numbers" "Xem đủ số giấy tờ, số điện thoại" "Saw the numbers in full" "Identity and telephone numbers without a mask.";
    File "file" "Mở tệp đính kèm" "Opened a file" "A file of the dossier.";
    Identity "identity" "Mở ảnh giấy tờ tùy thân" "Opened the picture of an identity document" "A file of a paper that shows an identity document: it is shown only to who asks for it.";
    Slip "slip" "Mở phiếu" "Opened a slip" "A slip, on the screen or on paper.";
    List "list" "Thấy tên trong danh sách" "Saw the name in a list" "A row of a work list.";
    Search "search" "Tìm theo người" "Found it by the person" "A search by identity number or card.";
    Hotline "hotline" "Trả lời qua tổng đài" "Answered on the hotline" "An operator told a caller how it stands, or who is on it after the caller proved to be.";
    Register "register" "Xem hoặc in sổ theo dõi" "Read or printed the register" "An entry of the register.";
    Api "api" "Đọc bằng phần mềm kết nối" "Read by connected software" "The API, with a key that acts as the officer.";
}

impl Reading {
    /// The way of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|r| r.key() == key)
    }
}

/// The half of the day in which a moment lies. The same officer who looks again at the same thing within it is one line,
/// with the first and the last time and how often.
pub fn half_day(at: Instant) -> Instant {
    let local = at.local();
    let begin = if local.hour() < 12 { Time::midnight() } else { Time::constant(12, 0, 0, 0) };
    Instant::from_local(local.date().to_datetime(begin))
}

/// Whose looks somebody may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadersOf {
    /// Everybody's.
    Province,
    /// Those of one agency's officers.
    Agency(Id<Agency>),
}

impl Who {
    /// Whose looks at personal data this officer may read: the Centre's heads and supervisors everybody's (VL 4.3c), a
    /// leader or administrator of an agency those of the own officers.
    pub fn reads_looks_of(&self) -> Option<ReadersOf> {
        let all = |r| matches!(r, Role::TopAdmin | Role::Supervisor | Role::CentreDirector | Role::CentreDeputy);
        if self.any(all) {
            return Some(ReadersOf::Province);
        }
        let own = |r| matches!(r, Role::AgencyLeader | Role::AgencyAdmin);
        self.any(own).then_some(ReadersOf::Agency(self.agency))
    }
}

impl ReadersOf {
    /// The scope in which a dossier may be named to narrow the list. Codes and names of procedures are no personal data.
    pub const fn scope(self) -> Scope {
        match self {
            Self::Province => Scope::Province,
            Self::Agency(agency) => Scope::Officer { agency: Some(agency), centre: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Bound;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn sec_01_a_day_has_two_halves_in_local_time() {
        assert_eq!(half_day(at("2025-10-06T00:00")), at("2025-10-06T00:00"));
        assert_eq!(half_day(at("2025-10-06T11:59:59")), at("2025-10-06T00:00"));
        assert_eq!(half_day(at("2025-10-06T12:00")), at("2025-10-06T12:00"));
        assert_eq!(half_day(at("2025-10-06T23:59:59")), at("2025-10-06T12:00"));
    }

    #[test]
    fn sec_01_every_way_of_reading_has_a_key_of_its_own_and_words() {
        for reading in Reading::ALL {
            assert_eq!(Reading::from_key(reading.key()), Some(*reading));
            assert!(!reading.words().0.is_empty() && !reading.words().1.is_empty());
        }
    }

    #[test]
    fn sec_01_only_those_who_supervise_or_lead_read_who_looked() {
        let who = |role| Who {
            officer: Id::new(1),
            agency: Id::new(2),
            unit: Id::new(3),
            centre: Some(Id::new(4)),
            roles: vec![role],
            bound: Bound::default(),
        };
        for &role in Role::ALL {
            let expected = match role {
                Role::TopAdmin | Role::Supervisor | Role::CentreDirector | Role::CentreDeputy => {
                    Some(ReadersOf::Province)
                }
                Role::AgencyLeader | Role::AgencyAdmin => Some(ReadersOf::Agency(Id::new(2))),
                _ => None,
            };
            assert_eq!(who(role).reads_looks_of(), expected, "{role}");
        }
    }
}
