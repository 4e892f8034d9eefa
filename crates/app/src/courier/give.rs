//! Handing over: the chosen dossiers leave with numbered minutes, all or none.

use super::{
    shown::name_of,
    store::{self, RunRow},
};
use crate::{
    app::App,
    dossier::store as dossiers,
    error::{AppError, FieldError, answered},
    http::Form,
    reference::Reference,
};
use domain::{
    accounts::Who,
    courier::{Belongs, CourierFault, CourierRun, Load, Place, papers, place_of},
    dossier::{Dossier, read_barcode},
    id::Id,
};
use jiff::civil::Time;
use platform::db::{Answer, Once, Unit};

/// Lines of one set of minutes.
pub const MOST: usize = 100;

/// Letters of a note on one line, and of who carries.
const LONGEST_NOTE: usize = 200;
const LONGEST_CARRIER: usize = 120;

/// What somebody hands over.
#[derive(Clone, Debug)]
pub struct Giving {
    pub to: Place,
    pub load: Load,
    /// The run of the day; none outside the runs.
    pub run: Option<Time>,
    pub carrier: String,
    /// From the list of what waits: id, papers, note.
    pub picked: Vec<(i64, u32, Option<String>)>,
    /// Codes that were scanned: paper that goes although nothing asked for it.
    pub scanned: Vec<String>,
}

impl Giving {
    /// From the form of the desk; what cannot be read is noted beside its field.
    pub fn read(form: &mut Form, runs: &[Time]) -> Option<Self> {
        let to = Place::from_key(form.value("to"));
        let load = Load::from_key(form.value("what")).unwrap_or(Load::Dossiers);
        if to.is_none() {
            form.wrong(FieldError::missing("to", "Xin chọn nơi nhận.", "Choose who receives."));
        }
        for id in form.all("hs").to_vec() {
            form.at_most(&format!("ghi.{id}"), LONGEST_NOTE);
        }
        form.at_most("carrier", LONGEST_CARRIER);
        let papers = |id: &str| form.value(&format!("so.{id}")).trim().parse().unwrap_or(1_u32).clamp(1, 9_999);
        let note = |id: &str| form.text(&format!("ghi.{id}")).map(str::to_owned);
        let picked = form.all("hs").iter().filter_map(|id| Some((id.parse().ok()?, papers(id), note(id)))).collect();
        let scanned = form.value("them").split_whitespace().map(str::to_owned).collect();
        let run = form.value("run").parse().ok().filter(|t| runs.contains(t));
        let carrier = form.value("carrier").trim().to_owned();
        Some(Self { to: to.filter(|_| form.is_good())?, load, run, carrier, picked, scanned })
    }
}

/// A fault beside its field.
pub fn field(fault: &CourierFault) -> AppError {
    let (vi, en) = fault.words();
    AppError::Fields(vec![FieldError::new(fault.field(), fault.code(), vi, en)])
}

/// Draws up the minutes and lets the paper leave; the answer is the id of the run.
pub async fn give(app: &App, who: &Who, once: Once, giving: Giving) -> Result<i64, AppError> {
    let from = place_of(who).ok_or(AppError::RightMissing("giao nhận giấy tờ"))?;
    if from == giving.to || !is_known(&app.reference(), giving.to) {
        return Err(field(&CourierFault::SamePlace));
    }
    let (app_, who) = (app.clone(), who.clone());
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            let id = leave(unit, &app_, &who, from, &giving)?;
            Ok(Answer { status: 303, body: id.to_string() })
        })
        .await?;
    let answer = answered(outcome)?;
    answer.body.parse().map_err(AppError::internal)
}

fn is_known(reference: &Reference, place: Place) -> bool {
    match place {
        Place::Centre(id) => reference.centre(id).is_some(),
        Place::Agency(id) => reference.agency(id).is_some_and(|a| a.active),
    }
}

/// The same inside a unit.
pub fn leave(unit: &mut Unit, app: &App, who: &Who, from: Place, giving: &Giving) -> Result<i64, AppError> {
    let reference = app.reference();
    let mut rows: Vec<RunRow> =
        giving.picked.iter().map(|(id, papers, note)| row(*id, *papers, note.clone())).collect();
    for code in &giving.scanned {
        let found = scanned(unit, who, from, giving, code)?;
        if !rows.iter().any(|r| r.dossier == found.dossier) {
            rows.push(found);
        }
    }
    if rows.is_empty() {
        return Err(field(&CourierFault::Nothing));
    }
    if rows.len() > MOST {
        return Err(field(&CourierFault::TooMany { most: MOST }));
    }
    let (now, issuer) = (app.now(), issuer(&reference, from));
    let year = now.day().year();
    let number = dossiers::next_number(unit, &format!("courier/{issuer}/{year}"))?;
    let run = CourierRun {
        id: app.id()?,
        number: format!("{number}/{year}/BBGN-{issuer}"),
        load: giving.load,
        from,
        to: giving.to,
        run: giving.run,
        carrier: giving.carrier.clone(),
        given_by: who.officer,
        given_at: now,
        received: None,
        remarks: None,
    };
    for row in &rows {
        if !store::leave(unit, row.dossier, &run)? {
            return Err(elsewhere(unit, &reference, who, row.dossier, giving.load)?);
        }
    }
    store::insert_run(unit, &run, &rows)?;
    Ok(run.id.raw())
}

const fn row(id: i64, papers: u32, note: Option<String>) -> RunRow {
    RunRow { dossier: Id::new(id), papers, note, missing: false }
}

/// Paper that nobody asked for but that lies here: a dossier within the officer's reach, found by its code.
fn scanned(unit: &mut Unit, who: &Who, from: Place, giving: &Giving, code: &str) -> Result<RunRow, AppError> {
    let unknown = || {
        let vi = format!("Không tìm thấy hồ sơ {code}. Xin quét lại hoặc kiểm tra mã.");
        AppError::Fields(vec![FieldError::new(
            "them",
            "unknown",
            vi,
            format!("There is no dossier {code}. Scan again."),
        )])
    };
    let key = read_barcode(code).map(|id| dossiers::Key::Id(Id::new(id))).or_else(|| dossiers::Key::parse(code));
    let kept = dossiers::find(unit, &who.scope(), &key.ok_or_else(unknown)?)?.ok_or_else(unknown)?;
    let known = store::of_dossier(unit, kept.id)?;
    if !known.iter().any(|w| w.load == giving.load) {
        store::want(unit, kept.id, &Belongs { load: giving.load, from, to: giving.to })?;
    }
    let count = if giving.load == Load::Results { 1 } else { papers(&kept.state.intake).max(1) };
    Ok(row(kept.id.raw(), count, None))
}

/// Why it cannot leave from here.
fn elsewhere(
    unit: &mut Unit,
    reference: &Reference,
    who: &Who,
    id: Id<Dossier>,
    load: Load,
) -> Result<AppError, AppError> {
    let kept = dossiers::find(unit, &who.scope(), &dossiers::Key::Id(id))?.ok_or(AppError::NotFound)?;
    let code = kept.state.code.map_or_else(|| id.to_string(), |c| c.to_string());
    let found = store::of_dossier(unit, id)?.into_iter().find(|w| w.load == load).ok_or(AppError::NotFound)?;
    Ok(field(&match found.run {
        Some((_, minutes)) => CourierFault::OnTheWay { code, minutes },
        None => CourierFault::NotHere { code, place: name_of(reference, found.at) },
    }))
}

/// Who numbers the minutes.
fn issuer(reference: &Reference, place: Place) -> String {
    match place {
        Place::Centre(id) => reference.centre(id).map(|c| c.code.clone()),
        Place::Agency(id) => reference.agency(id).map(|a| a.identifier.clone()),
    }
    .unwrap_or_default()
}
