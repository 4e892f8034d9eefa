//! Jobs of the outbox as a process leaves them behind that dies after the effect and before it noted that.

use crate::world::World;
use motcua::notices::store::{self, Lane};
use platform::{
    db::{DbError, Unit},
    outbox::Job,
};

/// What waits in a lane now.
pub async fn waiting_jobs(w: &World, lane: Lane) -> Vec<Job> {
    let claim = move |unit: &mut Unit| {
        let jobs = store::claim(unit, lane, i64::MAX, 0, 100)?;
        // Nobody holds them: they were only looked at.
        store::give_back(unit, &jobs.iter().map(|j| j.id).collect::<Vec<_>>(), 0)?;
        Ok::<_, DbError>(jobs)
    };
    w.app.db.unit(claim).await.unwrap()
}

/// Puts them back as they were.
pub async fn wait_again(w: &World, lane: Lane, jobs: &[Job]) {
    let (again, now) = (jobs.to_vec(), w.app.machine.now());
    let put_back = move |unit: &mut Unit| {
        for job in &again {
            store::insert(unit, lane, job.id, &job.key, &job.kind, &job.payload, now)?;
        }
        Ok::<_, DbError>(())
    };
    w.app.db.unit(put_back).await.unwrap();
    assert_eq!(waiting_jobs(w, lane).await.len(), jobs.len());
}
