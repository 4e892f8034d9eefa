use super::{process, store};
use crate::error::AppError;
use domain::{
    catalogue::{
        ProcedureVersion, Process,
        competence::{Directory, competent},
    },
    dossier::Intake,
    id::Id,
    lists::Heirs,
};
use platform::db::Query;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

/// The version of a procedure and the process that govern a dossier.
pub struct Governing {
    pub procedure: ProcedureVersion,
    pub process: Process,
    pub process_id: Id<Process>,
    competent: Mutex<Option<Competent>>,
}

/// What was read out of a version, and among which agencies.
type Competent = (Arc<Directory>, Arc<[String]>);

impl Governing {
    /// Identifiers of the agencies that may settle it; none when the catalogue does not say. Reading that out of the
    /// published words takes longer than all the rest of an intake, so it is kept until the agencies change.
    pub fn competent(&self, directory: &Arc<Directory>) -> Arc<[String]> {
        let mut kept = self.competent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((among, known)) = &*kept
            && Arc::ptr_eq(among, directory)
        {
            return Arc::clone(known);
        }
        let found: Arc<[String]> = competent(&self.procedure, directory).identifiers().into();
        *kept = Some((Arc::clone(directory), Arc::clone(&found)));
        found
    }
}

/// Versions that were asked for. A version never changes, so what was read once stays right; the number kept is bounded.
/// In the processes whoever took over stands for an agency that was merged into another.
#[derive(Default)]
pub struct Versions(RwLock<Kept>);

#[derive(Default)]
struct Kept {
    heirs: Heirs,
    read: HashMap<Pair, Arc<Governing>>,
}

/// A version with the process asked for; none for the one that the version came with.
type Pair = (Id<ProcedureVersion>, Option<Id<Process>>);

const MOST_KEPT: usize = 512;

impl Versions {
    /// None asked for yet; these stand for the agencies that ended.
    pub fn following(heirs: &Heirs) -> Self {
        Self(RwLock::new(Kept { heirs: heirs.clone(), read: HashMap::new() }))
    }

    /// What governs a dossier: the version and the process under which it was taken in, whatever was published since.
    pub fn of(&self, q: &mut impl Query, intake: &Intake) -> Result<Arc<Governing>, AppError> {
        self.read(q, (intake.procedure, Some(intake.process)))
    }

    /// The same for a list, whose dossiers are governed by few versions: each is looked up once.
    pub const fn of_list(&self) -> OfList<'_> {
        OfList { versions: self, met: Vec::new() }
    }

    /// The version with the process that it came with.
    pub fn get(&self, q: &mut impl Query, id: Id<ProcedureVersion>) -> Result<Arc<Governing>, AppError> {
        self.read(q, (id, None))
    }

    /// The version with a process that was drawn for it.
    pub fn with(
        &self,
        q: &mut impl Query,
        id: Id<ProcedureVersion>,
        process: Id<Process>,
    ) -> Result<Arc<Governing>, AppError> {
        self.read(q, (id, Some(process)))
    }

    /// The same from memory alone; `None` when nobody has asked for it yet.
    pub fn known(&self, id: Id<ProcedureVersion>) -> Option<Arc<Governing>> {
        self.kept((id, None))
    }

    fn kept(&self, pair: Pair) -> Option<Arc<Governing>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).read.get(&pair).map(Arc::clone)
    }

    fn read(&self, q: &mut impl Query, pair: Pair) -> Result<Arc<Governing>, AppError> {
        if let Some(known) = self.kept(pair) {
            return Ok(known);
        }
        let (procedure, own) = store::version(q, pair.0)?.ok_or(AppError::NotFound)?;
        let process_id = pair.1.unwrap_or(own);
        let process = process::store::body(q, process_id)?
            .ok_or_else(|| AppError::Internal(format!("processes {process_id}: row missing")))?;
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let process = process.with_heirs(|agency| kept.heirs.get(&agency).copied()).unwrap_or(process);
        let read = Arc::new(Governing { procedure, process, process_id, competent: Mutex::default() });
        if kept.read.len() >= MOST_KEPT {
            kept.read.clear();
        }
        kept.read.insert(pair, Arc::clone(&read));
        Ok(read)
    }

    /// Forgets what was read, after versions were deleted.
    pub fn forget(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).read.clear();
    }

    /// From now on these stand for the agencies that ended.
    pub fn follow(&self, heirs: &Heirs) {
        if self.0.read().unwrap_or_else(PoisonError::into_inner).heirs == *heirs {
            return;
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Kept { heirs: heirs.clone(), read: HashMap::new() };
    }
}

/// What governs the dossiers of one list.
pub struct OfList<'a> {
    versions: &'a Versions,
    met: Vec<(Pair, Arc<Governing>)>,
}

impl OfList<'_> {
    /// What governs the next dossier.
    pub fn of(&mut self, q: &mut impl Query, intake: &Intake) -> Result<&Arc<Governing>, AppError> {
        let pair = (intake.procedure, Some(intake.process));
        let at = match self.met.iter().position(|(met, _)| *met == pair) {
            Some(at) => at,
            None => {
                self.met.push((pair, self.versions.read(q, pair)?));
                self.met.len() - 1
            }
        };
        Ok(&self.met[at].1)
    }
}
