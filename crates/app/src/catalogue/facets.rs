//! By what procedures are narrowed besides their field: who may apply, who handles them. Read from a version once, for it
//! never changes.

use super::store::{self, Listed};
use crate::error::AppError;
use domain::{
    catalogue::{
        Audience, ProcedureVersion,
        competence::{Directory, competent},
    },
    id::Id,
};
use platform::db::Query;
use std::{collections::HashMap, sync::Arc};

/// What one version says.
#[derive(Debug, PartialEq, Eq)]
pub struct Facet {
    /// Identifiers of the agencies here that are competent; empty where the catalogue does not say.
    pub agencies: Vec<String>,
    pub audiences: Vec<Audience>,
}

/// Of all procedures in force.
#[derive(Clone, Debug, Default)]
pub struct Facets(HashMap<Id<ProcedureVersion>, Arc<Facet>>);

/// Versions read in one query.
const CHUNK: usize = 500;

impl Facets {
    /// Those that were known before, among the same agencies, are kept, the others read.
    pub fn read(
        q: &mut impl Query,
        directory: &Directory,
        listed: &[Listed],
        before: Option<&Self>,
    ) -> Result<Self, AppError> {
        let mut facets = HashMap::with_capacity(listed.len());
        let mut unknown = Vec::new();
        for version in listed.iter().map(|p| p.version) {
            match before.and_then(|b| b.0.get(&version)) {
                Some(known) => drop(facets.insert(version, Arc::clone(known))),
                None => unknown.push(version),
            }
        }
        for ids in unknown.chunks(CHUNK) {
            for (id, version) in store::versions(q, ids)? {
                facets.insert(id, Arc::new(Facet::of(&version, directory)));
            }
        }
        Ok(Self(facets))
    }

    pub fn of(&self, version: Id<ProcedureVersion>) -> Option<&Facet> {
        self.0.get(&version).map(Arc::as_ref)
    }
}

impl Facet {
    fn of(version: &ProcedureVersion, directory: &Directory) -> Self {
        Self { agencies: competent(version, directory).identifiers(), audiences: Audience::of_all(&version.applicants) }
    }
}
