//! The control slip (form 05; 06 under Thông tư 03/2025): who gave the dossier to whom and how each kept its time, made
//! from the history whenever it is asked for (FLW-02).

mod branches;

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        slip::{PaperQuery, paper_of, pdf},
        slips::Writer,
        store,
        subject::Subject,
    },
    error::AppError,
    http::PageError,
    reference::Reference,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use documents::{ControlSlip, ControlStep, Form, Outcome};
use domain::{
    catalogue::{Place, Process},
    deadline::Calendar,
    dossier::{Dossier, Event, Holder, Pace, StoredEvent, pace},
};

/// `GET /can-bo/ho-so/{key}/phieu-kiem-soat.pdf`
pub async fn download(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Query(query): Query<PaperQuery>,
) -> Result<Response, PageError> {
    let answer = async {
        let subject = Subject::load(&app, &me, &key).await?;
        let slip = slip(&app, &me, &subject).await?;
        let name = format!("phieu-kiem-soat-{}", subject.code());
        pdf(Form::ControlSlip(Box::new(slip)), paper_of(&query), &name).await
    };
    answer.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn slip(app: &App, me: &SignedIn, subject: &Subject) -> Result<ControlSlip, AppError> {
    let id = subject.id;
    let (lines, entry) = app
        .db
        .read(move |q| Ok::<_, AppError>((store::events(q, id, 0)?, crate::dossier::register::store::entry(q, id)?)))
        .await?;
    let reference = app.reference();
    let d = &subject.state;
    let writer = Writer {
        app,
        reference: &reference,
        who: &me.who,
        now: app.now(),
        id,
        dossier: d,
        governing: &subject.governing,
        people: subject.people.as_ref(),
        before: None,
        entry,
    };
    let received = d.accepted_at.or_else(|| lines.first().map(|l| l.at)).unwrap_or_else(|| app.now());
    let walk = Walk {
        reference: &reference,
        process: &subject.governing.process,
        centre: &subject.centre,
        agency: &subject.agency,
    };
    Ok(ControlSlip {
        form_set: writer.form_set(),
        letterhead: writer.letterhead(),
        codes: writer.codes(),
        book_entry: writer.book_entry(),
        owner: subject.owner().to_owned(),
        request: writer.request(),
        received_at: received.local(),
        due_at: d.due_at.map(domain::time::Instant::local),
        agency: subject.agency.clone(),
        participants: d.links.agencies().into_iter().map(|a| reference.agency_name(a).to_owned()).collect(),
        steps: walk.steps(&lines, reference.calendar_of(d.intake.centre), d),
    })
}

struct Walk<'a> {
    reference: &'a Reference,
    process: &'a Process,
    centre: &'a str,
    agency: &'a str,
}

impl Walk<'_> {
    /// What was passed on so far, then the steps to come as lines to be filled in by hand.
    fn steps(&self, lines: &[StoredEvent], calendar: &Calendar, d: &Dossier) -> Vec<ControlStep> {
        let mut steps = Vec::new();
        let mut before: Option<Holder> = None;
        for (i, line) in lines.iter().enumerate() {
            let Ok(event) = serde_json::from_str::<Event>(&line.body) else { continue };
            if let Event::Linked(what) = &event {
                steps.extend(self.branch(line, what, &d.links));
            }
            let Some(holder) = event.holder() else { continue };
            steps.push(self.passed(line, &event, before.as_ref(), lines.get(i + 1), calendar));
            before = Some(holder.clone());
        }
        steps.extend(self.to_come(d.holder.as_ref()));
        steps
    }

    fn passed(
        &self,
        line: &StoredEvent,
        event: &Event,
        before: Option<&Holder>,
        next: Option<&StoredEvent>,
        calendar: &Calendar,
    ) -> ControlStep {
        let holder = event.holder();
        // Who receives is who has it in person, else who acted next.
        let receiver = holder.and_then(|h| h.officer).or_else(|| next.map(|n| n.officer));
        let outcome = before.and_then(|b| {
            let minutes = self.process.step(&b.step).and_then(|s| s.minutes);
            pace(b.since, line.at, minutes, calendar)
        });
        ControlStep {
            from: before.map_or_else(|| self.centre.to_owned(), |b| self.place(b)),
            to: holder.map(|h| self.place(h)).unwrap_or_default(),
            at: Some(line.at.local()),
            giver: Some(self.reference.officer_name(line.officer).to_owned()),
            receiver: receiver.map(|o| self.reference.officer_name(o).to_owned()),
            outcome: outcome.map(|pace| match pace {
                Pace::Early => Outcome::Early,
                Pace::OnTime => Outcome::OnTime,
                Pace::Overdue => Outcome::Overdue,
            }),
            note: Some(self.note(line, event)),
        }
    }

    /// What was done; for whom and by which decision, where it was done for somebody else (FLW-07, DN 16.1c).
    fn note(&self, line: &StoredEvent, event: &Event) -> String {
        let what = event.words().0;
        let Some(other) = line.on_behalf_of() else { return what.to_owned() };
        let by = line.by_decision().map(|d| format!(", theo {d}")).unwrap_or_default();
        format!("{what} (thay {}{by})", self.reference.officer_name(other))
    }

    fn place(&self, h: &Holder) -> String {
        let at_centre = h.centre.and_then(|c| self.reference.centre(c)).map(|c| c.name.clone());
        let unit = h.unit.and_then(|u| self.reference.unit(u)).map(|u| u.name.clone());
        at_centre.unwrap_or_else(|| match unit.filter(|u| u != self.reference.agency_name(h.agency)) {
            Some(unit) => format!("{unit}, {}", self.reference.agency_name(h.agency)),
            None => self.reference.agency_name(h.agency).to_owned(),
        })
    }

    fn to_come(&self, now: Option<&Holder>) -> Vec<ControlStep> {
        let Some(now) = now else { return Vec::new() };
        let name = |place: Place| if place == Place::Centre { self.centre } else { self.agency }.to_owned();
        let mut from = self.place(now);
        let ahead = self.process.steps.iter().skip_while(|s| s.key != now.step).skip(1);
        ahead
            .map(|step| {
                let to = name(step.actor.place);
                let given = std::mem::replace(&mut from, to.clone());
                ControlStep {
                    from: given,
                    to,
                    at: None,
                    giver: None,
                    receiver: None,
                    outcome: None,
                    note: Some(step.name_vi.clone()),
                }
            })
            .collect()
    }
}
