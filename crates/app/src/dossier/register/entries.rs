use super::store;
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{inbox, intake_fields::day, store::Work},
    error::{AppError, FieldError},
    reads,
    reference::Reference,
};
use documents::RegisterRow;
use domain::{
    accounts::{Reading, Role, Scope, Who},
    dossier::{People, Status},
    id::Id,
    people::Centre,
    time::Instant,
};
use jiff::civil::{Date, Time};
use serde::Deserialize;

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
    /// The moments between which it was taken in.
    pub fn span(&self) -> (i64, i64) {
        let begin = |d: Date| Instant::from_local(d.to_datetime(Time::midnight())).millis();
        (begin(self.first), begin(self.last) + 86_400_000)
    }
    /// From the year's first day to the first that is looked at.
    fn before(&self) -> (i64, i64) {
        let begin = |d: Date| Instant::from_local(d.to_datetime(Time::midnight())).millis();
        (begin(self.first.first_of_year()), begin(self.first))
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
            let mut works = store::taken_in(q, book.centre, book.span(), after, limit)?;
            let next = (works.len() > most).then(|| works[most - 1].after);
            works.truncate(most);
            let begun = if after.0 == i64::MIN { book.before() } else { (book.before().0, after.0) };
            let mut ordinal = store::count_before(q, book.centre, begun)?;
            // Those of the same millisecond as the last of the page before.
            ordinal += i64::from(after.0 != i64::MIN);
            let ids = works.iter().map(|w| w.id.raw()).collect::<Vec<_>>();
            let people = inbox::store::people_of_all(q, ids.clone())?;
            let reference = app_.reference();
            let mut rows = Vec::with_capacity(works.len());
            for work in works {
                let governing = app_.versions.of(q, &work.state.intake)?;
                ordinal += 1;
                let of = people.get(&work.id.raw());
                rows.push(entry(&work, of, &governing.procedure.name, &reference, ordinal));
            }
            Ok::<_, AppError>((ids, rows, next))
        })
        .await?;
    let ids: Vec<_> = ids.into_iter().map(Id::new).collect();
    reads::note(app, who, Reading::Register, &ids).await;
    Ok((rows, next))
}

fn entry(w: &Work, people: Option<&People>, request: &str, reference: &Reference, ordinal: i64) -> RegisterRow {
    let d = &w.state;
    let owner = people.map(|p| p.owner.as_ref().unwrap_or(&p.applicant));
    let returned = match &d.status {
        Status::Returned { at, .. } => Some(at.local()),
        _ => None,
    };
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
        delivery: d.intake.result_by.words().0.to_owned(),
        receiver: None,
        note: returned.is_none().then(|| d.status.words().0.to_owned()),
    }
}
