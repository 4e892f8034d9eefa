use super::{Reader, Shell, html, problem};
use crate::{app::App, error::AppError, messages::Lang};
use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};

/// Marks an answer that leads to the sign-in because the session was over.
#[derive(Clone, Copy, Debug)]
pub struct NeedsSignIn;

/// An [`AppError`] on its way out of a page: a page in words with the next step, or the sign-in.
pub struct PageError {
    pub error: AppError,
    // Boxed, because every handler carries this error in its `Result`.
    shell: Box<Shell>,
}

#[derive(Template)]
#[template(path = "http/error_page.html")]
struct Page {
    shell: Shell,
    detail: String,
    /// By which article it refuses.
    article: Option<String>,
    /// What is wrong with what was sent, where no form is shown again.
    faults: Vec<String>,
    /// There is a page to load again.
    is_there: bool,
    changed: Vec<crate::error::Change>,
}

impl PageError {
    pub fn new(app: &App, reader: &Reader, error: impl Into<AppError>) -> Self {
        Self { error: error.into().cited(&app.profile), shell: Box::new(Shell::public(app, reader, "")) }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let Self { error, mut shell } = self;
        if matches!(error, AppError::SignedOut) {
            let mut response = Redirect::to(&format!("/dang-nhap?tiep={}", shell.here_encoded())).into_response();
            response.extensions_mut().insert(NeedsSignIn);
            return response;
        }
        if let AppError::DoneBefore(page) = &error {
            return Redirect::to(page).into_response();
        }
        problem::log_fault(&error);
        let told = problem::Problem::of(&error);
        let retry = problem::retry_after(&error);
        let is_there = !matches!(error, AppError::StaffPage | AppError::Unanswered(axum::http::StatusCode::NOT_FOUND));
        let title = if is_there {
            shell.lang.t("Chưa thực hiện được")
        } else {
            shell.lang.t("Không tìm thấy trang")
        };
        title.clone_into(&mut shell.title);
        let detail = if shell.lang == Lang::En { told.detail_en.clone() } else { told.detail.clone() };
        let said = |f: &problem::ProblemField| {
            if shell.lang == Lang::En { f.message_en.clone() } else { f.message.clone() }
        };
        let faults = told.errors.iter().map(said).collect();
        let changed = if let AppError::Stale { changed, .. } = error { changed } else { Vec::new() };
        let mut response = (
            told.status(),
            html(&Page { shell: *shell, detail, article: told.article.clone(), faults, is_there, changed }),
        )
            .into_response();
        if let Some(seconds) = retry {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
