//! Form 02 and what the applicant brings: guidance at intake, supplement in appraisal.

use super::Step;
use crate::{
    dossier::{
        intake_fields::{self, ComponentInput},
        view::DossierView,
    },
    error::AppError,
    http::{ApiError, ApiJson, Problem},
};
use axum::response::Response;
use domain::dossier::{Command, ItemAnswer, Problem as WhatIsWrong, RequestItem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// All that is missing or wrong, at once.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RequestInput {
    pub items: Vec<ItemInput>,
    pub reason: Option<String>,
}

/// The same in appraisal.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SupplementRequestInput {
    pub items: Vec<ItemInput>,
    pub reason: Option<String>,
    /// SHA-256 of the signed request as it was scanned and uploaded; needed where the province says so.
    pub files: Vec<String>,
}

/// One paper that is missing or wrong.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ItemInput {
    /// A component of the published list; left out where the request itself must be mended.
    pub component: Option<String>,
    /// `missing`, `wrong`, `incomplete`, `expired`, `uncertified`, `unsigned`, `illegible`, `other`, or words of its own.
    pub problem: String,
    /// What exactly, and how to mend it.
    pub note: String,
}

/// What was brought.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SupplementInput {
    pub components: Vec<ComponentInput>,
    /// One for each line of the request that names no paper.
    pub answers: Vec<AnswerInput>,
    /// When it reached the Centre, when that is earlier than now.
    pub received_at: Option<String>,
}

/// What the applicant says to a line of the request that names no paper; words, files, or both.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerInput {
    /// The line's place in `request.items`, from 1.
    pub item: u32,
    pub text: String,
    /// SHA-256 of uploaded files.
    pub files: Vec<String>,
}

command!(
    /// Gives guidance before acceptance, form 02.
    guidance_requests, RequestInput, "/api/v1/dossiers/{code}/guidance_requests",
    |app, input| Ok::<_, AppError>(Command::Guide { items: items(&input.items), reason: input.reason })
);
command!(
    /// Returns the dossier for a supplement during appraisal, form 02.
    supplement_requests, SupplementRequestInput, "/api/v1/dossiers/{code}/supplement_requests",
    |app, input| {
        let (items, reason, files) = (items(&input.items), input.reason, input.files);
        Ok::<_, AppError>(Command::RequestSupplement { items, reason, files })
    }
);
command!(
    /// Takes what was asked for: after guidance, or during appraisal.
    supplements, SupplementInput, "/api/v1/dossiers/{code}/supplements",
    |app, input| supplement(&input)
);

/// A problem in words of its own is told before the note.
fn items(input: &[ItemInput]) -> Vec<RequestItem> {
    let item = |i: &ItemInput| {
        let (key, note) = (i.problem.trim(), i.note.trim());
        let (problem, note) = match WhatIsWrong::from_key(key) {
            Some(problem) => (problem, note.to_owned()),
            None if key.is_empty() => (WhatIsWrong::Other, note.to_owned()),
            None if note.is_empty() => (WhatIsWrong::Other, key.to_owned()),
            None => (WhatIsWrong::Other, format!("{key}: {note}")),
        };
        let component = i.component.as_deref().map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned);
        RequestItem { component, problem, note }
    };
    input.iter().map(item).collect()
}

fn supplement(input: &SupplementInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let components = intake_fields::components(&input.components, &mut wrong);
    let received_at = intake_fields::moment("received_at", input.received_at.as_deref(), &mut wrong);
    if !wrong.is_empty() {
        return Err(AppError::Fields(wrong));
    }
    let one = |a: &AnswerInput| ItemAnswer { item: a.item, text: a.text.clone(), files: a.files.clone() };
    Ok(Command::Supplement { components, answers: input.answers.iter().map(one).collect(), received_at })
}
