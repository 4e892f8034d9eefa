//! One server under two host names: staff work under one, citizens read under the other (ADM-04). Under any name that is not the
//! staff's, nothing of theirs answers.

use super::{PageError, Reader};
use crate::{app::App, error::AppError};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header, uri::PathAndQuery},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use platform::config::StaffHost;
use std::sync::Arc;

/// Who opens an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    Staff,
    Citizens,
    /// Machines, what pages are made of, and what forms of both kinds ask.
    All,
}

impl Readers {
    fn of(path: &str) -> Self {
        const STAFF: [&str; 4] = ["/can-bo", "/dang-nhap", "/dang-xuat", "/chao-mung"];
        const ALL: [&str; 6] = ["/api", "/tin-den", "/assets", "/ngon-ngu", "/kiem-tra-so", "/dia-ban/ten-cu"];
        let under = |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if STAFF.into_iter().any(under) {
            Self::Staff
        } else if ALL.into_iter().any(under) {
            Self::All
        } else {
            Self::Citizens
        }
    }
}

/// Lets a request pass that came to the right host and, when it changes something there, from a page of that host. Others are
/// led on where that gives nothing away: from the staff's host to the public one, never the other way.
pub async fn at_home(State((app, staff)): State<(App, Arc<StaffHost>)>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let is_staffs = staff.is_named(asked_for(&parts.uri, &parts.headers).unwrap_or_default());
    let is_safe = parts.method.is_safe();
    match (Readers::of(parts.uri.path()), is_staffs) {
        (Readers::Staff, false) => {
            return PageError::new(&app, &Reader::of(&parts), AppError::StaffPage).into_response();
        }
        (Readers::Citizens, true) if parts.uri.path() == "/" && is_safe => {
            return Redirect::temporary("/can-bo").into_response();
        }
        (Readers::Citizens, true) if is_safe => return led_on(&app, &parts.uri),
        (Readers::Citizens, true) => return StatusCode::NOT_FOUND.into_response(),
        // The guard behind this one also takes what comes from the public address, for the sake of proxies.
        (_, true) if !is_safe && !from_its_page(&staff, &parts.headers) => {
            return StatusCode::FORBIDDEN.into_response();
        }
        _ => {}
    }
    next.run(Request::from_parts(parts, body)).await
}

/// The host under which a request came. Two are none: whoever stands in between might have read the other one.
fn asked_for<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    if let Some(authority) = uri.authority() {
        return Some(authority.as_str());
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?;
    if hosts.next().is_some() { None } else { Some(host) }
}

/// A browser names where a form came from; without that it is a program, which carries no cookie of anybody.
fn from_its_page(staff: &StaffHost, headers: &HeaderMap) -> bool {
    headers.get(header::ORIGIN).is_none_or(|origin| origin.as_bytes() == staff.origin().as_bytes())
}

fn led_on(app: &App, uri: &Uri) -> Response {
    match uri.path_and_query().map(PathAndQuery::as_str).filter(|path| path.starts_with('/')) {
        Some(path) => Redirect::temporary(&format!("{}{path}", app.public_url())).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adm_04_an_address_is_the_staffs_by_its_first_word_alone() {
        for path in
            ["/can-bo", "/can-bo/quan-tri/co-quan", "/dang-nhap", "/dang-nhap/ma-xac-thuc", "/dang-xuat", "/chao-mung"]
        {
            assert_eq!(Readers::of(path), Readers::Staff, "{path}");
        }
        for path in ["/", "/can-bo-cu", "/cong-dan/dang-nhap", "/tra-cuu/H49", "/dia-ban", "/apis", "/chup/x", ""] {
            assert_eq!(Readers::of(path), Readers::Citizens, "{path}");
        }
        for path in
            ["/api/v1/dossiers", "/assets/icons.svg", "/ngon-ngu", "/kiem-tra-so", "/dia-ban/ten-cu", "/tin-den/sms"]
        {
            assert_eq!(Readers::of(path), Readers::All, "{path}");
        }
    }

    #[test]
    fn adm_04_two_hosts_in_one_request_are_none() {
        let mut headers = HeaderMap::new();
        let uri: Uri = "/can-bo".parse().unwrap();
        assert_eq!(asked_for(&uri, &headers), None);
        headers.append(header::HOST, "noi-bo.vn".parse().unwrap());
        assert_eq!(asked_for(&uri, &headers), Some("noi-bo.vn"));
        let absolute: Uri = "http://mot-cua.vn/can-bo".parse().unwrap();
        assert_eq!(asked_for(&absolute, &headers), Some("mot-cua.vn"), "RFC 9112, 3.2.2");
        headers.append(header::HOST, "mot-cua.vn".parse().unwrap());
        assert_eq!(asked_for(&uri, &headers), None);
    }
}
