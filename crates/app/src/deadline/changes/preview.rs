//! Which open dossiers a change would give another date, before anything is changed.

use super::{
    Change,
    store::{self, Dated},
};
use crate::{app::App, deadline::store as calendar_store, error::AppError};
use domain::{
    deadline::{Calendar, changed},
    dossier::new_date,
    id::Id,
    people::Centre,
    time::Instant,
};
use std::{collections::HashMap, sync::Arc};

/// What the change would do.
pub struct Preview {
    /// How many dossiers would get another date.
    pub count: usize,
    /// The first of them by due date.
    pub first: Vec<Touched>,
}

/// A dossier with its date and the one it would have.
pub struct Touched {
    pub code: String,
    pub from: Instant,
    pub to: Instant,
}

/// Dossiers shown on one page.
const SHOWN: usize = 100;
/// Dossiers read in one snapshot.
const CHUNK: i64 = 500;

/// The calendars as they would be, for the province and for centres with hours of their own.
struct Calendars {
    common: Arc<Calendar>,
    own: HashMap<Id<Centre>, Arc<Calendar>>,
}

impl Calendars {
    async fn with(app: &App, change: &Change) -> Result<Self, AppError> {
        let (app_, days) = (app.clone(), change.days.clone());
        app.db
            .read(move |q| {
                let plan = calendar_store::plan(q, &app_.profile)?.with(|rows| changed(rows, &days));
                let mut own = HashMap::new();
                for centre in app_.reference().centres.iter().filter(|c| c.sessions.is_some()) {
                    own.insert(centre.id, Arc::new(plan.calendar(centre.sessions.clone())?));
                }
                Ok::<_, AppError>(Self { common: Arc::new(plan.calendar(None)?), own })
            })
            .await
    }
    fn of(&self, centre: Id<Centre>) -> &Calendar {
        self.own.get(&centre).unwrap_or(&self.common)
    }
}

/// Looks through all dossiers whose date may lie after the first changed day.
pub async fn preview(app: &App, change: &Change) -> Result<Preview, AppError> {
    let calendars = Calendars::with(app, change).await?;
    let clock = app.reference().clock;
    let (mut count, mut first, mut after) = (0, Vec::new(), change.first_key());
    loop {
        let rows: Vec<Dated> = app.db.read(move |q| Ok::<_, AppError>(store::dated(q, after, CHUNK)?)).await?;
        let Some(last) = rows.last() else { return Ok(Preview { count, first }) };
        after = last.after;
        for row in rows {
            let calendar = calendars.of(row.state.intake.centre);
            // A date beyond the calendar's last year stays as it is.
            let Ok(Some(to)) = new_date(&row.state, calendar, &clock) else { continue };
            count += 1;
            if let Some(from) = row.state.due_at.filter(|_| first.len() < SHOWN) {
                let code = row.state.code.as_ref().map_or_else(|| row.id.to_string(), ToString::to_string);
                first.push(Touched { code, from, to });
            }
        }
    }
}
