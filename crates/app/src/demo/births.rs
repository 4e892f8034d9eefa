//! Who comes in, when, with what: day by day, so that no more than a few hundred are thought of at a time.

use super::{
    beside::Aside,
    calendar::Pace,
    dice::Dice,
    fate::{Fate, fate, first_ones},
    life::Life,
    offers::{Desk, desks},
    papers,
    people::Applicants,
    roster::Roster,
    shape::{self, Size},
};
use crate::{app::App, dossier::store::FileRow, error::AppError, reference::Reference};
use bytes::Bytes;
use domain::{dossier::ReceivedComponent, time::Instant};
use std::{collections::HashMap, sync::Arc};

/// One of so many in a hundred is sent online.
const ONLINE: usize = 30;
/// How much longer than allotted a late one takes, in percent.
const LATE: usize = 300;

/// Somebody who comes.
struct Arrival {
    at: Instant,
    fate: Fate,
    online: bool,
}

/// The source of all lives, in the order of their days.
pub struct Births {
    app: App,
    desks: Vec<Desk>,
    applicants: Applicants,
    dice: Dice,
    pace: Arc<Pace>,
    /// When the demo ends.
    until: Instant,
    /// Days to come, the oldest last: how long ago it is, and how many come.
    days: Vec<(usize, usize)>,
    first: Vec<(usize, Fate)>,
    /// Those of this day, the earliest last.
    today: Vec<Arrival>,
    born: usize,
    scans: HashMap<Vec<u8>, FileRow>,
}

impl Births {
    pub fn new(
        app: &App,
        reference: &Reference,
        roster: &Roster,
        pace: &Arc<Pace>,
        many: usize,
        until: Instant,
    ) -> Result<Self, AppError> {
        let desks = desks(app, reference, roster, Size::of(many))?;
        if desks.is_empty() {
            let en = "No procedure has a competent agency; import procedures first.";
            return Err(AppError::field("demo", "no_procedures", "Chưa có thủ tục nào để tạo hồ sơ mẫu.", en));
        }
        let past = shape::past_days(many);
        let mut first = first_ones(past);
        first.truncate(many);
        let ago: Vec<usize> = (0..=past).rev().collect();
        let weekday = |ago: &usize| {
            let number = pace.days_before(until, *ago).day().weekday().to_monday_zero_offset();
            usize::try_from(number).unwrap_or_default()
        };
        let week: Vec<usize> = ago.iter().map(weekday).collect();
        let mut days: Vec<_> = ago.into_iter().zip(shape::spread(many - first.len(), &week)).collect();
        days.reverse();
        Ok(Self {
            app: app.clone(),
            desks,
            applicants: Applicants::new(app, reference),
            dice: Dice(app.random.clone()),
            pace: Arc::clone(pace),
            until,
            days,
            first,
            today: Vec::new(),
            born: 0,
            scans: HashMap::new(),
        })
    }

    /// The next one in the order in which they come; none when all have come.
    pub fn next(&mut self) -> Result<Option<Life>, AppError> {
        loop {
            if let Some(arrival) = self.today.pop() {
                return self.birth(&arrival).map(Some);
            }
            let Some((ago, many)) = self.days.pop() else { return Ok(None) };
            self.begin_day(ago, many);
        }
    }

    fn begin_day(&mut self, ago: usize, many: usize) {
        let mut fates: Vec<Fate> = self.first.iter().filter(|(on, _)| *on == ago).map(|(_, fate)| *fate).collect();
        fates.extend((0..many).map(|_| fate(ago, &self.dice)));
        self.today = fates.into_iter().map(|fate| self.arrival(ago, fate)).collect();
        self.today.sort_by_key(|a| std::cmp::Reverse(a.at));
    }

    fn arrival(&self, ago: usize, fate: Fate) -> Arrival {
        let online = match fate {
            Fate::Submitted | Fate::Beside(Aside::Guided) => true,
            Fate::Draft | Fate::TurnedAway => false,
            _ => self.dice.below(100) < ONLINE,
        };
        let minute = shape::minute(online, &self.dice);
        let on = |ago: usize| {
            let day = self.pace.days_before(self.until, ago).day();
            let at = Instant::from_local(day.at(0, 0, 0, 0)).plus_millis(minute * 60_000);
            if online { at } else { self.pace.after(at, 0) }
        };
        // Nobody comes in the future: who would, came the day before.
        let at = Some(on(ago)).filter(|at| *at < self.until).unwrap_or_else(|| on(ago + 1));
        Arrival { at, fate, online }
    }

    fn birth(&mut self, arrival: &Arrival) -> Result<Life, AppError> {
        let desk = Desk::pick(&self.desks, &self.dice).ok_or(AppError::NotFound)?;
        let offer = self.dice.pick(&desk.offers).ok_or(AppError::NotFound)?;
        let officer = self.dice.pick(&desk.counters).ok_or(AppError::NotFound)?.clone();
        let late = self.dice.below(10_000) < desk.load.late();
        let mut life = Life {
            number: self.born,
            fate: arrival.fate,
            begins: arrival.at,
            intake: offer.intake(desk.agency, &officer, arrival.online, &self.dice),
            people: self.applicants.people(&self.dice),
            officer,
            pace: if late { LATE } else { desk.load.pace() },
            governing: Arc::clone(&offer.governing),
            upload: None,
            now: None,
            was_sent_back: false,
        };
        self.born += 1;
        if self.dice.percent(10) {
            life.upload = attach(&self.app, &mut self.scans, &mut life.intake.components, &self.dice)?;
        }
        Ok(life)
    }
}

/// A scan for the first paper. There are a few different ones, each kept once.
fn attach(
    app: &App,
    scans: &mut HashMap<Vec<u8>, FileRow>,
    components: &mut [ReceivedComponent],
    dice: &Dice,
) -> Result<Option<FileRow>, AppError> {
    let Some(first) = components.first_mut() else { return Ok(None) };
    let paper = papers::paper(dice);
    let row = match scans.get(&paper.bytes) {
        Some(known) => known.clone(),
        None => {
            let put = app.blobs.put(Bytes::from(paper.bytes.clone()));
            let blob = tokio::runtime::Handle::current().block_on(put).map_err(AppError::internal)?;
            let row = FileRow {
                sha256: blob.sha256.to_string(),
                name: paper.name.into(),
                kind: paper.kind.into(),
                size: i64::try_from(blob.size).unwrap_or_default(),
                pages: paper.pages,
            };
            scans.insert(paper.bytes, row.clone());
            row
        }
    };
    first.files.push(row.sha256.clone());
    Ok(Some(row))
}
