//! A made-up province: officers for every role and dossiers in every state, lived through command by command so that
//! nothing in it could not have happened. The same seed makes the same people and the same fates.

mod beside;
mod births;
mod calendar;
mod dice;
mod fate;
mod life;
mod names;
mod offers;
mod papers;
mod people;
mod queue;
mod roster;
mod shape;
mod staff;
mod store;

pub use dice::Dice;

use crate::{app::App, courier, error::AppError, forms, settings};
use platform::{clock::LegalClock, clock::Stopwatch, random::Random};
use serde::Serialize;

/// The password of every made-up officer. It protects nothing: a demo data base lets anybody in.
pub const PASSWORD: &str = "mot-cua-trinh-dien";

/// What was made.
#[derive(Debug, Serialize)]
pub struct Made {
    pub officers: usize,
    pub dossiers: usize,
    pub commands: usize,
    pub milliseconds: u64,
    pub password: &'static str,
}

/// Fills the data base. Blocks; a runtime must be at hand. Procedures must have been imported.
pub fn fill(
    app: &App,
    dossiers: u32,
    seed: u64,
    progress: &mut dyn FnMut(&str, usize, usize),
) -> Result<Made, AppError> {
    refuse_real_data(app)?;
    let watch = Stopwatch::start();
    let now = app.now();
    let life = app.with_clock(LegalClock::frozen(now.millis()), Random::seeded(seed))?;
    mark(&life)?;
    let officers = staff::hire(&life, shape::Size::of(dossiers as usize))?;
    tokio::runtime::Handle::current().block_on(life.refresh())?;
    let (dossiers, commands) = queue::live(&life, dossiers, now, progress)?;
    if courier::is_on(&life) {
        courier::carry(&life, now)?;
    }
    forms::service::tried_in_demo(&life)?;
    let milliseconds = u64::try_from(watch.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(Made { officers, dossiers, commands, milliseconds, password: PASSWORD })
}

/// People of a real province never get made-up neighbours.
fn refuse_real_data(app: &App) -> Result<(), AppError> {
    let real = app
        .db
        .read_blocking(|q| Ok::<_, AppError>(settings::get(q, settings::DEMO)?.is_none() && store::has_dossiers(q)?))?;
    if !real {
        return Ok(());
    }
    Err(AppError::field(
        "demo",
        "real_data",
        "Cơ sở dữ liệu đang có hồ sơ thật nên không tạo dữ liệu mẫu. Xin dùng thư mục dữ liệu khác.",
        "The data base holds real dossiers; a demo needs another --data.",
    ))
}

fn mark(app: &App) -> Result<(), AppError> {
    app.db.unit_blocking(|unit| {
        settings::set(unit, settings::DEMO, "1")?;
        settings::bump_reference(unit).map_err(AppError::from)
    })
}
