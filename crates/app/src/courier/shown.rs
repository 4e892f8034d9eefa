//! Places, runs and whereabouts in words.

use super::store::{self, Whereabouts};
use crate::{app::App, error::AppError, messages::Lang, reference::Reference};
use domain::{
    accounts::Who,
    courier::{CourierRun, Load, Place, place_of},
    dossier::Dossier,
    id::Id,
};

/// The name of a place.
pub fn name_of(reference: &Reference, place: Place) -> String {
    match place {
        Place::Centre(id) => reference.centre(id).map(|c| c.name.clone()).unwrap_or_default(),
        Place::Agency(id) => reference.agency_name(id).to_owned(),
    }
}

/// A run in a list.
pub struct RunLine {
    pub id: i64,
    pub number: String,
    pub from: String,
    pub to: String,
    /// What and how much.
    pub what: String,
    pub at: String,
    /// `Chuyến 10:00`.
    pub run: Option<String>,
    pub received: Option<String>,
}

/// Runs in words, with how many dossiers each has.
pub fn lines(reference: &Reference, lang: Lang, runs: Vec<CourierRun>, counts: &[(i64, i64)]) -> Vec<RunLine> {
    let line = |run: CourierRun| RunLine {
        id: run.id.raw(),
        from: name_of(reference, run.from),
        to: name_of(reference, run.to),
        what: {
            let count = counts.iter().find(|(id, _)| *id == run.id.raw()).map_or(0, |(_, n)| *n);
            format!("{}: {count}", lang.pick(run.load.words()))
        },
        at: when(run.given_at),
        run: run.run.map(|t| lang.f1("Chuyến {}", t.strftime("%H:%M"))),
        received: run.received.map(|(by, at)| lang.f2("{} nhận lúc {}", reference.officer_name(by), when(at))),
        number: run.number,
    };
    runs.into_iter().map(line).collect()
}

/// `17/11/2026, 09:12`.
pub fn when(at: domain::time::Instant) -> String {
    let local = at.local();
    format!("{}, {}", domain::time::day_text(local.date()), domain::time::time_text(local.time()))
}

/// Where the paper of a dossier is: what, the place or the way in words, the minutes on whose page it stands.
pub struct Whereabout {
    pub what: &'static str,
    pub words: String,
    pub minutes: Option<i64>,
}

/// Where the paper of a dossier is, for its page; nothing where no minutes are kept.
pub async fn whereabouts(app: &App, who: &Who, lang: Lang, dossier: Id<Dossier>) -> Result<Vec<Whereabout>, AppError> {
    if !super::is_on(app) {
        return Ok(Vec::new());
    }
    let found = app.db.read(move |q| Ok::<_, AppError>(store::of_dossier(q, dossier)?)).await?;
    let reference = app.reference();
    let here = place_of(who);
    Ok(found.into_iter().map(|w| whereabout(&reference, lang, here, w)).collect())
}

fn whereabout(reference: &Reference, lang: Lang, here: Option<Place>, w: Whereabouts) -> Whereabout {
    let what = lang.pick(w.load.words());
    let at = name_of(reference, w.at);
    let wanted = w.to.map(|to| name_of(reference, to)).unwrap_or_default();
    let (words, minutes) = match (w.run, w.to) {
        // The page of minutes is for the two sides.
        (Some((id, number)), to) => {
            let side = here.is_some_and(|h| h == w.at || Some(h) == to);
            (lang.f2("đang chuyển từ {}, biên bản {}", at, number), side.then_some(id))
        }
        (None, Some(_)) if w.load == Load::Results => (lang.f2("ở {}, chờ chuyển về {}", at, wanted), None),
        (None, Some(_)) => (lang.f2("ở {}, chờ chuyển tới {}", at, wanted), None),
        (None, None) => (at, None),
    };
    Whereabout { what, words, minutes }
}
