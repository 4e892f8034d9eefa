//! The province and its set of forms.

use serde::{Deserialize, Serialize};

/// Which province this is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Province {
    /// The profile's own name, `quang-ninh`: lower case ASCII.
    pub key: String,
    /// Identifier of the province by QĐ 20/2020, `H49`; the prefix of its agencies' identifiers.
    pub identifier: String,
    /// Full name with its kind, "Tỉnh Quảng Ninh".
    pub name: String,
    /// Place name that slips print before the date, "Quảng Ninh".
    pub place: String,
    /// Code of the administrative unit, two digits, `22`.
    pub area_code: String,
    /// The regulation that the profile follows, as slips and help cite it.
    pub regulation: String,
}

/// Which forms are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// The circular that numbers them.
    pub set: FormSet,
}

/// The circular that numbers the forms: 05 and 06 shift between the two, so a form is known by set and number together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FormSet {
    /// Thông tư 01/2018/TT-VPCP: forms 01–06.
    #[serde(rename = "TT01_2018")]
    Tt01Of2018,
    /// Thông tư 03/2025/TT-VPCP: forms 01–07; 05 is the stop notice.
    #[serde(rename = "TT03_2025")]
    Tt03Of2025,
}

impl FormSet {
    /// The circular as slips cite it.
    pub const fn citation(self) -> &'static str {
        match self {
            Self::Tt01Of2018 => "Thông tư số 01/2018/TT-VPCP",
            Self::Tt03Of2025 => "Thông tư số 03/2025/TT-VPCP",
        }
    }
    /// The key that profiles and the data base use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tt01Of2018 => "TT01_2018",
            Self::Tt03Of2025 => "TT03_2025",
        }
    }
}
