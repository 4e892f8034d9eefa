//! What a change of an agency writes.

use crate::{
    app::App,
    catalogue::process,
    error::{AppError, FieldError},
    http::Form,
    lists::{
        keeper::Keeper,
        store::{self, ChangeRow},
    },
    people::{self, is_identifier, store::Agency},
};
use domain::lists::{AgencyChange, AgencyChangeKind, ChangeFault, TypedChange, check};
use platform::db::Unit;

/// The rows that a change writes.
#[derive(Clone, Debug)]
pub struct Work {
    agency: Agency,
    /// An agency that takes a former name over.
    heir: Option<Agency>,
    /// An agency that begins, with its first unit.
    begins: Option<(Agency, people::store::Unit)>,
    pub row: ChangeRow,
}

impl Work {
    pub fn carry_out(&self, unit: &mut Unit) -> Result<(), AppError> {
        if let Some((agency, main)) = &self.begins {
            people::store::insert_agency(unit, agency)?;
            people::store::insert_unit(unit, main)?;
        }
        people::store::update_agency(unit, &self.agency)?;
        if let Some(heir) = &self.heir {
            people::store::update_agency(unit, heir)?;
        }
        record(unit, &self.row)
    }
}

/// Keeps a change, and enlists the processes about which somebody must decide because of it.
pub fn record(unit: &mut Unit, change: &ChangeRow) -> Result<(), AppError> {
    store::insert_agency_change(unit, change)?;
    process::enlist(unit, change)
}

/// The change as typed, or what is wrong with it beside each field.
pub fn read(app: &App, me: &Keeper, form: &mut Form) -> Result<Option<Work>, AppError> {
    let reference = app.reference();
    let agency = reference.agency_by_identifier(form.value("agency")).filter(|a| a.active).cloned();
    if agency.is_none() {
        form.wrong(FieldError::missing("agency", "Xin chọn cơ quan.", "Choose the agency."));
    }
    let (identifier, name) = agency.as_ref().map_or(("", ""), |a| (&a.identifier, &a.name));
    let typed = TypedChange {
        kind: form.value("kind"),
        day: form.text("day").and_then(|t| crate::deadline::day(t).ok()),
        decision: form.value("decision"),
        new_name: form.value("new_name"),
        other: form.value("other"),
    };
    let checked = check(&typed, identifier, name, app.now().day());
    let checked = match checked {
        Ok(change) => change,
        Err(faults) => {
            for fault in faults {
                let (vi, en) = fault.words();
                form.wrong(FieldError::new(fault.field(), "invalid", vi, en));
            }
            return Ok(None);
        }
    };
    let Some(agency) = agency else { return Ok(None) };
    let other = reference.agency_by_identifier(&checked.other).cloned();
    if let Some(fault) = other_fault(app, &checked, other.as_ref()) {
        form.wrong(fault);
        return Ok(None);
    }
    work(app, me, agency, &checked, other).map(Some)
}

/// Who takes over must be there; who begins must not.
fn other_fault(app: &App, change: &AgencyChange, other: Option<&Agency>) -> Option<FieldError> {
    let field = ChangeFault::Other.field();
    match change.kind {
        AgencyChangeKind::Merge if other.is_none_or(|o| !o.active) => Some(FieldError::new(
            field,
            "unknown",
            "Không có cơ quan đang hoạt động mang mã này.",
            "No working agency has this identifier.",
        )),
        AgencyChangeKind::Split if other.is_some() => Some(FieldError::new(
            field,
            "taken",
            "Mã định danh này đã thuộc một cơ quan khác.",
            "This identifier belongs to another agency.",
        )),
        AgencyChangeKind::Split if !is_identifier(&change.other, &app.profile.province.identifier) => {
            let province = &app.profile.province.identifier;
            let vi = format!("Mã định danh bắt đầu bằng {province}, ví dụ {province}.24.");
            Some(FieldError::new(
                field,
                "invalid",
                vi,
                format!("An identifier begins with {province}, for example {province}.24."),
            ))
        }
        _ => None,
    }
}

fn work(
    app: &App,
    me: &Keeper,
    before: Agency,
    change: &AgencyChange,
    other: Option<Agency>,
) -> Result<Work, AppError> {
    let mut agency = before.clone();
    let (mut heir, mut begins) = (None, None);
    match change.kind {
        AgencyChangeKind::Rename => {
            agency.aliases.push(before.name.clone());
            if agency.short == before.name {
                agency.short.clone_from(&change.new_name);
            }
            agency.name.clone_from(&change.new_name);
        }
        AgencyChangeKind::Merge => {
            agency.active = false;
            heir = other.clone().map(|mut heir| {
                // What was published under its names finds who took over.
                heir.aliases.extend(names_of(&before));
                heir
            });
        }
        AgencyChangeKind::Split => {
            let id = app.id()?;
            let new = Agency {
                id,
                identifier: change.other.clone(),
                name: change.new_name.clone(),
                short: change.new_name.clone(),
                // Until a decision says which of the two settles a procedure, intake lets the officer choose.
                aliases: names_of(&before),
                version: 1,
                ..before.clone()
            };
            let main = people::store::Unit {
                id: app.id()?,
                agency: id,
                code: "main".into(),
                name: people::MAIN_UNIT.into(),
                active: true,
            };
            begins = Some((new, main));
        }
        AgencyChangeKind::Close => agency.active = false,
        AgencyChangeKind::Reopen => agency.active = true,
    }
    let other_id = begins.as_ref().map(|(a, _)| a.id).or(other.map(|o| o.id));
    let row = ChangeRow {
        id: app.ids.next()?,
        agency: before.id,
        kind: change.kind,
        day: change.day.to_string(),
        decision: change.decision.clone(),
        old_name: before.name,
        new_name: change.new_name.clone(),
        other: other_id,
        officer: Some(me.who.officer),
        at: app.now().millis(),
    };
    Ok(Work { agency, heir, begins, row })
}

/// Every name under which it is known.
fn names_of(agency: &Agency) -> Vec<String> {
    std::iter::once(&agency.name).chain(&agency.aliases).cloned().collect()
}
