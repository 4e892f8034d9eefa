use crate::reference::Reference;
use domain::{
    dossier::Dossier,
    interlink::{Body, Part, SiteVisit, Stage, VisitStage},
    time::Instant,
};
use serde::Serialize;
use utoipa::ToSchema;

/// What other agencies do for a dossier, as the API answers it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BranchesView {
    pub consultations: Vec<ConsultationView>,
    pub verifications: Vec<VerificationView>,
    /// Visits on the spot that were appointed; `GET …/visits` says where, with whom and about what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<VisitView>,
    /// The parts of other agencies.
    pub children: Vec<PartView>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitView {
    pub id: String,
    #[schema(value_type = String)]
    pub at: Instant,
    /// The applicant, or somebody for them, must be there.
    pub applicant: bool,
    /// `appointed`, `held` or `called_off`.
    pub stage: &'static str,
    /// The verification that holds its minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsultationView {
    pub id: String,
    pub content: String,
    #[schema(value_type = String)]
    pub due_at: Instant,
    pub asked: Vec<AskedView>,
    /// When the Centre was told that an answer is overdue.
    #[schema(value_type = Option<String>)]
    pub reported_at: Option<Instant>,
    /// When the lead took it back.
    #[schema(value_type = Option<String>)]
    pub recalled_at: Option<Instant>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskedView {
    /// Identifier of the agency.
    pub agency: Option<String>,
    /// Code of the unit, when only one must answer.
    pub unit: Option<String>,
    /// The answer, once it came.
    pub text: Option<String>,
    #[schema(value_type = Option<String>)]
    pub answered_at: Option<Instant>,
    pub files: Vec<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VerificationView {
    pub id: String,
    #[schema(value_type = Option<String>)]
    pub visited_at: Option<Instant>,
    pub findings: String,
    pub conclusion: Option<String>,
    /// The minutes.
    pub minutes: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartView {
    pub id: String,
    /// Identifier of the agency.
    pub agency: Option<String>,
    /// The body, when it is not one of the province.
    pub outside: Option<String>,
    pub work: String,
    #[schema(value_type = String)]
    pub due_at: Instant,
    pub needs: Vec<String>,
    /// `waiting`, `one_stop` (the upper one-stop unit passes it on), `open`, `done` or `recalled`.
    pub stage: &'static str,
    /// Login of the officer who has it.
    pub officer: Option<String>,
    /// What the agency gave back.
    pub text: Option<String>,
    pub number: Option<String>,
    pub files: Vec<String>,
    #[schema(value_type = Option<String>)]
    pub done_at: Option<Instant>,
}

impl BranchesView {
    pub fn of(d: &Dossier, reference: &Reference) -> Self {
        let agency = |id| reference.agency(id).map(|a| a.identifier.clone());
        let consultations = d.links.consultations.iter().map(|c| ConsultationView {
            id: c.id.to_string(),
            content: c.content.clone(),
            due_at: c.due_at,
            asked: c
                .asked
                .iter()
                .map(|a| AskedView {
                    agency: agency(a.agency),
                    unit: a.unit.and_then(|u| reference.unit(u)).map(|u| u.code.clone()),
                    text: a.reply.as_ref().map(|r| r.text.clone()),
                    answered_at: a.reply.as_ref().map(|r| r.at),
                    files: a.reply.as_ref().map(|r| r.files.clone()).unwrap_or_default(),
                })
                .collect(),
            reported_at: c.reported_at,
            recalled_at: c.recalled_at,
        });
        let verifications = d.links.verifications.iter().map(|v| VerificationView {
            id: v.id.to_string(),
            visited_at: v.visited_at,
            findings: v.findings.clone(),
            conclusion: v.conclusion.clone(),
            minutes: v.minutes.number.clone(),
            url: format!("/api/v1/slips/{}.pdf", v.minutes.id),
        });
        Self {
            consultations: consultations.collect(),
            verifications: verifications.collect(),
            visits: d.links.visits.iter().map(visit).collect(),
            children: d.links.parts.iter().map(|p| part(p, reference)).collect(),
        }
    }
}

fn visit(v: &SiteVisit) -> VisitView {
    let (stage, verification) = match &v.stage {
        VisitStage::Appointed => ("appointed", None),
        VisitStage::Held { verification } => ("held", Some(verification.to_string())),
        VisitStage::CalledOff { .. } => ("called_off", None),
    };
    VisitView { id: v.id.to_string(), at: v.at, applicant: v.applicant, stage, verification }
}

fn part(p: &Part, reference: &Reference) -> PartView {
    let (stage, officer, result) = match &p.stage {
        Stage::Waiting => ("waiting", None, None),
        Stage::AtOneStop { .. } => ("one_stop", None, None),
        Stage::Open { officer, .. } => ("open", *officer, None),
        Stage::Done(result) => ("done", None, Some(result)),
        Stage::Recalled { .. } => ("recalled", None, None),
    };
    PartView {
        id: p.id.to_string(),
        agency: p.agency().and_then(|a| reference.agency(a)).map(|a| a.identifier.clone()),
        outside: match &p.body {
            Body::Outside(name) => Some(name.clone()),
            Body::Agency(_) => None,
        },
        work: p.work.clone(),
        due_at: p.due_at,
        needs: p.needs.iter().map(ToString::to_string).collect(),
        stage,
        officer: officer.and_then(|o| reference.officer(o)).map(|o| o.login.clone()),
        text: result.map(|r| r.text.clone()),
        number: result.and_then(|r| r.number.clone()),
        files: result.map(|r| r.files.clone()).unwrap_or_default(),
        done_at: result.map(|r| r.at),
    }
}
