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
        let view = View::from_key(&asked.loc);
        let after = after(&asked.sau);
        // What was done today is read from the history, which knows neither procedures nor dates.
        if view == View::Today {
            return Self { view, after, ..Self::default() };
        }
        let words = asked.tu.trim().chars().take(100).collect();
        Self { view, words, due: Due::from_key(&asked.han), after }
    }
    /// The same words and span in another view.
    pub fn in_view(&self, view: impl std::borrow::Borrow<View>) -> String {
        Self { view: *view.borrow(), ..self.clone() }.query()
    }
    /// The address of this very page of the list.
    pub fn place(&self) -> String {
        let (due, id) = self.after;
        if due == i64::MIN { self.query() } else { format!("{}&sau={due}-{id}", self.query()) }
    }
    /// The list is not looked at from its beginning.
    pub fn is_further_on(&self) -> bool {
        self.after.0 != i64::MIN
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

/// A place in a work list as an address named it, read and written anew: nothing else from outside gets into a link.
pub fn place(address: &str) -> String {
    Filter::of(&serde_urlencoded::from_str(address).unwrap_or_default()).place()
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
        assert_eq!(filter.in_view(View::Mine), filter.query());
        assert_eq!(filter.in_view(View::Waiting), "loc=cho&tu=x%C3%A2y%20d%E1%BB%B1ng&han=tuan");
        assert_eq!(place("loc=toi&han=tuan&sau=5-42&x=//evil"), "loc=toi&han=tuan&sau=5-42");
        assert_eq!(place("//evil.example"), "loc=tat-ca");
        let today = Filter::of(&Asked { loc: "xong".into(), han: "tuan".into(), ..Asked::default() });
        assert!(!today.is_narrowed(), "the history knows no filter, so none is shown");
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
