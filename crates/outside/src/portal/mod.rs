//! The stand-in of the national public service portal. Citizens hand in, complete and withdraw on its pages, which call the
//! product's API with a key; the product tells it how dossiers stand with `DongBoHoSoMC` and `CapNhatTienDoHoSoMC`.

mod api;
mod desk;
mod pages;
mod receive;
mod sent;
mod shape;

// A page each: its handler, the template beside it.
mod find {
    pub mod page;
}
mod form {
    pub mod page;
}
mod mine {
    pub mod page;
}
mod one {
    pub mod page;
}

pub use desk::{Fault, Held, Received};

use api::Motcua;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::header,
    routing::{get, post},
};
use desk::Desk;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;

/// From whom it takes messages.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// `MaDinhDanhDV` of the sender.
    pub sender: String,
    /// What the sender must show as `Authorization: Bearer …`.
    pub token: Option<String>,
}

/// The portal; clones share everything.
#[derive(Clone)]
pub struct Portal(Arc<Inner>);

struct Inner {
    settings: Settings,
    desk: Mutex<Desk>,
    motcua: Mutex<Option<Motcua>>,
}

/// A form with papers is no larger.
const MOST_BYTES: usize = 60 * 1024 * 1024;

impl Portal {
    /// One that knows no dossier yet.
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Inner { settings, desk: Mutex::default(), motcua: Mutex::default() }))
    }
    /// Starts it on a free port; its address.
    pub async fn start(settings: Settings) -> std::io::Result<(Self, String)> {
        let portal = Self::new(settings);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let routes = portal.routes();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok((portal, url))
    }
    /// To which Một Cửa it delivers, and with which key.
    pub fn serves(&self, url: &str, key: &str) {
        let motcua = Motcua::new(url, key);
        *self.0.motcua.lock().unwrap_or_else(PoisonError::into_inner) = Some(motcua);
    }
    /// Lets the next messages fail, so many times.
    pub fn fail(&self, fault: Fault, times: usize) {
        self.desk().fail(fault, times);
    }
    /// From now on every message is taken again.
    pub fn mend(&self) {
        self.desk().mend();
    }
    /// Every message that was taken, in order.
    pub fn received(&self) -> Vec<Received> {
        self.desk().received.clone()
    }
    /// A dossier as it was told.
    pub fn held(&self, code: &str) -> Option<Held> {
        self.desk().dossiers.get(code).cloned()
    }
    /// What its pages and its wire answer.
    pub fn routes(&self) -> Router {
        Router::new()
            .route("/", get(find::page::show))
            .route("/nop/{code}", get(form::page::show).post(form::page::send))
            .route("/ho-so", get(mine::page::show))
            .route("/ho-so/{code}", get(one::page::show))
            .route("/ho-so/{code}/bo-sung", post(one::page::complete))
            .route("/ho-so/{code}/rut", post(one::page::withdraw))
            .route("/cong-tac", post(mine::page::switch))
            .route("/dong-bo", post(receive::receive))
            .route("/style.css", get(|| async { ([(header::CONTENT_TYPE, "text/css")], include_str!("style.css")) }))
            .layer(DefaultBodyLimit::max(MOST_BYTES))
            .with_state(self.clone())
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.0.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn motcua(&self) -> Result<Motcua, api::Refused> {
        let motcua = self.0.motcua.lock().unwrap_or_else(PoisonError::into_inner).clone();
        motcua.ok_or_else(|| api::Refused::of("Cổng chưa được nối với hệ thống của tỉnh."))
    }
}

/// A text field of a message; empty when it is not there.
fn text<'a>(of: &'a Value, field: &str) -> &'a str {
    of.get(field).and_then(Value::as_str).unwrap_or_default()
}
