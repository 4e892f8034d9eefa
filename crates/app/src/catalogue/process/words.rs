//! Names and words of a process's parts.

use crate::{catalogue::words::channel_name, messages::Lang, reference::Reference};
use domain::{
    accounts::Role,
    catalogue::{Place, ProcedureVersion, process::Condition},
    dossier::Decision,
    id::Id,
};

/// A choice of a list: value and words.
pub type Choice = (String, String);

/// Where a step is done: "Trung tâm", "Cơ quan giải quyết", or the agency and unit that it names.
pub fn place_of(actor: &domain::catalogue::Actor, reference: &Reference, lang: Lang) -> String {
    let unit = actor.unit.and_then(|u| reference.unit(u)).map(|u| u.name.clone());
    let place = match (actor.place, actor.agency) {
        (_, Some(agency)) => reference.agency_name(agency).to_owned(),
        (Place::Centre, None) => lang.t("Trung tâm").to_owned(),
        (Place::Agency, None) => lang.t("Cơ quan giải quyết").to_owned(),
    };
    unit.map_or_else(|| place.clone(), |unit| format!("{unit}, {place}"))
}

/// Names of roles, with commas between.
pub fn roles(keys: &[String], lang: Lang) -> String {
    let known = keys.iter().filter_map(|k| k.parse::<Role>().ok());
    known.map(|r| lang.pick((r.vi(), r.en())).to_owned()).collect::<Vec<_>>().join(", ")
}

/// A condition as it stands beside its arrow.
pub fn condition(when: &Condition, procedure: Option<&ProcedureVersion>, lang: Lang) -> String {
    match when {
        Condition::Always => lang.t("Mọi trường hợp").to_owned(),
        Condition::Opinion(Decision::Grant) => lang.t("Đề nghị chấp thuận").to_owned(),
        Condition::Opinion(Decision::Decline) => lang.t("Đề nghị không chấp thuận").to_owned(),
        Condition::Channel(channel) => lang.t(channel_name(*channel)).to_owned(),
        Condition::Variant(id) => {
            let name = procedure.and_then(|p| p.variant(id)).map(|v| v.name.clone()).filter(|n| !n.is_empty());
            lang.f1("Trường hợp {}", name.unwrap_or_else(|| id.clone()))
        }
    }
}

/// For whom a process is meant.
pub fn scope(
    scope: &domain::catalogue::process::ProcessScope,
    procedure: Option<&ProcedureVersion>,
    reference: &Reference,
    lang: Lang,
) -> String {
    let mut parts = vec![match scope.agency {
        Some(agency) => reference.agency_name(agency).to_owned(),
        None => lang.t("Mọi cơ quan giải quyết").to_owned(),
    }];
    parts.extend(scope.channels.iter().map(|c| lang.t(channel_name(*c)).to_owned()));
    parts.extend(scope.variants.iter().map(|v| condition(&Condition::Variant(v.clone()), procedure, lang)));
    parts.join(" · ")
}

/// The agency of this identifier.
pub fn agency(identifier: &str, reference: &Reference) -> Option<Id<domain::people::Agency>> {
    reference.agency_by_identifier(identifier).map(|a| a.id)
}
