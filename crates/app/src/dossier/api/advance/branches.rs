//! Consultation, verification, and the parts of other agencies.

use super::{AssignInput, NothingInput, ReasonInput, Step};
use crate::{
    app::App,
    dossier::view::DossierView,
    error::AppError,
    http::{ApiError, ApiJson, Problem},
    interlink::input::{
        self, AppointmentInput, ChildrenInput, ConsultationInput, PartResultInput, PostponementInput, RedateInput,
        ReplyInput, VerificationInput,
    },
};
use axum::response::Response;
use domain::{
    dossier::Command,
    interlink::{Branch, Link},
};

macro_rules! branch {
    ($(#[doc = $doc:literal])+ $name:ident, $input:ty, $path:literal, |$app:ident, $id:ident, $value:ident| $make:expr) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            post, path = $path, tag = "dossier", request_body = $input,
            params(
                ("code" = String, Path, description = "Dossier code, or id while it has no code"),
                ("id" = String, Path, description = "Number of the consultation, visit or part within the dossier"),
                ("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again"),
                ("If-Match" = String, Header, description = "The version last seen, in quotes")
            ),
            responses(
                (status = 200, body = DossierView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"),
                (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 412, body = Problem, content_type = "application/problem+json"),
                (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")
            ),
            security(("key" = []))
        )]
        pub async fn $name(step: Step, body: ApiJson<$input>) -> Result<Response, ApiError> {
            let ($app, $id): (&App, u32) = (&step.app, step.branch()?);
            let $value = body.value;
            let command: Result<Command, AppError> = $make;
            let _ = $app;
            let said = format!("{} {}", $id, body.text);
            step.give(stringify!($name), &said, command).await
        }
    };
}

command!(
    /// Asks other agencies or units for their opinion, with a date of its own.
    consultations, ConsultationInput, "/api/v1/dossiers/{code}/consultations",
    |app, asked| input::consultation(app, &asked)
);
branch!(
    /// Answers a consultation for the own agency.
    consultation_replies, ReplyInput, "/api/v1/dossiers/{code}/consultations/{id}/replies",
    |app, id, reply| Ok::<_, AppError>(Command::Link(Link::Reply { id, text: reply.text, files: reply.files }))
);
branch!(
    /// Tells the Centre that a consultation was not answered in time.
    consultation_reports, NothingInput, "/api/v1/dossiers/{code}/consultations/{id}/reports",
    |app, id, nothing| { let _: NothingInput = nothing; Ok::<_, AppError>(Command::Link(Link::Report { id })) }
);
command!(
    /// Records a verification; with a visit also its time, place, participants and content.
    verifications, VerificationInput, "/api/v1/dossiers/{code}/verifications",
    |app, found| input::verification(app, &found)
);
command!(
    /// Appoints a visit on the spot: time, place, who must be there, what is looked into. The applicant is told.
    visits, AppointmentInput, "/api/v1/dossiers/{code}/visits",
    |app, visit| input::appointment(app, visit)
);
branch!(
    /// Moves an appointed visit; the applicant is told why.
    visit_postponements, PostponementInput, "/api/v1/dossiers/{code}/visits/{id}/postponements",
    |app, id, later| input::postponement(app, id, later, "at")
);
branch!(
    /// Calls an appointed visit off; the applicant is told why.
    visit_cancellations, ReasonInput, "/api/v1/dossiers/{code}/visits/{id}/cancellations",
    |app, id, why| Ok::<_, AppError>(Command::Link(Link::CallOff { id, reason: why.reason }))
);
command!(
    /// Gives other agencies their parts: on paper in order, electronically all at once.
    children, ChildrenInput, "/api/v1/dossiers/{code}/children",
    |app, parts| input::children(app, &parts)
);
branch!(
    /// Passes a part on to its agency, for the one-stop unit of the upper level.
    child_transfers, NothingInput, "/api/v1/dossiers/{code}/children/{id}/transfers",
    |app, id, nothing| { let _: NothingInput = nothing; Ok::<_, AppError>(Command::Link(Link::PassOn { id })) }
);
branch!(
    /// Gives a part to an officer of its agency, or takes it.
    child_assignments, AssignInput, "/api/v1/dossiers/{code}/children/{id}/assignments",
    |app, id, given| input::officer(app, &given.to.officer).map(|officer| Command::Link(Link::Give { id, officer }))
);
branch!(
    /// Enters the result of a part; paper goes on to the next agency, the last hands back to the lead.
    child_results, PartResultInput, "/api/v1/dossiers/{code}/children/{id}/results",
    |app, id, result| input::part_result(app, id, &result)
);
branch!(
    /// Takes a consultation back: whoever has not answered is not asked any more.
    consultation_recalls, ReasonInput, "/api/v1/dossiers/{code}/consultations/{id}/recalls",
    |app, id, why| Ok::<_, AppError>(recall(Branch::Consultation, id, why))
);
branch!(
    /// Gives a consultation another date.
    consultation_due_dates, RedateInput, "/api/v1/dossiers/{code}/consultations/{id}/due_dates",
    |app, id, date| input::redate(app, Branch::Consultation, id, &date)
);
branch!(
    /// Takes a part back: the dossier goes on without it.
    child_recalls, ReasonInput, "/api/v1/dossiers/{code}/children/{id}/recalls",
    |app, id, why| Ok::<_, AppError>(recall(Branch::Part, id, why))
);
branch!(
    /// Gives a part another date, as after a re-appointment.
    child_due_dates, RedateInput, "/api/v1/dossiers/{code}/children/{id}/due_dates",
    |app, id, date| input::redate(app, Branch::Part, id, &date)
);

fn recall(what: Branch, id: u32, why: ReasonInput) -> Command {
    Command::Link(Link::Recall { what, id, reason: why.reason })
}
