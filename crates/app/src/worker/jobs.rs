use crate::{
    app::App,
    notices::store::{self, Lane},
};
use platform::{
    clock::Millis,
    db::DbError,
    outbox::{Job, JobStore},
};

/// One lane of the outbox table as its worker sees it. All of it is bulk work: nobody waits.
pub struct Jobs {
    pub app: App,
    pub lane: Lane,
}

impl JobStore for Jobs {
    type Error = DbError;

    async fn claim(&self, now: Millis, lease_until: Millis, limit: usize) -> Result<Vec<Job>, DbError> {
        let lane = self.lane;
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        // A look costs nothing; a unit every second would be a commit every second.
        if !self.app.db.read(move |q| store::any_due(q, lane, now)).await? {
            return Ok(Vec::new());
        }
        self.app.db.bulk_unit(move |unit| store::claim(unit, lane, now, lease_until, most)).await
    }
    async fn done(&self, id: i64, _: Millis) -> Result<(), DbError> {
        self.app.db.bulk_unit(move |unit| store::done(unit, id)).await
    }
    async fn retry_at(&self, id: i64, at: Millis, attempts: u32, reason: &str) -> Result<(), DbError> {
        let reason = reason.to_owned();
        self.app.db.bulk_unit(move |unit| store::retry_at(unit, id, at, attempts, &reason)).await
    }
    async fn give_back(&self, ids: Vec<i64>, now: Millis) -> Result<(), DbError> {
        self.app.db.bulk_unit(move |unit| store::give_back(unit, &ids, now)).await
    }
    async fn dead(&self, id: i64, _: Millis, reason: &str) -> Result<(), DbError> {
        let reason = reason.to_owned();
        self.app.db.bulk_unit(move |unit| store::dead(unit, id, &reason)).await
    }
}
