//! What is known already and need not be typed again: the applicant's data, and what the same person answered before.

use super::{Fill, Form, Kind, Places, Typed};
use serde_json::Value;

/// What the wizard knows of the applicant.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Full name.
    pub name: &'a str,
    /// Identity number.
    pub identity: &'a str,
    /// Telephone.
    pub phone: &'a str,
    /// E-mail.
    pub email: &'a str,
    /// Address in one line.
    pub address: &'a str,
}

impl Known<'_> {
    fn get(&self, fill: Fill) -> &str {
        match fill {
            Fill::ApplicantName => self.name,
            Fill::ApplicantIdentity => self.identity,
            Fill::ApplicantPhone => self.phone,
            Fill::ApplicantEmail => self.email,
            Fill::ApplicantAddress => self.address,
        }
    }
}

/// Texts for the fields that nobody has filled yet: first what was answered before (INT-14), then the applicant's data.
/// Nothing that was typed is ever replaced.
pub fn prefill(form: &Form, typed: &Typed, known: &Known<'_>, before: Option<&Value>, places: &Places) -> Typed {
    let mut filled = Typed::new();
    if let Some(before) = before {
        // Of an older version only what this one still asks.
        let (earlier, _) = super::flatten(form, before);
        let is_free = |path: &str| {
            let key = path.split('.').next().unwrap_or(path);
            !typed.iter().any(|(p, v)| !v.trim().is_empty() && (p == key || p.starts_with(&format!("{key}."))))
        };
        filled.extend(earlier.into_iter().filter(|(path, _)| is_free(path)));
    }
    for (_, field) in form.fields() {
        let Some(fill) = field.fill else { continue };
        let said = known.get(fill).trim();
        let fits = field.kind != Kind::CitizenId || crate::people::CitizenId::parse(said).is_ok();
        if said.is_empty() || !fits {
            continue;
        }
        let texts = match field.kind {
            Kind::Address => ["province", "commune", "line"]
                .map(|p| format!("{}.{p}", field.key))
                .into_iter()
                .zip(places.parted(said))
                .collect(),
            _ => vec![(field.key.clone(), said.to_owned())],
        };
        // An address in which something stands is somebody's own.
        let is_free = |t: &Typed| texts.iter().all(|(path, _)| t.get(path).is_none_or(|v| v.trim().is_empty()));
        if is_free(typed) && is_free(&filled) {
            filled.extend(texts.into_iter().filter(|(_, text)| !text.is_empty()));
        }
    }
    filled
}
