//! The regulation's own articles, as the lines of "why this date" cite them to the applicant.

use super::Profile;
use crate::deadline::Cites;
use serde::Deserialize;
use std::collections::BTreeMap;

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
    /// What a refusal cites, by its rule (`GR-1`) or, where one rule has several articles, by its code
    /// (`supplement.window_passed`).
    pub refusals: BTreeMap<String, String>,
}

impl Profile {
    /// The article that a refusal cites: the province's own for its code or its rule, else the form by which the matter is done
    /// or what the civil code says everywhere. `None` where nothing rules it but the system itself.
    pub fn article_of(&self, rule: &str, code: &str) -> Option<String> {
        let own = self.articles.refusals.get(code).or_else(|| self.articles.refusals.get(rule));
        own.map(|a| format!("{a} {}", self.province.regulation)).or_else(|| self.everywhere(rule))
    }

    fn everywhere(&self, rule: &str) -> Option<String> {
        let form = |number: &str| Some(format!("Mẫu số {number}, {}", self.forms.set.citation()));
        match rule {
            "GR-1" | "CLK-04" | "INT-04" => form("02"),
            "CLK-10" | "INT-05" => form("03"),
            "GR-2" | "CLK-05" => form("04"),
            "CLK-01" => Some("Bộ luật Dân sự 2015, Điều 147, 148".into()),
            _ => None,
        }
    }

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
