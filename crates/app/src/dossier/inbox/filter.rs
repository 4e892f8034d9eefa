use super::{gather::after, store::Narrowed, view::View};
use crate::http::encode;
use domain::time::Instant;
use serde::Deserialize;

/// What the address of a work list says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The view.
    pub loc: String,
    /// Words of the procedure or its field.
    pub tu: String,
    /// The span of the due date.
    pub han: String,
    /// Where the page begins.
    pub sau: String,
    /// The dossier that is open beside the list.
    pub hs: String,
    /// The filter was sent by its form, so it is remembered.
    pub nho: String,
    /// What was just done.
    pub xong: String,
}

/// How soon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Due {
    #[default]
    Any,
    Overdue,
    Today,
    Week,
    Paused,
}

impl Due {
    pub const ALL: [Self; 5] = [Self::Any, Self::Overdue, Self::Today, Self::Week, Self::Paused];
    pub const fn key(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Overdue => "qua",
            Self::Today => "nay",
            Self::Week => "tuan",
            Self::Paused => "dung",
        }
    }
    pub const fn label(self) -> &'static str {
        match self {
            Self::Any => "Mọi thời hạn",
            Self::Overdue => "Đã quá hạn",
            Self::Today => "Đến hạn hôm nay",
            Self::Week => "Đến hạn trong 7 ngày",
            Self::Paused => "Đang dừng chờ người dân",
        }
    }
    fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|d| d.key() == key).unwrap_or_default()
    }
}

/// A work list as it is asked for, parsed.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub view: View,
    pub words: String,
    pub due: Due,
    pub after: (i64, i64),
}

const DAY_MS: i64 = 86_400_000;

impl Filter {
    pub fn of(asked: &Asked) -> Self {
        Self {
            view: View::from_key(&asked.loc),
            words: asked.tu.trim().chars().take(100).collect(),
            due: Due::from_key(&asked.han),
            after: after(&asked.sau),
        }
    }
    /// The filter without the place in the list, as it is remembered and saved: `loc=toi&han=tuan`.
    pub fn query(&self) -> String {
        let mut parts = vec![format!("loc={}", self.view.key())];
        if !self.words.is_empty() {
            parts.push(format!("tu={}", encode(&self.words)));
        }
        if self.due != Due::Any {
            parts.push(format!("han={}", self.due.key()));
        }
        parts.join("&")
    }
    /// Something besides the view narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !self.words.is_empty() || self.due != Due::Any
    }
    /// What the store looks for; `versions` are those of the procedures that the words name.
    pub fn narrowed(&self, now: Instant, versions: Option<Vec<i64>>) -> Narrowed {
        let midnight = Instant::from_local(now.day().to_datetime(jiff::civil::Time::midnight())).millis();
        let due = match self.due {
            Due::Any | Due::Paused => None,
            Due::Overdue => Some((0, now.millis())),
            Due::Today => Some((midnight, midnight + DAY_MS)),
            Due::Week => Some((midnight, midnight + 7 * DAY_MS)),
        };
        Narrowed { procedures: versions, due, paused: self.due == Due::Paused }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_written_as_it_is_read() {
        let asked = Asked { loc: "toi".into(), tu: " xây dựng ".into(), han: "tuan".into(), ..Asked::default() };
        let filter = Filter::of(&asked);
        assert_eq!(filter.query(), "loc=toi&tu=x%C3%A2y%20d%E1%BB%B1ng&han=tuan");
        let again: Asked = serde_urlencoded::from_str(&filter.query()).unwrap();
        assert_eq!(Filter::of(&again).query(), filter.query());
        assert!(filter.is_narrowed() && !Filter::default().is_narrowed());
    }

    #[test]
    fn the_week_begins_with_this_morning_and_has_seven_days() {
        let now = "2025-10-06T15:00".parse().unwrap();
        let filter = |han: &str| Filter::of(&Asked { han: han.into(), ..Asked::default() }).narrowed(now, None);
        let (from, until) = filter("tuan").due.unwrap();
        assert_eq!(from, "2025-10-06T00:00".parse::<Instant>().unwrap().millis());
        assert_eq!(until, "2025-10-13T00:00".parse::<Instant>().unwrap().millis());
        assert_eq!(filter("qua").due.unwrap().1, now.millis());
        assert!(filter("dung").paused);
    }
}
