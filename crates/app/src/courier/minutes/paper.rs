//! The minutes as PDF: two copies, one a side.

use crate::{
    app::App,
    courier::{shown::name_of, store::RunRow},
    reference::Reference,
};
use documents::{Form, FormSet, HandedOver, HandoverMinutes, Letterhead, Load as Carried, Side};
use domain::{
    courier::{CourierRun, Load, Place},
    dossier::{Dossier, People},
    id::Id,
    people::Officer,
    time::Instant,
};

/// A line with its dossier and whose it is.
pub type Row = (RunRow, Dossier, Option<People>);

/// The form, complete. `requests` are the names of the procedures, line by line.
pub fn form(app: &App, run: &CourierRun, rows: &[Row], requests: &[String]) -> Form {
    let reference = app.reference();
    let line = |((row, d, people), request): (&Row, &String)| HandedOver {
        code: d.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        owner: owner(people.as_ref()),
        content: match (&d.result, run.load) {
            (Some(result), Load::Results) => format!("{} ({request})", result.number),
            _ => request.clone(),
        },
        papers: row.papers,
        note: note(row),
    };
    let carried = (!run.carrier.is_empty()).then(|| format!("người vận chuyển: {}", run.carrier));
    let trip = run.run.map(|t| format!("Chuyến {} giờ {:02}", t.hour(), t.minute()));
    let trip: Vec<String> = trip.into_iter().chain(carried).collect();
    Form::HandoverMinutes(Box::new(HandoverMinutes {
        form_set: match app.profile.forms.set {
            domain::profile::FormSet::Tt01Of2018 => FormSet::Tt01Of2018,
            domain::profile::FormSet::Tt03Of2025 => FormSet::Tt03Of2025,
        },
        letterhead: Letterhead {
            parent: None,
            unit: name_of(&reference, run.from),
            place: app.profile.province.place.clone(),
            day: run.given_at.day(),
        },
        number: Some(run.number.clone()),
        handed_at: run.given_at.local(),
        place: name_of(&reference, run.from),
        run: Some(trip.join(", ")).filter(|t| !t.is_empty()),
        load: if run.load == Load::Results { Carried::Results } else { Carried::Dossiers },
        giver: side(&reference, Some(run.given_by), run.from),
        receiver: side(&reference, run.received.map(|(by, _)| by), run.to),
        rows: rows.iter().zip(requests).map(line).collect(),
        remarks: run.remarks.clone().map(|r| match run.received {
            Some((_, at)) => format!("{r} (ghi lúc {})", at_words(at)),
            None => r,
        }),
    }))
}

fn at_words(at: Instant) -> String {
    crate::courier::shown::when(at)
}

fn note(row: &RunRow) -> Option<String> {
    let missing = row.missing.then(|| "bên nhận báo không nhận được".to_owned());
    let all: Vec<String> = row.note.iter().cloned().chain(missing).collect();
    Some(all.join("; ")).filter(|t| !t.is_empty())
}

/// Whose dossier it is; nobody once the people were erased.
pub fn owner(people: Option<&People>) -> String {
    people.map(|p| p.owner.as_ref().unwrap_or(&p.applicant).name.clone()).unwrap_or_default()
}

/// A party; before it signs its name is left to be written by hand.
fn side(reference: &Reference, officer: Option<Id<Officer>>, place: Place) -> Side {
    let known = officer.and_then(|o| reference.officer(o));
    Side {
        name: known.map_or_else(|| "........................".to_owned(), |o| o.name.clone()),
        title: known
            .and_then(|o| o.who.roles.first())
            .map_or_else(|| "........................".to_owned(), |r| r.vi().to_lowercase()),
        organisation: name_of(reference, place),
    }
}
