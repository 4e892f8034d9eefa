//! A procedure as the API answers it.

use super::{Governing, Listed, words};
use domain::{
    catalogue::{
        CaseAnswer, Component, FeeLine, Process, SubmissionWay, Variant,
        competence::{Directory, competent},
    },
    deadline::TimeLimit,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A page of procedures.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureList {
    pub items: Vec<ProcedureItem>,
    /// Ask with `?after=` this for the next page; absent on the last one.
    pub after: Option<String>,
}

/// A procedure in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureItem {
    pub code: String,
    pub name: String,
    pub field: String,
    /// `ministry`, `province`, `commune`, `other`.
    pub levels: Vec<&'static str>,
}

/// Everything the catalogue says of a procedure in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureView {
    pub code: String,
    pub name: String,
    pub field: String,
    pub levels: Vec<&'static str>,
    /// The version that governs a dossier received now.
    pub version: String,
    /// Identifiers of the agencies here that are competent. One: nothing to choose. None: any agency may be named.
    pub agencies: Vec<String>,
    pub applicants: Vec<String>,
    pub sets: u32,
    pub conditions: String,
    pub ways: Vec<WayView>,
    pub variants: Vec<VariantView>,
    pub legal_bases: Vec<LegalBasisView>,
    pub results: Vec<String>,
    /// `full`, `partial`, `information`.
    pub online_level: &'static str,
    pub steps: Vec<StepView>,
    /// The steps of the process in force; one drawn for certain cases, channels or agencies alone is not told here.
    pub process: Vec<ProcessStepView>,
}

/// A way to submit.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayView {
    /// `counter`, `post`, `online`.
    pub channel: &'static str,
    /// `{"kind":"working_days","n":5}`.
    #[schema(value_type = Object)]
    pub limit: TimeLimit,
    /// The case for which it holds; absent when for all.
    pub variant: Option<String>,
    pub note: String,
    pub fees: Vec<FeeView>,
}

/// A line of the fee schedule.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeeView {
    /// `fee`, `charge`, `price`.
    pub kind: &'static str,
    /// In đồng; absent where only the text says it.
    pub amount: Option<i64>,
    pub text: String,
    /// The document that sets it; empty where the catalogue names none.
    pub basis: String,
}

/// A case with its papers.
#[derive(Debug, Serialize, ToSchema)]
pub struct VariantView {
    pub id: String,
    pub name: String,
    #[schema(value_type = Option<Object>)]
    pub limit: Option<TimeLimit>,
    pub components: Vec<ComponentView>,
    /// The answers that lead to this case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<CaseAnswerView>,
}

/// An answer that leads to a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseAnswerView {
    pub question: String,
    pub answer: String,
}

/// A paper of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComponentView {
    pub id: String,
    pub name: String,
    pub section: String,
    pub originals: u32,
    pub copies: u32,
    pub required: bool,
    pub form: Option<String>,
    pub e_form: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LegalBasisView {
    pub number: String,
    pub name: String,
}

/// A step as published.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepView {
    pub title: String,
    pub text: String,
}

/// A step of the internal process.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcessStepView {
    pub key: String,
    /// `intake`, `assign`, `appraise`, `verify`, `consult`, `approve`, `issue`, `return`.
    pub kind: &'static str,
    pub name: String,
    pub name_en: String,
    /// `centre` or `agency`.
    #[schema(value_type = String)]
    pub place: domain::catalogue::Place,
    pub roles: Vec<String>,
    /// Working minutes allotted.
    pub minutes: Option<u32>,
}

impl ProcedureItem {
    pub fn of(p: &Listed) -> Self {
        Self {
            code: p.code.to_string(),
            name: p.name.clone(),
            field: p.field.clone(),
            levels: p.levels.iter().copied().map(words::level_key).collect(),
        }
    }
}

impl ProcedureView {
    pub fn of(listed: &Listed, governing: &Governing, process: &Process, directory: &Directory) -> Self {
        let p = &governing.procedure;
        let agencies = competent(p, directory).identifiers();
        let base =
            |b: &domain::catalogue::LegalBasis| LegalBasisView { number: b.number.clone(), name: b.name.clone() };
        let step = |s: &domain::catalogue::StepText| StepView { title: s.title.clone(), text: s.text.clone() };
        Self {
            code: p.code.to_string(),
            name: p.name.clone(),
            field: p.field.name.clone(),
            levels: p.levels.iter().copied().map(words::level_key).collect(),
            version: listed.version.to_string(),
            agencies,
            applicants: p.applicants.clone(),
            sets: p.sets,
            conditions: p.conditions.clone(),
            ways: p.ways.iter().map(WayView::of).collect(),
            variants: p.variants.iter().map(VariantView::of).collect(),
            legal_bases: p.legal_bases.iter().map(base).collect(),
            results: p.results.iter().map(|r| r.name.clone()).collect(),
            online_level: words::online(p.online_level).0,
            steps: p.steps.iter().map(step).collect(),
            process: process.steps.iter().map(ProcessStepView::of).collect(),
        }
    }
}

impl WayView {
    fn of(w: &SubmissionWay) -> Self {
        Self {
            channel: w.channel.as_str(),
            limit: w.limit,
            variant: w.variant.clone(),
            note: w.note.clone(),
            fees: w.fees.iter().map(FeeView::of).collect(),
        }
    }
}

impl FeeView {
    fn of(f: &FeeLine) -> Self {
        Self { kind: f.kind.key(), amount: f.amount, text: f.text.clone(), basis: f.basis.clone() }
    }
}

impl VariantView {
    fn of(v: &Variant) -> Self {
        let components = v.components.iter().map(ComponentView::of).collect();
        let answer = |a: &CaseAnswer| CaseAnswerView { question: a.question.clone(), answer: a.answer.clone() };
        let answers = v.answers.iter().map(answer).collect();
        Self { id: v.id.clone(), name: v.name.clone(), limit: v.limit, components, answers }
    }
}

impl ComponentView {
    fn of(c: &Component) -> Self {
        Self {
            id: c.id.clone(),
            name: c.name.clone(),
            section: c.section.clone(),
            originals: c.originals,
            copies: c.copies,
            required: c.required,
            form: c.form.clone(),
            e_form: c.e_form,
        }
    }
}

impl ProcessStepView {
    fn of(s: &domain::catalogue::Step) -> Self {
        Self {
            key: s.key.clone(),
            kind: s.kind.as_str(),
            name: s.name_vi.clone(),
            name_en: s.name_en.clone(),
            place: s.actor.place,
            roles: s.actor.roles.clone(),
            minutes: s.minutes,
        }
    }
}
