//! Forms in force and places, kept in memory with the reference data.

use super::{schema, store};
use crate::{error::AppError, lists, people};
use domain::forms::{Area, Form, Places};
use jsonschema::Validator;
use platform::db::Query;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// A form in force with its schema ready.
pub struct Published {
    pub number: i64,
    pub form: Form,
    pub schema: Validator,
}

/// What the pages of forms need of the reference data.
pub struct Forms {
    by_procedure: HashMap<String, Arc<Published>>,
    pub places: Arc<Places>,
    /// Procedures whose service passed its end-to-end test (CAT-10).
    tested: HashSet<String>,
}

impl Forms {
    pub fn load(q: &mut impl Query, before: Option<&Self>) -> Result<Self, AppError> {
        let mut by_procedure = HashMap::new();
        for v in store::published(q)? {
            let same = before.and_then(|b| b.by_procedure.get(&v.form.procedure));
            let known = same.filter(|p| p.number == v.number && p.form == v.form).cloned();
            let ready = match known {
                Some(known) => known,
                None => {
                    let schema = schema::ready(&v.form)
                        .map_err(|e| AppError::Internal(format!("eforms {}: schema: {e}", v.subject())))?;
                    Arc::new(Published { number: v.number, form: v.form, schema })
                }
            };
            by_procedure.insert(ready.form.procedure.clone(), ready);
        }
        let area = |a: people::store::Area| Area { code: a.code, name: a.name, parent: a.parent };
        let areas = people::store::areas(q)?.into_iter().map(area);
        Ok(Self {
            by_procedure,
            places: Arc::new(Places::new(areas, lists::former_communes())),
            tested: store::tested(q)?.into_iter().collect(),
        })
    }
    /// The form in force of a procedure.
    pub fn of(&self, procedure: &str) -> Option<&Arc<Published>> {
        self.by_procedure.get(procedure)
    }
    /// Whether the online service of a procedure passed its latest end-to-end test (CAT-10).
    pub fn is_tested(&self, procedure: &str) -> bool {
        self.tested.contains(procedure)
    }
}
