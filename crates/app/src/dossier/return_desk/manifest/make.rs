use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        Done,
        act::principal,
        inbox,
        joint::{self, MANIFEST},
        return_desk::store,
        slips,
    },
    error::{AppError, answered},
    http::once,
};
use documents::{Channel, Form, Letterhead, Parcel, PostManifest};
use domain::{
    accounts::Who,
    dossier::{Event, People, ResultBy},
    id::Id,
    people::Centre,
    time::Instant,
};
use platform::db::{Answer, Unit};
use std::collections::HashMap;

/// One list has as many parcels as one act gives away; more make a further list.
pub const MOST: usize = 200;

/// Which parcels are listed.
#[derive(Clone, Debug)]
pub enum Which {
    /// These, as far as they are on no list.
    These(Vec<i64>),
    /// The oldest of the centre's that are on none.
    Open,
}

/// Keeps what went to the post from a centre's desk, for its list.
pub fn note(unit: &mut Unit, who: &Who, done: &Done, now: Instant) -> Result<(), AppError> {
    let posted = done.events.iter().any(|e| matches!(e, Event::HandedOver { how: ResultBy::Post, .. }));
    let Some(centre) = who.centre.filter(|_| posted) else { return Ok(()) };
    Ok(store::insert_parcel(unit, done.id, centre, now.millis())?)
}

/// Makes the list, numbered and frozen; gives its id. Nothing when every parcel is on a list already.
pub async fn make(
    app: &App,
    me: &SignedIn,
    centre: Id<Centre>,
    which: Which,
    key: String,
) -> Result<Option<i64>, AppError> {
    let once = once(app, principal(me), key, &format!("manifest {which:?}"));
    let (app_, who) = (app.clone(), me.who.clone());
    let done = app.db.unit_once::<AppError>(once, move |u| {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let ids = match &which {
            Which::These(ids) => store::open_among(u, centre, ids.clone())?,
            Which::Open => store::open_parcels(u, centre, most)?,
        };
        let made = if ids.is_empty() { None } else { Some(list(u, &app_, &who, centre, ids)?) };
        Ok(Answer { status: 303, body: made.map(|id: i64| id.to_string()).unwrap_or_default() })
    });
    Ok(answered(done.await?)?.body.parse().ok())
}

fn list(unit: &mut Unit, app: &App, who: &Who, centre: Id<Centre>, ids: Vec<i64>) -> Result<i64, AppError> {
    let parcels = parcels(unit, &ids)?;
    let dossiers: Vec<_> = ids.iter().map(|id| Id::new(*id)).collect();
    let slip = joint::issue(unit, app, who, (MANIFEST, centre), &dossiers, |number, letterhead| {
        paper(app, who, parcels, number, letterhead)
    })?;
    store::list_parcels(unit, ids, slip)?;
    Ok(slip)
}

/// What each handing over froze: number, receiver and address as they were written on the cover.
pub fn parcels(q: &mut impl platform::db::Query, ids: &[i64]) -> Result<Vec<Parcel>, AppError> {
    let slips: HashMap<i64, String> = joint::store::last_slips(q, ids.to_vec(), "handover")?.into_iter().collect();
    let people = inbox::store::people_of_all(q, ids.to_vec())?;
    ids.iter()
        .map(|id| {
            let body = slips.get(id).ok_or_else(|| AppError::Internal(format!("{id} was posted without a slip")))?;
            parcel(body, people.get(id))
        })
        .collect()
}

fn parcel(body: &str, people: Option<&People>) -> Result<Parcel, AppError> {
    let Form::Handover(slip) = serde_json::from_str(body).map_err(AppError::internal)? else {
        return Err(AppError::Internal("a handover that is none".into()));
    };
    let (tracking_number, address) = match slip.channel {
        Channel::Post { tracking_number, address, .. } => (tracking_number, address),
        Channel::Counter { .. } | Channel::Online => (String::new(), String::new()),
    };
    let result = slip.results.first();
    let named = result.and_then(|r| r.number.as_ref().map(|n| format!("{} {n}", r.kind)));
    Ok(Parcel {
        tracking_number,
        code: slip.codes.dossier_code,
        content: named.map_or_else(|| slip.request.clone(), |named| format!("{named} ({})", slip.request)),
        receiver: slip.receiver.name,
        address,
        phone: people.and_then(|p| p.applicant.phone.clone()),
    })
}

fn paper(app: &App, who: &Who, parcels: Vec<Parcel>, number: String, letterhead: Letterhead) -> Form {
    Form::PostManifest(Box::new(PostManifest {
        form_set: slips::form_set_of(app),
        centre: letterhead.unit.clone(),
        letterhead,
        number: Some(number),
        made_at: app.now().local(),
        officer: app.reference().officer_name(who.officer).to_owned(),
        carrier: slips::CARRIER.to_owned(),
        parcels,
    }))
}
