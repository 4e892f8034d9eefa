//! A step as the form says it.

use crate::{
    app::App,
    catalogue::process::{design::act::hours, words},
    error::FieldError,
    http::Form,
};
use domain::{
    accounts::Role,
    catalogue::{
        Actor, Channel, Place, Process, Step, StepKind,
        process::{Condition, Transition},
    },
    dossier::Decision,
};

/// Ways out that one step may have in the form.
pub const WAYS: usize = 3;

/// The form of a step that is there.
pub fn filled(form: Form, step: &Step, app: &App) -> Form {
    let reference = app.reference();
    let agency = step.actor.agency.and_then(|a| reference.agency(a)).map(|a| a.identifier.clone());
    let minutes =
        step.minutes.map(|m| if m % 60 == 0 { (m / 60).to_string() } else { format!("{:.2}", f64::from(m) / 60.0) });
    let mut form = Form::from_pairs(step.actor.roles.iter().map(|r| ("roles".to_owned(), r.clone())))
        .over(form)
        .with("name_vi", step.name_vi.as_str())
        .with("name_en", step.name_en.as_str())
        .with("kind", step.kind.as_str())
        .with("place", if step.actor.place == Place::Centre { "centre" } else { "agency" })
        .with("agency", agency.unwrap_or_default())
        .with("unit", step.actor.unit.map(|u| u.to_string()).unwrap_or_default())
        .with("hours", minutes.unwrap_or_default().replace('.', ","));
    for (n, way) in step.transitions.iter().take(WAYS).enumerate() {
        form = form
            .with(&format!("when_{n}"), condition_key(&way.when))
            .with(&format!("to_{n}"), way.to.as_str())
            .with(&format!("why_{n}"), way.reason.as_str());
    }
    form
}

/// The step that was typed; `None` when something is wrong, noted beside its field.
pub fn step(form: &mut Form, key: String, process: &Process, app: &App) -> Option<Step> {
    let name_vi = form.required("name_vi", "Xin đặt tên bước.", "Name the step.");
    let name_en = form.text("name_en").unwrap_or(&name_vi).to_owned();
    let kind = StepKind::from_key(form.value("kind"));
    if kind.is_none() {
        form.wrong(FieldError::missing("kind", "Xin chọn việc của bước.", "Choose what is done in the step."));
    }
    let actor = actor(form, app);
    let minutes = hours(form, "hours");
    let transitions = transitions(form, &key, process);
    let (kind, actor) = (kind?, actor?);
    form.is_good().then_some(Step { key, kind, name_vi, name_en, actor, minutes, transitions })
}

fn actor(form: &mut Form, app: &App) -> Option<Actor> {
    let known = |r: &&String| r.parse::<Role>().is_ok();
    let roles: Vec<String> = form.all("roles").iter().filter(known).cloned().collect();
    if roles.is_empty() {
        form.wrong(FieldError::missing(
            "roles",
            "Xin chọn ít nhất một vai trò thực hiện.",
            "Choose at least one role.",
        ));
    }
    let place = match form.value("place") {
        "centre" => Place::Centre,
        "agency" => Place::Agency,
        _ => {
            form.wrong(FieldError::missing("place", "Xin chọn nơi thực hiện.", "Choose where it is done."));
            return None;
        }
    };
    let reference = app.reference();
    // At the Centre nobody's own agency is asked for.
    let named = form.text("agency").filter(|_| place == Place::Agency).map(str::to_owned);
    let agency = named.as_deref().and_then(|a| words::agency(a, &reference));
    if named.is_some() && agency.is_none() {
        form.wrong(FieldError::new("agency", "unknown", "Không có cơ quan này.", "There is no such agency."));
    }
    let unit = form.text("unit").and_then(|u| u.parse().ok()).and_then(|id| reference.unit(id));
    if unit.is_some_and(|u| agency.is_some_and(|a| u.agency != a)) {
        let (vi, en) = ("Phòng này không thuộc cơ quan đã chọn.", "This unit is not of the agency chosen.");
        form.wrong(FieldError::new("unit", "elsewhere", vi, en));
    }
    Some(Actor { place, roles, agency, unit: unit.map(|u| u.id) })
}

fn transitions(form: &mut Form, key: &str, process: &Process) -> Vec<Transition> {
    let mut ways = Vec::new();
    for n in 0..WAYS {
        let (when, to, why) = (format!("when_{n}"), format!("to_{n}"), format!("why_{n}"));
        let Some(condition) = form.text(&when).and_then(condition) else { continue };
        let target = form.text(&to).map(str::to_owned);
        let here = process.place_of(key);
        match target {
            Some(target) if process.place_of(&target).is_some_and(|t| here.is_none_or(|h| t > h)) => {
                let (vi, en) = ("Xin ghi lý do của hướng chuyển này.", "State the reason of this way.");
                let reason = form.required(&why, vi, en);
                ways.push(Transition { to: target, when: condition, reason });
            }
            _ => {
                let (vi, en) = ("Xin chọn một bước đứng sau bước này.", "Choose a step after this one.");
                form.wrong(FieldError::missing(to, vi, en));
            }
        }
    }
    ways
}

/// A condition as one value of a list.
pub fn condition_key(when: &Condition) -> String {
    match when {
        Condition::Always => "always".to_owned(),
        Condition::Opinion(Decision::Grant) => "grant".to_owned(),
        Condition::Opinion(Decision::Decline) => "decline".to_owned(),
        Condition::Channel(channel) => format!("channel:{}", channel.as_str()),
        Condition::Variant(id) => format!("variant:{id}"),
    }
}

fn condition(key: &str) -> Option<Condition> {
    match key.split_once(':') {
        None => match key {
            "always" => Some(Condition::Always),
            "grant" => Some(Condition::Opinion(Decision::Grant)),
            "decline" => Some(Condition::Opinion(Decision::Decline)),
            _ => None,
        },
        Some(("channel", channel)) => Channel::from_key(channel).map(Condition::Channel),
        Some(("variant", id)) => Some(Condition::Variant(id.to_owned())),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_read_as_it_is_written() {
        let all = [
            Condition::Always,
            Condition::Opinion(Decision::Grant),
            Condition::Opinion(Decision::Decline),
            Condition::Channel(Channel::Online),
            Condition::Variant("a:b".into()),
        ];
        for when in all {
            assert_eq!(condition(&condition_key(&when)), Some(when));
        }
        assert_eq!((condition("x"), condition("channel:x"), condition("x:y")), (None, None, None));
    }
}
