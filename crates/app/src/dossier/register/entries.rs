use super::store;
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{inbox, intake_fields::day, store::Work},
    error::{AppError, FieldError},
    reads,
    reference::Reference,
};
use documents::{Form, RegisterRow};
use domain::{
    accounts::{Reading, Role, Scope, Who},
    dossier::{People, ResultBy},
    id::Id,
    people::Centre,
    time::Instant,
};
use jiff::civil::{Date, Time};
use serde::Deserialize;
use std::collections::HashMap;

/// What the address of the register says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The book: the code of a centre.
    pub so: String,
    pub tu: String,
    pub den: String,
    pub sau: String,
}

/// A book and the days that are looked at.
#[derive(Clone, Debug)]
pub struct Book {
    pub centre: Id<Centre>,
    pub code: String,
    pub name: String,
    pub first: Date,
    pub last: Date,
}

/// The books that an officer may read: the own centre's, or all for those who read the province.
pub fn books(me: &SignedIn, reference: &Reference) -> Vec<(String, String)> {
    let all = me.who.scope() == Scope::Province;
    let own = me.who.centre.filter(|_| me.who.any(|r| r.takes_in() || matches!(r, Role::ReturnDesk | Role::Cashier)));
    let may = |c: &&crate::people::store::Centre| all || Some(c.id) == own;
    reference.centres.iter().filter(may).map(|c| (c.code.clone(), c.name.clone())).collect()
}

impl Book {
    /// The book and the days that were asked for; this month of the own book when nothing was said.
    pub fn of(asked: &Asked, me: &SignedIn, app: &App) -> Result<Self, AppError> {
        let reference = app.reference();
        let mine = books(me, &reference);
        let own = me.who.centre.and_then(|c| reference.centre(c)).map(|c| c.code.clone());
        let code = if asked.so.is_empty() {
            own.or_else(|| mine.first().map(|b| b.0.clone()))
        } else {
            Some(asked.so.clone())
        };
        let (code, name) = code.and_then(|code| mine.into_iter().find(|b| b.0 == code)).ok_or(AppError::NotFound)?;
        let centre = reference.centre_by_code(&code).ok_or(AppError::NotFound)?.id;
        let today = app.now().day();
        let read = |field: &str, text: &str, or: Date| {
            if text.trim().is_empty() {
                return Ok(or);
            }
            let said = text.trim().parse().ok().or_else(|| day(text.trim()));
            said.ok_or_else(|| {
                let (vi, en) = ("Ngày chưa đúng, ví dụ 06/10/2025.", "Not a day, for example 06/10/2025.");
                AppError::Fields(vec![FieldError::new(field, "invalid", vi, en)])
            })
        };
        let first = read("tu", &asked.tu, today.first_of_month())?;
        let last = read("den", &asked.den, today)?.max(first);
        Ok(Self { centre, code, name, first, last })
    }
    /// The moments between which it was entered.
    pub fn span(&self) -> (i64, i64) {
        let begin = |d: Date| Instant::from_local(d.to_datetime(Time::midnight())).millis();
        (begin(self.first), begin(self.last) + 86_400_000)
    }
    /// The name of the book, the same that stands on every receipt; of several where the days go over New Year.
    pub fn years(&self) -> String {
        let (first, last) = (self.first.year(), self.last.year());
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    }
    /// The address of the same book and days.
    pub fn query(&self) -> String {
        format!("so={}&tu={}&den={}", crate::http::encode(&self.code), self.first, self.last)
    }
}

/// The entries of a book, at most `most` of them, and the place after the last. Who looks is written down (SEC-01).
pub async fn entries(
    app: &App,
    who: &Who,
    book: &Book,
    after: (i64, i64),
    most: usize,
) -> Result<(Vec<RegisterRow>, Option<(i64, i64)>), AppError> {
    let (app_, book) = (app.clone(), book.clone());
    let (ids, rows, next) = app
        .db
        .read(move |q| {
            let limit = i64::try_from(most).unwrap_or(i64::MAX - 1) + 1;
            let mut found = store::entered(q, book.centre, book.span(), after, limit)?;
            let next = (found.len() > most).then(|| (found[most - 1].0.after.0, found[most - 1].1));
            found.truncate(most);
            let ids = found.iter().map(|(w, _)| w.id.raw()).collect::<Vec<_>>();
            let people = inbox::store::people_of_all(q, ids.clone())?;
            let mut left: HashMap<i64, Left> = HashMap::new();
            for (id, at, slip) in store::handovers(q, ids.clone())? {
                left.insert(id, Left::of(at, &slip));
            }
            let reference = app_.reference();
            let mut rows = Vec::with_capacity(found.len());
            for (work, ordinal) in found {
                let governing = app_.versions.of(q, &work.state.intake)?;
                let (of, left) = (people.get(&work.id.raw()), left.remove(&work.id.raw()));
                rows.push(entry(&work, of, &governing.procedure.name, &reference, ordinal, left));
            }
            Ok::<_, AppError>((ids, rows, next))
        })
        .await?;
    let ids: Vec<_> = ids.into_iter().map(Id::new).collect();
    reads::note(app, who, Reading::Register, &ids).await;
    Ok((rows, next))
}

/// How a result left the house, as its handover slip says.
struct Left {
    at: Instant,
    receiver: Option<String>,
    how: Option<ResultBy>,
}

impl Left {
    fn of(at: Instant, slip: &str) -> Self {
        let Ok(Form::Handover(slip)) = serde_json::from_str::<Form>(slip) else {
            return Self { at, receiver: None, how: None };
        };
        let how = match slip.channel {
            documents::Channel::Counter { .. } => ResultBy::Counter,
            documents::Channel::Post { .. } => ResultBy::Post,
            documents::Channel::Online => ResultBy::Online,
        };
        Self { at, receiver: Some(slip.receiver.name), how: Some(how) }
    }
}

fn entry(
    w: &Work,
    people: Option<&People>,
    request: &str,
    reference: &Reference,
    ordinal: i64,
    left: Option<Left>,
) -> RegisterRow {
    let d = &w.state;
    let owner = people.map(|p| p.owner.as_ref().unwrap_or(&p.applicant));
    let returned = left.as_ref().map(|left| left.at.local());
    // As it left; before that, as the applicant wishes.
    let how = left.as_ref().and_then(|left| left.how).unwrap_or(d.intake.result_by);
    let late = d.late.as_ref().map(|_| "Nhập muộn");
    let standing = returned.is_none().then(|| d.status.words().0);
    let note = [late, standing].into_iter().flatten().collect::<Vec<_>>().join("; ");
    RegisterRow {
        ordinal: u32::try_from(ordinal).unwrap_or(u32::MAX),
        code: d.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        request: request.to_owned(),
        sets: d.intake.sets,
        owner: owner.map(|o| o.name.clone()).unwrap_or_default(),
        address: owner.and_then(|o| o.address.clone()),
        phone: owner.and_then(|o| o.phone.clone()),
        agency: reference.agency_name(d.intake.agency).to_owned(),
        received_at: d.accepted_at.unwrap_or(Instant::from_millis(w.after.0)).local(),
        due_at: d.due_at.map(Instant::local),
        returned_at: returned,
        delivery: how.words().0.to_owned(),
        // The erased stay erased: the slip is kept, the book names nobody any more.
        receiver: left.and_then(|left| left.receiver).filter(|_| people.is_some()),
        note: Some(note).filter(|note| !note.is_empty()),
    }
}
