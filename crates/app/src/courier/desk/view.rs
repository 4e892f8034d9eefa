//! What the desk of paper shows.

use crate::{
    accounts::SignedIn,
    app::App,
    courier::{
        duty,
        give::MOST,
        shown::{RunLine, lines as run_lines, name_of},
        store,
    },
    dossier::{Line, lines, midnight},
    error::AppError,
    http::Form,
};
use domain::{
    courier::{Load, Place, next_run, papers},
    id::Id,
    people::{Agency, Officer},
};

/// What lies here and is wanted at one place.
pub struct Heap {
    pub to: Place,
    pub load: Load,
    pub name: String,
    pub count: i64,
    /// It is the one whose dossiers are listed.
    pub is_open: bool,
    /// Who receives there today, where agencies name somebody.
    pub duty: Option<String>,
}

/// A dossier that waits to be carried.
pub struct Waiting {
    pub line: Line,
    pub papers: u32,
}

/// All of it.
pub struct View {
    pub here: String,
    pub coming: Vec<RunLine>,
    pub heaps: Vec<Heap>,
    pub waiting: Vec<Waiting>,
    pub today: Vec<RunLine>,
    /// Other places to which paper may go.
    pub places: Vec<(String, String)>,
    /// Officers of the agency, of whom one receives today: login and name.
    pub colleagues: Vec<(String, String)>,
    pub duty: Option<String>,
}

const MOST_RUNS: i64 = 100;

impl View {
    /// What lies at a place; `form` says which heap is open.
    pub async fn load(app: &App, me: &SignedIn, here: Place, form: &Form) -> Result<Self, AppError> {
        let (day, lang) = (app.now().day(), me.reader.lang);
        let since = domain::time::Instant::from_millis(midnight(app.now()));
        let (waiting, coming, today, counts, on_duty) = app
            .db
            .read(move |q| {
                let (waiting, on_duty) = (store::waiting(q, here)?, store::on_duty(q, day)?);
                let (coming, today) = (store::coming(q, here, MOST_RUNS)?, store::since(q, here, since, MOST_RUNS)?);
                let ids = coming.iter().chain(&today).map(|r| r.id.raw()).collect();
                Ok::<_, AppError>((waiting, coming, today, store::count(q, ids)?, on_duty))
            })
            .await?;
        let reference = app.reference();
        let open = (Place::from_key(form.value("to")), Load::from_key(form.value("what")));
        let open = open.0.zip(open.1).or_else(|| waiting.first().map(|(to, load, _)| (*to, *load)));
        let named = app.profile.courier.duty_officer_named;
        let duty_of = |agency: Id<Agency>| on_duty.iter().find(|(a, _)| *a == agency).map(|(_, o)| *o);
        let name = |o: Option<Id<Officer>>| o.map(|o| reference.officer_name(o).to_owned());
        let heap = |(to, load, count): (Place, Load, i64)| Heap {
            name: name_of(&reference, to),
            is_open: open == Some((to, load)),
            duty: match to {
                Place::Agency(agency) if named => Some(name(duty_of(agency)).unwrap_or_default()),
                _ => None,
            },
            to,
            load,
            count,
        };
        let own = if let Place::Agency(agency) = here { Some(agency) } else { None };
        let may_name = named && own.is_some() && duty::names(&me.who);
        Ok(Self {
            here: name_of(&reference, here),
            coming: run_lines(&reference, lang, coming, &counts),
            today: run_lines(&reference, lang, today, &counts),
            heaps: waiting.into_iter().map(heap).collect(),
            waiting: match open {
                Some((to, load)) => heap_of(app, me, here, to, load).await?,
                None => Vec::new(),
            },
            places: places(&reference, here),
            colleagues: if may_name { colleagues(&reference, me.who.agency) } else { Vec::new() },
            duty: own.filter(|_| named).map(|agency| name(duty_of(agency)).unwrap_or_default()),
        })
    }
    /// The heap whose dossiers are listed.
    pub fn open(&self) -> Option<&Heap> {
        self.heaps.iter().find(|h| h.is_open)
    }
}

async fn heap_of(app: &App, me: &SignedIn, here: Place, to: Place, load: Load) -> Result<Vec<Waiting>, AppError> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let rows = app.db.read(move |q| Ok::<_, AppError>(store::heap(q, here, to, load, most)?)).await?;
    let count = |load, intake| if load == Load::Results { 1 } else { papers(intake) };
    let counts: Vec<u32> = rows.iter().map(|w| count(load, &w.state.intake)).collect();
    let shown = lines(app, me, rows).await?;
    Ok(shown.into_iter().zip(counts).map(|(line, papers)| Waiting { line, papers }).collect())
}

fn places(reference: &crate::reference::Reference, here: Place) -> Vec<(String, String)> {
    let centres = reference.centres.iter().map(|c| (Place::Centre(c.id), c.name.clone()));
    let agencies = reference.agencies.iter().filter(|a| a.active).map(|a| (Place::Agency(a.id), a.name.clone()));
    centres.chain(agencies).filter(|(place, _)| *place != here).map(|(place, name)| (place.key(), name)).collect()
}

fn colleagues(reference: &crate::reference::Reference, agency: Id<Agency>) -> Vec<(String, String)> {
    let own = reference.officers().filter(|o| o.active && o.who.agency == agency);
    let mut all: Vec<_> = own.map(|o| (o.login.clone(), o.name.clone())).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

/// The run that leaves next, as the form's choice before anything is chosen.
pub fn next(app: &App) -> String {
    let now = app.now().local().time();
    next_run(&app.profile.courier.runs, now).map(|t| t.strftime("%H:%M").to_string()).unwrap_or_default()
}
