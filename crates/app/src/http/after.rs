//! `?after=`: how a list of the API goes on that answers with a plain array.

use super::encode;
use crate::error::AppError;
use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

/// Items of a page.
pub const PAGE: usize = 500;

/// From where the list goes on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct After {
    /// The key of the last item of the page before; the `Link` header (`rel="next"`) names the next page, on the last there is none.
    pub after: Option<String>,
}

impl After {
    /// The key as it is kept; a broken one is told, because a script that begins again from the start never ends.
    pub fn key<T: std::str::FromStr>(&self) -> Result<Option<T>, AppError> {
        let Some(text) = self.after.as_deref().filter(|text| !text.is_empty()) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| broken())
    }
}

/// The answer to an `after` that no page ever gave.
pub fn broken() -> AppError {
    AppError::field(
        "after",
        "after.broken",
        "Khóa trang không đúng. Xin dùng khóa mà trang trước trả về, hoặc bỏ trống để bắt đầu từ đầu.",
        "Not a key of a page. Use the one that the page before gave, or none to begin from the start.",
    )
}

/// The page after `after`, of items in the order of their keys: it goes on where it was, also when the last item has gone.
pub fn page<T: Serialize, K: Ord + ToString>(
    path: &str,
    items: Vec<T>,
    key: impl Fn(&T) -> K,
    after: Option<&K>,
) -> Response {
    let mut rest: Vec<T> = items.into_iter().filter(|item| after.is_none_or(|after| key(item) > *after)).collect();
    rest.sort_by_key(&key);
    let more = rest.len() > PAGE;
    rest.truncate(PAGE);
    let next = rest.last().filter(|_| more).map(|last| encode(&key(last).to_string()));
    let mut response = Json(rest).into_response();
    if let Some(Ok(link)) = next.map(|next| HeaderValue::from_str(&format!("<{path}?after={next}>; rel=\"next\""))) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_where_it_was_and_names_the_next_page() {
        let link = |r: &Response| r.headers().get(header::LINK).map(|v| v.to_str().unwrap().to_owned());
        let all: Vec<u32> = (1..=u32::try_from(PAGE).unwrap() + 2).rev().collect();
        assert_eq!(link(&page("/x", all.clone(), |n| *n, None)), Some("</x?after=500>; rel=\"next\"".into()));
        assert_eq!(link(&page("/x", all, |n| *n, Some(&500))), None);
        assert_eq!(After { after: Some("7".into()) }.key::<u32>().unwrap(), Some(7));
        assert_eq!(After::default().key::<u32>().unwrap(), None);
        assert!(After { after: Some("x".into()) }.key::<u32>().is_err());
    }
}
