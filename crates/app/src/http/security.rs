use super::{hosts::at_home, in_words::in_words, taken::taken};
use crate::app::App;
use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
    middleware::from_fn_with_state,
};
use platform::config::StaffHost;
use std::sync::Arc;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, set_header::SetResponseHeaderLayer,
};

/// No script, style, frame or form from anywhere else; nothing inline, nothing evaluated.
const CSP: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob:; object-src 'none'; \
                   base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Puts every route behind the guards: the host to which it belongs, the origin check on unsafe methods, a panic answered with 500, words for whatever
/// is refused before a handler speaks, strict headers on all of it.
pub fn guard(app: &App, routes: Router<App>) -> Router<App> {
    let set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let mut csrf = CsrfLayer::new();
    if let Some(trusted) = app.config.public_url.as_deref().map(|u| u.trim_end_matches('/').to_owned()) {
        csrf = csrf.clone().add_trusted_origin(trusted).unwrap_or(csrf);
    }
    let routes = routes.layer(csrf);
    let routes = match StaffHost::of(&app.config) {
        Some(staff) => routes.layer(from_fn_with_state((app.clone(), Arc::new(staff)), at_home)),
        None => routes,
    };
    routes
        .layer(from_fn_with_state(app.clone(), taken))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), in_words))
        .layer(set(header::CONTENT_SECURITY_POLICY, CSP))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "same-origin"))
        .layer(set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(set(HeaderName::from_static("permissions-policy"), "geolocation=(), microphone=(), payment=()"))
        .layer(CompressionLayer::new())
}
