//! A dossier's deadlines as its row keeps them.

use domain::{
    dossier::{DueKind, DueMoment},
    time::Instant,
};

/// One deadline, waiting or fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMoment {
    /// Its own within the dossier, for ever, so that it fires once.
    pub key: String,
    /// When, in milliseconds of the legal clock.
    pub fires_at: i64,
    /// It has had its moment.
    pub fired: bool,
}

/// By what the clock finds a row of deadlines; each is absent when nothing waits that it would speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The first that reminds somebody.
    pub reminds_at: Option<i64>,
    /// The first on which the system acts.
    pub acts_at: Option<i64>,
    /// The last of all.
    pub last_at: Option<i64>,
}

impl KeptMoment {
    /// A deadline that begins to wait.
    pub fn waiting(moment: &DueMoment) -> Self {
        Self { key: moment.key(), fires_at: moment.at.millis(), fired: false }
    }

    /// What kind it says it is; one that this program does not know is kept and calls nobody.
    pub fn kind_key(&self) -> &str {
        self.key.split('/').next().unwrap_or_default()
    }

    /// What falls due.
    pub fn kind(&self) -> Option<DueKind> {
        DueKind::from_key(self.kind_key())
    }

    /// The system itself acts on it.
    pub fn acts(&self) -> bool {
        self.kind().is_some_and(DueKind::acts)
    }

    /// It waits, and its moment has come.
    pub const fn is_due(&self, now: Instant) -> bool {
        !self.fired && self.fires_at <= now.millis()
    }

    /// The deadlines of a row; `None` when it does not say any.
    pub fn all_of(text: &str) -> Option<Vec<Self>> {
        let one = |part: &str| {
            let (key, at) = part.rsplit_once('@')?;
            let (at, fired) = at.strip_suffix('!').map_or((at, false), |at| (at, true));
            Some(Self { key: key.to_owned(), fires_at: at.parse().ok()?, fired })
        };
        text.split(';').filter(|part| !part.is_empty()).map(one).collect()
    }

    /// What the row's columns say of its deadlines.
    pub fn columns(all: &[Self]) -> Columns {
        let waiting = || all.iter().filter(|m| !m.fired);
        let first = |acts: bool| waiting().filter(|m| m.acts() == acts).map(|m| m.fires_at).min();
        Columns { reminds_at: first(false), acts_at: first(true), last_at: waiting().map(|m| m.fires_at).max() }
    }

    /// The row's text.
    pub fn text_of(all: &[Self]) -> String {
        use std::fmt::Write;
        let mut text = String::with_capacity(all.len() * 48);
        for one in all {
            let (between, fired) = (if text.is_empty() { "" } else { ";" }, if one.fired { "!" } else { "" });
            // Writing into a string cannot fail.
            let _written = write!(text, "{between}{}@{}{fired}", one.key, one.fires_at);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(key: &str, fires_at: i64, fired: bool) -> KeptMoment {
        KeptMoment { key: key.into(), fires_at, fired }
    }

    #[test]
    fn clk_07_deadlines_read_as_they_were_written() {
        let all = [
            moment("due/1796724000000/0", 1_796_724_060_000, false),
            moment("suspension_end/-1/2", -5, true),
            moment("a_kind_of_tomorrow/1/0", 7, false),
        ];
        let text = KeptMoment::text_of(&all);
        assert_eq!(text, "due/1796724000000/0@1796724060000;suspension_end/-1/2@-5!;a_kind_of_tomorrow/1/0@7");
        assert_eq!(KeptMoment::all_of(&text).unwrap(), all);
        assert_eq!(KeptMoment::all_of("").unwrap(), []);
        assert_eq!(
            all.map(|m| (m.kind(), m.acts())),
            [(Some(DueKind::Due), false), (Some(DueKind::SuspensionEnd), true), (None, false)]
        );
    }

    #[test]
    fn clk_07_the_clock_looks_for_the_first_that_waits() {
        let all = [
            moment("due/1/0", 9, false),
            moment("near_due/1/0", 3, true),
            moment("agency_due/1/0", 5, false),
            moment("suspension_end/1/0", 12, false),
        ];
        let columns = Columns { reminds_at: Some(5), acts_at: Some(12), last_at: Some(12) };
        assert_eq!(KeptMoment::columns(&all), columns);
        let none = Columns { reminds_at: None, acts_at: None, last_at: None };
        assert_eq!(KeptMoment::columns(&all[1..2]), none);
    }

    #[test]
    fn clk_07_what_is_no_deadline_is_an_error_and_not_forgotten() {
        for text in ["due", "due@", "due@soon", "due/1/0@1;x", "due/1/0@1!!"] {
            assert_eq!(KeptMoment::all_of(text), None, "{text}");
        }
    }
}
