//! The one-pass checklist of form 02: of each paper whether it is enough, lacking or wrong, in which way, and how to mend it.

use crate::{
    dossier::subject::{Subject, received},
    http::{Form, Shell},
};
use domain::dossier::{Problem, ReceivedComponent, RequestItem};

/// One line of the checklist with what was found.
pub struct Finding {
    /// The component's id; empty for the request itself.
    pub id: String,
    pub name: Option<String>,
    /// What was received of it.
    pub got: Option<ReceivedComponent>,
    pub required: bool,
    /// `enough`, `lacking` or `wrong`.
    pub found: &'static str,
    pub problem: String,
    pub note: String,
}

/// The phrases to choose from when a paper is wrong; a missing one needs no phrase.
pub fn phrases() -> impl Iterator<Item = Problem> {
    Problem::ALL.iter().copied().filter(|p| *p != Problem::Missing)
}

/// Every published paper of the case, then the request itself, each with what was typed.
pub fn findings(subject: &Subject, form: &Form) -> Vec<Finding> {
    let variant = subject.governing.procedure.variant(subject.state.intake.variant.as_deref().unwrap_or_default());
    let papers = variant.map_or(&[][..], |v| v.components.as_slice()).iter().filter(|c| c.is_paper());
    let mut list: Vec<Finding> = papers
        .enumerate()
        .map(|(i, c)| {
            let got = subject.state.intake.components.iter().find(|r| r.id == c.id);
            let here = got.is_some_and(ReceivedComponent::is_here);
            Finding {
                id: c.id.clone(),
                name: Some(c.name.clone()),
                got: got.filter(|g| g.is_here()).cloned(),
                required: c.required,
                found: found(form, i, if here || !c.required { "enough" } else { "lacking" }),
                problem: form.value(&at(i, "problem")).to_owned(),
                note: form.value(&at(i, "note")).to_owned(),
            }
        })
        .collect();
    let beyond = list.len();
    list.push(Finding {
        id: String::new(),
        name: None,
        got: None,
        required: false,
        found: found(form, beyond, "enough"),
        problem: form.value(&at(beyond, "problem")).to_owned(),
        note: form.value(&at(beyond, "note")).to_owned(),
    });
    list
}

impl Finding {
    /// What is here of it, in words; of what never came, nothing.
    pub fn received(&self, shell: &Shell) -> Option<String> {
        self.got.as_ref().map(|got| received(got, shell.lang))
    }
}

fn found(form: &Form, i: usize, unless_typed: &'static str) -> &'static str {
    match form.value(&at(i, "found")) {
        "enough" => "enough",
        "lacking" => "lacking",
        "wrong" => "wrong",
        _ => unless_typed,
    }
}

/// The name of a field of the checklist.
pub fn at(i: usize, what: &str) -> String {
    format!("items.{i}.{what}")
}

/// What is asked for: every paper that is not enough.
pub fn items(findings: &[Finding]) -> Vec<RequestItem> {
    let asked = findings.iter().filter(|f| f.found != "enough");
    let item = |f: &Finding| RequestItem {
        component: Some(f.id.clone()).filter(|id| !id.is_empty()),
        problem: match f.found {
            "lacking" => Problem::Missing,
            _ => Problem::from_key(&f.problem).unwrap_or(Problem::Wrong),
        },
        note: f.note.trim().to_owned(),
    };
    asked.map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(id: &str, found: &'static str, problem: &str) -> Finding {
        Finding {
            id: id.into(),
            name: None,
            got: None,
            required: true,
            found,
            problem: problem.into(),
            note: " Nộp bản có chứng thực. ".into(),
        }
    }

    /// INT-04, GR-1
    #[test]
    fn int_04_only_what_is_not_enough_is_asked_for_each_with_its_problem() {
        let all = [
            finding("don", "enough", "expired"),
            finding("ban-ve", "lacking", "expired"),
            finding("cam-ket", "wrong", "expired"),
            finding("", "wrong", ""),
        ];
        let items = items(&all);
        let short: Vec<_> = items.iter().map(|i| (i.component.as_deref(), i.problem)).collect();
        let expected =
            [(Some("ban-ve"), Problem::Missing), (Some("cam-ket"), Problem::Expired), (None, Problem::Wrong)];
        assert_eq!(short, expected);
        assert_eq!(items[0].note, "Nộp bản có chứng thực.");
    }
}
