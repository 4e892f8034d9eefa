//! Everything that happens without anybody asking. The list stands in [`settle`], because tests run exactly the same.

mod settle;

pub use settle::settle;

use crate::app::App;
use platform::shutdown::StopSignal;
use settle::{ALL, Routine};
use tokio::task::JoinSet;

/// Starts every routine, each in a task of its own that ends with the process.
pub fn start(app: &App, tasks: &mut JoinSet<()>) {
    for routine in ALL {
        tasks.spawn(repeat(routine, app.clone(), app.shutdown.signal()));
    }
}

async fn repeat(routine: &'static Routine, app: App, mut stop: StopSignal) {
    while !stop.is_requested() {
        if let Err(why) = (routine.run)(&app).await {
            tracing::error!(routine = routine.name, %why, "scheduled work failed; it will be tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(routine.every) => {}
            () = stop.requested() => {}
        }
    }
}
