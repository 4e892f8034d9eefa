//! The questions that lead to a case, as forms ask them: at the counter and in the wizard (INT-02).

use crate::http::Form;
use domain::catalogue::{CaseQuestion, MOST_QUESTIONS, ProcedureVersion, Variant, narrowed, questions, telling};

/// The fields of the answers, in the order of the questions.
pub const FIELDS: [&str; MOST_QUESTIONS] = ["hoi.0", "hoi.1", "hoi.2", "hoi.3", "hoi.4", "hoi.5"];

/// A question as it is asked: the name of its field.
pub struct Asked {
    pub field: &'static str,
    pub of: CaseQuestion,
}

fn given(form: &Form) -> Vec<&str> {
    FIELDS.iter().map(|field| form.value(field)).collect()
}

/// The questions that still tell something.
pub fn asked(procedure: &ProcedureVersion, form: &Form) -> Vec<Asked> {
    let telling = telling(&procedure.variants, &given(form));
    let all = FIELDS.iter().zip(questions(&procedure.variants)).zip(telling);
    all.filter(|(_, tells)| *tells).map(|((field, of), _)| Asked { field, of }).collect()
}

/// The cases that are left; all of them where the answers contradict each other.
pub fn left<'a>(procedure: &'a ProcedureVersion, form: &Form) -> Vec<&'a Variant> {
    let left = narrowed(&procedure.variants, &given(form));
    if left.is_empty() { procedure.variants.iter().collect() } else { left }
}

/// The case to which the answers lead when it is another than the one in the form: the only one that is left, or `among`
/// several the one that it names.
pub fn led_to(procedure: &ProcedureVersion, form: &Form, among: impl Fn(&[&Variant]) -> String) -> Option<String> {
    let (left, chosen) = (left(procedure, form), form.value("variant"));
    if left.iter().any(|case| case.id == chosen) {
        return None;
    }
    match left.as_slice() {
        [only] => Some(only.id.clone()),
        several => Some(among(several)).filter(|id| id != chosen),
    }
}
