//! The first page, and the foot of every page that citizens read.

mod page;

use crate::app::App;
use axum::{Router, routing::get};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(page::show))
}

/// The foot: which centre answers, and how it is reached.
#[derive(Clone, Debug)]
pub struct Foot {
    pub centre: String,
    pub phone: Option<String>,
}

impl Foot {
    pub fn of(app: &App) -> Self {
        let reference = app.reference();
        let centre = reference.main_centre();
        let phone = centre.map(|c| c.phone.clone()).filter(|p| !p.is_empty());
        Self {
            centre: centre.map(|c| c.name.clone()).unwrap_or_default(),
            phone: app.profile.contact.hotline.clone().or(phone),
        }
    }
    /// The number as a telephone dials it.
    pub fn dial(&self) -> String {
        self.phone.iter().flat_map(|p| p.chars()).filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}
