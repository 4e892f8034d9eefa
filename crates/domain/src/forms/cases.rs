//! Trials of a form: named answers that must pass, or must fail at a field. A form is tried before it is published.

use super::{Facts, Form, Typed, read};
use serde::{Deserialize, Serialize};

/// One trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What is tried, in words.
    pub name: String,
    /// What is typed, by path: `ho_ten`, `thanh_vien.0.ho_ten`, `cho_o.province`.
    pub answers: Typed,
    /// The field at which it must fail; absent: everything must be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fails_at: Option<String>,
}

/// A trial that came out otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFault {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// Tries one case.
pub fn run(form: &Form, case: &Case, facts: &Facts<'_>) -> Result<(), CaseFault> {
    let faults = read(form, &case.answers, facts).faults;
    let found: Vec<String> = faults.iter().map(|f| f.field.clone()).collect();
    match &case.fails_at {
        None if faults.is_empty() => Ok(()),
        None => {
            let list = |en: bool| {
                let one = |f: &super::Fault| format!("{}: {}", f.field, if en { &f.en } else { &f.vi });
                faults.iter().map(one).collect::<Vec<_>>().join(" ")
            };
            Err(CaseFault {
                vi: format!("phải đạt nhưng sai ở {}", list(false)),
                en: format!("must pass, but {}", list(true)),
            })
        }
        Some(at) if found.iter().any(|f| f == at || f.strip_prefix(at).is_some_and(|r| r.starts_with('.'))) => Ok(()),
        Some(at) if found.is_empty() => Err(CaseFault {
            vi: format!("phải sai ở {at} nhưng lại đạt"),
            en: format!("must fail at {at}, but passes"),
        }),
        Some(at) => {
            let at_all = found.join(", ");
            Err(CaseFault {
                vi: format!("phải sai ở {at} nhưng sai ở {at_all}"),
                en: format!("must fail at {at}, but fails at {at_all}"),
            })
        }
    }
}
