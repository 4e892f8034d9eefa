//! The regulation's own articles, as the lines of "why this date" cite them to the applicant.

use super::Profile;
use crate::deadline::Cites;
use serde::Deserialize;

/// Article by article (`Điều 16.1e`); absent where the regulation is silent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Articles {
    /// The receipt of a complete dossier, from which the limit runs.
    pub received: Option<String>,
    /// What comes outside hours.
    pub out_of_hours: Option<String>,
    /// Which days are working days.
    pub working_day: Option<String>,
    /// The return for a supplement.
    pub supplement: Option<String>,
    /// Fees.
    pub fee: Option<String>,
    /// Suspension.
    pub suspension: Option<String>,
    /// Apology and new date.
    pub reappointment: Option<String>,
}

impl Profile {
    /// What the lines of a due date cite in this province: its regulation by name, else the form by which it is done.
    pub fn cites(&self) -> Cites {
        let whole = |article: &Option<String>| article.as_ref().map(|a| format!("{a} {}", self.province.regulation));
        let form = |number: &str| Some(format!("Mẫu số {number}, {}", self.forms.set.citation()));
        let a = &self.articles;
        Cites {
            received: whole(&a.received),
            out_of_hours: whole(&a.out_of_hours),
            working_day: whole(&a.working_day),
            supplement: whole(&a.supplement).or_else(|| form("02")),
            fee: whole(&a.fee),
            suspension: whole(&a.suspension),
            reappointment: whole(&a.reappointment).or_else(|| form("04")),
        }
    }
}
