use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        inbox,
        store::{self, Key, Work},
    },
    error::AppError,
};
use domain::{
    dossier::{Applicant, Dossier, People},
    id::Id,
    people::Centre,
};
use jiff::civil::Date;

/// What one person handed in at one centre on one day, in the order in which it was taken in.
pub struct Group {
    pub centre: Id<Centre>,
    pub submitter: Applicant,
    pub works: Vec<Work>,
    /// There are more than are looked at.
    pub is_cut: bool,
}

/// More than anybody hands in at once; the newest are taken.
const MOST: i64 = 200;

/// The dossiers that were handed in together with this one: by the same person, at the same centre, on the same day, each
/// accepted with a receipt of its own. Without an identity number nobody is taken for the same.
pub async fn together(app: &App, me: &SignedIn, key: &str) -> Result<Group, AppError> {
    let key = Key::parse(key).ok_or(AppError::NotFound)?;
    let scope = me.who.scope();
    app.db
        .read(move |q| {
            let kept = store::find(q, &scope, &key)?.ok_or(AppError::NotFound)?;
            let people = store::people(q, kept.id)?.ok_or(AppError::NotFound)?;
            let submitter = submitter(&people).clone();
            let centre = kept.state.intake.centre;
            let Some(number) = submitter.identity.clone() else {
                let works = inbox::store::by_ids(q, &scope, vec![kept.id.raw()])?;
                return Ok(Group { centre, submitter, works, is_cut: false });
            };
            let found = inbox::store::by_number(q, &scope, &number, MOST)?;
            let others = inbox::store::people_of_all(q, found.iter().map(|w| w.id.raw()).collect())?;
            let is_cut = i64::try_from(found.len()).unwrap_or(MOST) >= MOST;
            let handed_in = |w: &Work| {
                let by = others.get(&w.id.raw()).map(self::submitter);
                by.is_some_and(|by| by.identity.as_ref() == Some(&number))
            };
            let same = |w: &Work| place_and_day(&w.state) == place_and_day(&kept.state) && handed_in(w);
            let mut works: Vec<Work> = found.into_iter().filter(same).collect();
            works.sort_by_key(|w| (w.state.accepted_at, w.id.raw()));
            Ok(Group { centre, submitter, works, is_cut })
        })
        .await
}

/// Who stood at the counter.
fn submitter(people: &People) -> &Applicant {
    people.proxy.as_ref().map_or(&people.applicant, |proxy| &proxy.person)
}

/// Where and on which day it was taken in with a receipt.
fn place_and_day(d: &Dossier) -> Option<(Id<Centre>, Date)> {
    d.receipt.as_ref()?;
    Some((d.intake.centre, d.accepted_at?.day()))
}
