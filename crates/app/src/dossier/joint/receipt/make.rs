use super::group::Group;
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act::principal,
        joint::{RECEIPT, issue, path, store},
        slips,
    },
    error::{AppError, answered},
    http::once,
};
use documents::{Form, JointReceipt, JointRow, Lookup};
use domain::{dossier::Dossier, id::Id};
use platform::db::{Answer, Unit};
use std::collections::HashMap;

/// Makes one receipt for these dossiers of the group; gives the address of its page. A set that has one already keeps it.
pub async fn make(app: &App, me: &SignedIn, group: Group, ids: Vec<i64>, key: String) -> Result<String, AppError> {
    let once = once(app, principal(me), key, &format!("joint receipt {ids:?}"));
    let (app_, who) = (app.clone(), me.who.clone());
    let done = app.db.unit_once::<AppError>(once, move |u| {
        let known = known(u, &ids)?;
        let id = match known {
            Some(id) => id,
            None => {
                let rows = rows(u, &app_, &group, &ids)?;
                let dossiers: Vec<Id<Dossier>> = ids.iter().map(|id| Id::new(*id)).collect();
                issue(u, &app_, &who, (RECEIPT, group.centre), &dossiers, |number, head| {
                    paper(&app_, &group, rows, (number, head), app_.reference().officer_name(who.officer))
                })?
            }
        };
        Ok(Answer { status: 303, body: path(id) })
    });
    Ok(answered(done.await?)?.body)
}

/// The slip that names just these dossiers already.
fn known(unit: &mut Unit, ids: &[i64]) -> Result<Option<i64>, AppError> {
    let Some(first) = ids.first() else { return Ok(None) };
    let mut wanted = ids.to_vec();
    wanted.sort_unstable();
    for slip in store::of_dossier(unit, Id::new(*first))? {
        if slip.form == RECEIPT && store::dossiers(unit, slip.id)? == wanted {
            return Ok(Some(slip.id));
        }
    }
    Ok(None)
}

fn rows(unit: &mut Unit, app: &App, group: &Group, ids: &[i64]) -> Result<Vec<JointRow>, AppError> {
    let mut data: HashMap<i64, String> = store::last_slips(unit, ids.to_vec(), "receipt")?.into_iter().collect();
    let reference = app.reference();
    let chosen = group.works.iter().filter(|w| ids.contains(&w.id.raw()));
    chosen
        .map(|w| {
            let body = data.remove(&w.id.raw()).ok_or(AppError::NotFound)?;
            let Form::Receipt(receipt) = serde_json::from_str(&body).map_err(AppError::internal)? else {
                return Err(AppError::Internal(format!("the receipt of {} is none", w.id)));
            };
            Ok(JointRow { receipt: *receipt, agency: reference.agency_name(w.state.intake.agency).to_owned() })
        })
        .collect()
}

fn paper(
    app: &App,
    group: &Group,
    rows: Vec<JointRow>,
    (number, letterhead): (String, documents::Letterhead),
    officer: &str,
) -> Form {
    let first = rows.first().map(|row| &row.receipt);
    let lookup = first.map(|r| r.lookup.clone());
    Form::JointReceipt(Box::new(JointReceipt {
        form_set: slips::form_set_of(app),
        number: Some(number),
        centre: first.map(|r| r.centre.clone()).unwrap_or_default(),
        submitter: slips::party(&group.submitter),
        officer: officer.to_owned(),
        lookup: lookup.unwrap_or(Lookup { address: String::new(), hotline: String::new() }),
        identity_at_return: app.profile.returning.identity_required,
        letterhead,
        rows,
    }))
}
