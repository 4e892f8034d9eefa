//! What a list by API says of a dossier to anybody, as it is sent: only what this officer may do next is worked out each time.

use super::view::DossierView;
use crate::{catalogue::Governing, error::AppError, reference::Reference};
use domain::{
    dossier::{CommandName, Dossier, Law},
    id::Id,
};
use std::sync::{Arc, Weak};

/// The JSON of a [`DossierView`] around its `next`. It stands for one version of a dossier among one set of agencies, officers and
/// calendars and under one process; when these are read anew, it is written anew.
pub struct Written {
    reference: Weak<Reference>,
    governing: Weak<Governing>,
    text: Box<str>,
    /// Where in the text the list of what comes next is to stand.
    next_at: usize,
}

/// No text of a dossier can hold it: quotes inside a text are escaped.
const NEXT: &str = r#""next":["#;

impl Written {
    /// Writes it.
    pub fn of(
        id: Id<Dossier>,
        d: &Dossier,
        law: &Law,
        reference: &Arc<Reference>,
        governing: &Arc<Governing>,
    ) -> Result<Self, AppError> {
        let text =
            serde_json::to_string(&DossierView::to_anybody(id, d, law, reference)).map_err(AppError::internal)?;
        let next_at = text.find(NEXT).ok_or_else(|| AppError::internal("a dossier says nothing of what comes next"))?;
        let (reference, governing) = (Arc::downgrade(reference), Arc::downgrade(governing));
        Ok(Self { reference, governing, text: text.into(), next_at: next_at + NEXT.len() })
    }

    /// It still says what would be written now.
    pub fn stands(&self, reference: &Arc<Reference>, governing: &Arc<Governing>) -> bool {
        std::ptr::eq(self.reference.as_ptr(), Arc::as_ptr(reference))
            && std::ptr::eq(self.governing.as_ptr(), Arc::as_ptr(governing))
    }

    /// Puts it into a list with what this officer may do next.
    pub fn put(&self, list: &mut String, next: &[CommandName]) {
        let (before, after) = self.text.split_at(self.next_at);
        list.push_str(before);
        for (nth, name) in next.iter().enumerate() {
            list.push_str(if nth == 0 { "\"" } else { ",\"" });
            list.push_str(name.key());
            list.push('"');
        }
        list.push_str(after);
    }
}
