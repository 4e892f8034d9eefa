//! Agencies, centres, communes (ADM-04).

use crate::deadline::Session;
use serde::{Deserialize, Serialize};

/// An agency that handles dossiers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Identifier by QĐ 20/2020, `H49.24`: the first part of its dossiers' codes.
    pub identifier: String,
    /// Full name.
    pub name: String,
    /// Short name for tables.
    pub short: String,
    /// What it is.
    pub kind: AgencyKind,
    /// On which level.
    pub level: Level,
    /// Whether it is the police, which some profiles let return results themselves.
    #[serde(default)]
    pub police: bool,
    /// Other names under which catalogues know it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Officers whom it sends to the Centre, where the regulation says how many (seed 004, mục III).
    #[serde(default)]
    pub seats: Option<u32>,
    /// The agency whose place at the Centre it shares.
    #[serde(default)]
    pub seat_with: Option<String>,
    /// Code of its commune, five digits, for agencies of communes.
    #[serde(default)]
    pub area: Option<String>,
}

/// Kinds of agency (seed 003, Điều 2; ADM-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// Sở, ban, ngành.
    Department,
    /// Cơ quan ngành dọc.
    Vertical,
    /// Đơn vị sự nghiệp công lập.
    PublicUnit,
    /// Doanh nghiệp nhà nước.
    StateEnterprise,
    /// Doanh nghiệp cung cấp dịch vụ (điện, nước).
    ServiceEnterprise,
    /// Bưu chính công ích.
    Post,
    /// Doanh nghiệp được thuê.
    HiredEnterprise,
    /// UBND xã, phường.
    Commune,
    /// UBND đặc khu.
    SpecialZone,
    /// UBND tỉnh và Văn phòng UBND tỉnh.
    Committee,
    /// The Centre itself.
    CentreAgency,
}

/// Level of an agency or a centre. There are two since 1 July 2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Cấp tỉnh.
    Province,
    /// Cấp xã.
    Commune,
}

macro_rules! words {
    ($type:ident: $($variant:ident $key:literal $vi:literal $en:literal;)+) => {
        impl $type {
            /// Every one, in the order in which screens list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The key used by profiles, imports and the data base.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }
            /// The Vietnamese and the English name.
            pub const fn words(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($vi, $en)),+ }
            }
            /// Reads the key.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == key)
            }
        }
    };
}

words! { AgencyKind:
    Department "department" "Sở, ban, ngành" "Department";
    Vertical "vertical" "Cơ quan ngành dọc" "Vertical agency";
    PublicUnit "public_unit" "Đơn vị sự nghiệp công lập" "Public unit";
    StateEnterprise "state_enterprise" "Doanh nghiệp nhà nước" "State enterprise";
    ServiceEnterprise "service_enterprise" "Doanh nghiệp cung cấp dịch vụ" "Service enterprise";
    Post "post" "Bưu chính công ích" "Public post";
    HiredEnterprise "hired_enterprise" "Doanh nghiệp được thuê" "Hired enterprise";
    Commune "commune" "Ủy ban nhân dân xã, phường" "Commune";
    SpecialZone "special_zone" "Ủy ban nhân dân đặc khu" "Special zone";
    Committee "committee" "Ủy ban nhân dân tỉnh và Văn phòng" "Province's committee and its office";
    CentreAgency "centre_agency" "Trung tâm Phục vụ hành chính công" "Service centre";
}

words! { Level:
    Province "province" "Cấp tỉnh" "Province";
    Commune "commune" "Cấp xã" "Commune";
}

/// A centre: the provincial one, or a commune's one-stop unit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Centre {
    /// Short ASCII code, `tinh`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// On which level.
    pub level: Level,
    /// Identifier of the agency to which it belongs.
    pub agency: String,
    /// Code of its commune, for centres of communes.
    #[serde(default)]
    pub area: Option<String>,
    /// Address for slips.
    pub address: String,
    /// Telephone for slips; empty when not known.
    #[serde(default)]
    pub phone: String,
    /// Counters, in order.
    pub counters: Vec<Counter>,
    /// Working sessions of this centre, where they differ from the profile's.
    #[serde(default)]
    pub sessions: Option<Vec<Session>>,
}

/// A counter (quầy).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// Number above the counter.
    pub number: u16,
    /// What it is for.
    pub name: String,
}

/// A unit inside the provincial centre.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CentreUnit {
    /// Short ASCII code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Communes in short form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Communes {
    /// Names of the counters that each commune's centre has.
    #[serde(default)]
    pub counters: Vec<String>,
    /// The communes.
    #[serde(default)]
    pub list: Vec<Commune>,
}

/// One commune: its People's Committee and, where named, its centre.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commune {
    /// Identifier of its People's Committee.
    pub identifier: String,
    /// Code of the commune, five digits.
    pub area: String,
    /// Name with its kind in lower case, "phường Hồng Gai".
    pub name: String,
    /// Code of its centre; absent where the profile gives it none.
    #[serde(default)]
    pub centre: Option<String>,
}

impl Communes {
    pub(super) fn expand(&self) -> (Vec<Agency>, Vec<Centre>) {
        let agencies = self.list.iter().map(Commune::agency).collect();
        let centres = self.list.iter().filter_map(|c| c.one_stop_unit(&self.counters)).collect();
        (agencies, centres)
    }
}

impl Commune {
    fn agency(&self) -> Agency {
        let kind = if self.name.starts_with("đặc khu") { AgencyKind::SpecialZone } else { AgencyKind::Commune };
        Agency {
            identifier: self.identifier.clone(),
            name: format!("Ủy ban nhân dân {}", self.name),
            short: format!("UBND {}", self.name),
            kind,
            level: Level::Commune,
            police: false,
            aliases: Vec::new(),
            seats: None,
            seat_with: None,
            area: Some(self.area.clone()),
        }
    }

    fn one_stop_unit(&self, counters: &[String]) -> Option<Centre> {
        let code = self.centre.clone()?;
        let counters = (1..).zip(counters).map(|(number, name)| Counter { number, name: name.clone() });
        Some(Centre {
            code,
            name: format!("Trung tâm Phục vụ hành chính công {}", self.name),
            level: Level::Commune,
            agency: self.identifier.clone(),
            area: Some(self.area.clone()),
            address: format!("Trụ sở Ủy ban nhân dân {}", self.name),
            phone: String::new(),
            counters: counters.collect(),
            sessions: None,
        })
    }
}
