//! The API described: every handler is listed here, one line each.

use axum::Json;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        ContentBuilder, Ref, RefOr, Response, ResponseBuilder,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Một Cửa",
        description = "Hồ sơ một cửa: tiếp nhận, giải quyết, trả kết quả. One-stop dossiers: intake, handling, return.\n\n\
            Version 1 says more than the contract it began with. A required header that is missing is 428. Lists that answer \
            with an array (agencies, centres, events, absences) are paged by `?after=` with a `Link` header; a broken `after` \
            is 422. `POST /calendar/due` keeps nothing and needs no `Idempotency-Key`. A limit may be `none`; a late entry \
            says why in `late_reason`. Beside the acts of the contract: `fee_requests`, `payments`, `explanations`, \
            `date_adjustments`, `overdue_causes`, `late_confirmations`, `undos`, `absences`, `delegations`, `backups`, `lists`, `enterprises`.",
        version = "1"
    ),
    paths(
        crate::catalogue::api::list_procedures,
        crate::catalogue::api::get_procedure,
        crate::catalogue::api_versions::list_versions,
        crate::catalogue::api_versions::publish_version,
        crate::deadline::api::compute_due,
        crate::dossier::api::open_dossier,
        crate::dossier::api::read_inbox,
        crate::dossier::api::read_dossier,
        crate::dossier::api::read_events,
        crate::dossier::why::api::read_clock,
        crate::dossier::api::acceptances,
        crate::dossier::api::refusals,
        crate::dossier::api::guidance_requests,
        crate::dossier::api::supplement_requests,
        crate::dossier::api::supplements,
        crate::dossier::api::suspensions,
        crate::dossier::api::resumptions,
        crate::dossier::api::fee_requests,
        crate::dossier::api::payments,
        crate::dossier::api::stops,
        crate::dossier::api::withdrawals,
        crate::dossier::api::apologies,
        crate::dossier::api::explanations,
        crate::dossier::api::date_adjustments,
        crate::dossier::api::overdue_causes,
        crate::dossier::api::assignments,
        crate::dossier::api::appraisals,
        crate::dossier::api::submissions,
        crate::dossier::api::approvals,
        crate::dossier::api::returns_to_step,
        crate::dossier::api::undos,
        crate::dossier::api::results,
        crate::dossier::api::handovers,
        crate::dossier::api::late_confirmations,
        crate::dossier::api::consultations,
        crate::dossier::api::consultation_replies,
        crate::dossier::api::consultation_reports,
        crate::dossier::api::verifications,
        crate::dossier::api::read_visits,
        crate::dossier::api::read_proposals,
        crate::dossier::api::read_answers,
        crate::dossier::api::visits,
        crate::dossier::api::visit_postponements,
        crate::dossier::api::visit_cancellations,
        crate::dossier::api::children,
        crate::dossier::api::child_transfers,
        crate::dossier::api::child_assignments,
        crate::dossier::api::child_results,
        crate::dossier::api::child_recalls,
        crate::dossier::api::child_due_dates,
        crate::dossier::api::consultation_recalls,
        crate::dossier::api::consultation_due_dates,
        crate::dossier::api::fee_cancellations,
        crate::dossier::api::urgings,
        crate::dossier::api::urging_answers,
        crate::dossier::files::api::upload_file,
        crate::dossier::files::api::get_file,
        crate::dossier::get_slip,
        crate::catalogue::unclear::api::list_unclear,
        crate::catalogue::unclear::api::ask,
        crate::catalogue::unclear::api::read_unclear,
        crate::catalogue::unclear::api::say,
        crate::enterprises::api::list_enterprises,
        crate::enterprises::api::read_enterprise,
        crate::lists::api::read_list,
        crate::people::absences::api::list_absences,
        crate::people::absences::api::enter_absence,
        crate::people::absences::api::enter_delegation,
        crate::people::absences::api::list_backups,
        crate::people::absences::api::enter_backup,
        crate::people::absences::api::end_backup,
        crate::people::api::list_agencies,
        crate::people::api::list_centres,
    ),
    modifiers(&Keys, &Everywhere)
)]
struct Api;

struct Keys;

impl Modify for Keys {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("API key")).build();
        let components = api.components.get_or_insert_with(Default::default);
        components.add_security_scheme("key", SecurityScheme::Http(bearer));
    }
}

/// What any request may come back with, beside what its handler says.
struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let paths = api.paths.paths.values_mut();
        for operation in paths.flat_map(|p| [&mut p.get, &mut p.post, &mut p.put, &mut p.delete]).flatten() {
            let mut common = vec![("429", "Too many requests; Retry-After says when"), ("503", "Busy or no space")];
            if operation.security.is_some() {
                common.extend([("401", "No key, or one that is not known"), ("403", "The key does not cover it")]);
            }
            let said = &mut operation.responses.responses;
            for (status, description) in common {
                said.entry(status.to_owned()).or_insert_with(|| problem(description));
            }
            let unreadable = Response::new("No request of HTTP: refused before the program reads it");
            said.entry("400".to_owned()).or_insert_with(|| unreadable.into());
        }
    }
}

fn problem(description: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", content).into()
}

/// `GET /api/v1/openapi.json`
pub async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Api::openapi())
}
