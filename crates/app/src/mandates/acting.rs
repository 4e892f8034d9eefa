//! For whom a session acts: looked up with every request, so that what is ended opens nothing any more.

use super::store::{self, Act, Kept, What};
use crate::{
    app::App,
    error::{AppError, FieldError},
};
use domain::{
    dossier::{Applicant, ApplicantKind, Dossier, People, Proxy},
    id::Id,
    mandates::{Mandate, MandateKind, Principal, Standing},
    time::{Instant, day_text},
};
use jiff::civil::Date;
use platform::db::{Query, Unit};

/// Somebody acts for somebody else.
#[derive(Clone, Debug)]
pub struct Acting {
    pub mandate: Id<Mandate>,
    pub kind: MandateKind,
    pub principal: Principal,
    /// The person who acts.
    pub delegate: Principal,
    pub until: Option<Date>,
}

impl Acting {
    /// By which the drafts and dossiers of the principal are found. An organisation's are those of all who act for it; a person's
    /// proxy sees what was done by this mandate, not what the person keeps.
    pub fn key(&self, app: &App) -> String {
        let of = match self.kind {
            MandateKind::Proxy => format!("mandate:{}", self.mandate),
            MandateKind::Representative | MandateKind::Member => format!("organisation:{}", self.principal.number),
        };
        domain::hex(&app.secret.derive("citizen-contact").mac(&[of.as_bytes()]))
    }
    /// The number whose dossiers and papers open: an organisation's.
    pub fn opens(&self) -> Option<String> {
        let is_organisation = self.kind != MandateKind::Proxy;
        is_organisation.then(|| self.principal.number.clone())
    }
    /// As the dossier names the paper that authorises.
    pub fn authorisation(&self) -> String {
        let until = self.until.map(|day| format!(", đến hết {}", day_text(day))).unwrap_or_default();
        format!("{}, ủy quyền điện tử số {}{until}", self.kind.words().0, self.mandate)
    }
    pub const fn applicant_kind(&self) -> ApplicantKind {
        match self.kind {
            MandateKind::Proxy => ApplicantKind::Citizen,
            MandateKind::Representative | MandateKind::Member => ApplicantKind::Business,
        }
    }
}

/// Whether this mandate lets this person act today.
pub fn holds(kept: &Kept, delegate: &str, today: Date) -> bool {
    kept.delegate.number == delegate && kept.on(today) == Standing::Holds
}

/// For whom a session acts, where that still holds.
pub async fn acting(app: &App, id: i64, delegate: &str) -> Result<Option<Acting>, AppError> {
    let (delegate, today) = (delegate.to_owned(), app.now().day());
    app.db.read(move |q| acting_in(q, id, &delegate, today)).await
}

/// The same within a snapshot that is read already.
pub fn acting_in(q: &mut impl Query, id: i64, delegate: &str, today: Date) -> Result<Option<Acting>, AppError> {
    let kept = store::find(q, Id::new(id))?.filter(|k| holds(k, delegate, today));
    Ok(kept.map(|k| Acting {
        mandate: k.id,
        kind: k.kind,
        principal: k.principal,
        delegate: k.delegate,
        until: k.term.until,
    }))
}

/// The people of a dossier as the mandate has them, whatever was typed: the principal asks, who acts hands in.
pub fn bind(acting: &Acting, people: &mut People) -> Result<(), AppError> {
    if people.applicant.identity.as_deref() != Some(acting.principal.number.as_str()) {
        let vi = format!(
            "Ông/bà đang làm thay cho {}: số định danh, mã số thuế của người nộp phải là của bên này.",
            acting.principal.name
        );
        let en = format!("You act for {}: the number of the applicant must be theirs.", acting.principal.name);
        return Err(AppError::Fields(vec![FieldError::new("applicant.identity", "mandate.other", vi, en)]));
    }
    let typed = people.proxy.take().map(|p| p.person);
    let person = Applicant {
        kind: ApplicantKind::Citizen,
        name: acting.delegate.name.clone(),
        identity: Some(acting.delegate.number.clone()),
        phone: typed.as_ref().and_then(|p| p.phone.clone()),
        email: typed.as_ref().and_then(|p| p.email.clone()),
        address: typed.and_then(|p| p.address),
    };
    people.proxy = Some(Proxy { person, authorisation: acting.authorisation() });
    Ok(())
}

/// What is done by mandate, in the unit that does it; nothing for who acts for themselves.
pub fn note(
    unit: &mut Unit,
    app: &App,
    acting: Option<&Acting>,
    dossier: Id<Dossier>,
    what: What,
) -> Result<(), AppError> {
    let Some(acting) = acting else { return Ok(()) };
    let by = (acting.mandate, acting.principal.number.as_str());
    Ok(store::put_act(unit, app.ids.next()?, by, dossier, what, app.now())?)
}

/// An act as it is told.
pub struct DoneBy {
    pub who: String,
    pub kind: MandateKind,
    pub what: What,
    pub at: Instant,
}

/// Acts of one dossier that are told; more than any has.
const MOST: i64 = 50;

/// Who acted for the applicant on a dossier, in order.
pub fn done_by(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Vec<DoneBy>, AppError> {
    let told = |a: Act| DoneBy { who: a.delegate.name, kind: a.kind, what: a.what, at: a.at };
    Ok(store::acts_on(q, dossier, MOST)?.into_iter().map(told).collect())
}
