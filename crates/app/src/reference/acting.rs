//! As whom an officer may act on the dossiers of a page.

use super::Reference;
use domain::{accounts::Who, time::Instant};
use std::borrow::Cow;

/// Worked out once for all dossiers, unless approval is delegated to the officer for some procedures only.
pub struct Acting<'a> {
    pub(super) reference: &'a Reference,
    pub(super) who: &'a Who,
    pub(super) now: Instant,
    pub(super) on_all: Option<Vec<Who>>,
}

impl Acting<'_> {
    /// On a dossier of this procedure.
    pub fn on(&self, procedure: &str) -> Cow<'_, [Who]> {
        match &self.on_all {
            Some(all) => Cow::Borrowed(all),
            None => Cow::Owned(self.reference.identities_on(self.who, self.now, procedure)),
        }
    }
}
