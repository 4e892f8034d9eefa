use super::store;
use crate::error::AppError;
use domain::{
    catalogue::{ProcedureVersion, Process},
    id::Id,
};
use platform::db::Query;
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// The version of a procedure and the process that govern a dossier.
pub struct Governing {
    pub procedure: ProcedureVersion,
    pub process: Process,
    pub process_id: Id<Process>,
}

/// Versions that were asked for. A version never changes, so what was read once stays right; the number kept is bounded.
#[derive(Default)]
pub struct Versions(RwLock<HashMap<Id<ProcedureVersion>, Arc<Governing>>>);

const MOST_KEPT: usize = 512;

impl Versions {
    /// The version with its process, from memory or from the data base.
    pub fn get(&self, q: &mut impl Query, id: Id<ProcedureVersion>) -> Result<Arc<Governing>, AppError> {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(Arc::clone(known));
        }
        let (procedure, process_id) = store::version(q, id)?.ok_or(AppError::NotFound)?;
        let process = store::process(q, process_id)?
            .ok_or_else(|| AppError::Internal(format!("processes {process_id}: row missing")))?;
        let read = Arc::new(Governing { procedure, process, process_id });
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(id, Arc::clone(&read));
        Ok(read)
    }
}
