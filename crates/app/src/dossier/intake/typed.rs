//! The form as typed, turned into what the parser takes.

use crate::{
    dossier::intake_fields::{IntakeInput, PersonInput, ProxyInput, typed_receipt},
    error::FieldError,
    http::Form,
};

/// The whole form; components come from the checklist.
pub fn input(form: &Form, procedure: &str, wrong: &mut Vec<FieldError>) -> IntakeInput {
    let text = |name: &str| form.text(name).map(str::to_owned);
    IntakeInput {
        procedure: procedure.to_owned(),
        variant: text("variant"),
        agency: text("agency"),
        channel: form.value("channel").to_owned(),
        centre: None,
        applicant: person(form, "applicant"),
        owner: is_typed(form, "owner").then(|| person(form, "owner")),
        proxy: is_typed(form, "proxy").then(|| ProxyInput {
            person: person(form, "proxy"),
            authorisation: form.value("proxy.authorisation").to_owned(),
        }),
        components: Vec::new(),
        sets: sets(form, wrong),
        form: serde_json::Value::Null,
        result_by: text("result_by"),
        received_at: typed_receipt(form, wrong).map(|at| at.to_string()),
        late_reason: form.text("late_reason").map(str::to_owned),
        fees: super::fees::typed(form, wrong),
        fees_when: super::fees::when(form).map(str::to_owned),
        fees_proof: super::fees::proof(form).map(str::to_owned),
        draft: false,
    }
}

/// Somebody else is on the dossier as soon as one of the fields says something.
pub fn is_typed(form: &Form, at: &str) -> bool {
    ["name", "identity", "phone", "email", "address", "authorisation"]
        .iter()
        .any(|field| form.text(&format!("{at}.{field}")).is_some())
}

fn person(form: &Form, at: &str) -> PersonInput {
    let text = |field: &str| form.text(&format!("{at}.{field}")).map(str::to_owned);
    PersonInput {
        kind: text("kind").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        identity: text("identity"),
        phone: text("phone"),
        email: text("email"),
        address: text("address"),
    }
}

fn sets(form: &Form, wrong: &mut Vec<FieldError>) -> Option<u32> {
    let text = form.text("sets")?;
    match text.parse() {
        Ok(n) if (1..=1000).contains(&n) => Some(n),
        _ => {
            let (vi, en) = ("Số bộ là số từ 1 đến 1000.", "The number of sets is between 1 and 1000.");
            wrong.push(FieldError::new("sets", "invalid", vi, en));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form::from_pairs(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())))
    }

    /// INT-08
    #[test]
    fn int_08_the_time_of_receipt_needs_day_and_time() {
        let mut wrong = Vec::new();
        let at =
            |pairs: &[(&str, &str)], wrong: &mut Vec<FieldError>| input(&form(pairs), "1.000001", wrong).received_at;
        let good = [("received_at", "06/10/2025"), ("received_time", "08:15")];
        assert_eq!(at(&good, &mut wrong).as_deref(), Some("2025-10-06T08:15:00+07:00"));
        assert_eq!(at(&[], &mut wrong), None);
        assert!(wrong.is_empty());
        assert_eq!(at(&[("received_at", "06/10/2025")], &mut wrong), None);
        assert_eq!(wrong[0].field, "received_at");
    }

    /// INT-10
    #[test]
    fn int_10_a_proxy_is_there_as_soon_as_one_field_names_one() {
        assert!(input(&form(&[]), "1.000001", &mut Vec::new()).proxy.is_none());
        let typed = form(&[("proxy.authorisation", "Giấy ủy quyền số 12")]);
        assert!(input(&typed, "1.000001", &mut Vec::new()).proxy.is_some());
    }
}
