//! By what procedures are narrowed besides their field: who may apply, who handles them. Read from a version once, for it
//! never changes.

use super::{
    store::{self, Listed},
    summary,
};
use crate::{error::AppError, messages::Lang};
use domain::{
    catalogue::{
        Audience, OnlineLevel, ProcedureVersion,
        competence::{Competence, Directory, competent},
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
    /// What people ask first, in Vietnamese and in English.
    pub vi: Brief,
    pub en: Brief,
    pub online: OnlineLevel,
    /// It is not handled in this province, so nothing of it hangs here (CAT-05, CAT-09).
    pub elsewhere: bool,
}

/// One line each: who handles it, how long it takes, what it costs.
#[derive(Debug, PartialEq, Eq)]
pub struct Brief {
    pub handled_by: String,
    pub how_long: String,
    pub how_much: String,
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
        let competent = competent(version, directory);
        Self {
            audiences: Audience::of_all(&version.applicants),
            vi: Brief::of(version, &competent, Lang::Vi),
            en: Brief::of(version, &competent, Lang::En),
            online: version.online_level,
            elsewhere: version.flags.handled_elsewhere.is_some(),
            agencies: competent.identifiers(),
        }
    }
    /// In the reader's language.
    pub fn brief(&self, lang: Lang) -> &Brief {
        if lang == Lang::En { &self.en } else { &self.vi }
    }
}

impl Brief {
    fn of(version: &ProcedureVersion, competent: &Competence<'_>, lang: Lang) -> Self {
        Self {
            handled_by: summary::by_whom(version, competent, lang),
            how_long: summary::how_long(version, lang),
            how_much: summary::how_much(version, lang),
        }
    }
}
