//! A mandate, its term, and how it stands on a day.

use super::NotAMandate;
use crate::keyed::keyed;
use jiff::civil::Date;

/// A mandate: the type of its identifiers.
#[derive(Clone, Copy, Debug)]
pub struct Mandate;

keyed! {
    /// As what somebody acts.
    MandateKind {
        Representative "representative" "Người đại diện theo pháp luật" "Legal representative" "Speaks for an organisation, and names its members.";
        Member "member" "Người được tổ chức giao" "Named by the organisation" "Named by the representative for a time.";
        Proxy "proxy" "Người được ủy quyền" "Proxy" "Named by a person for a time.";
    }
}

keyed! {
    /// What became of a mandate.
    MandateState {
        Waiting "waiting" "Chờ đối chiếu tại quầy" "Waits for the counter" "Waits until an officer has seen the papers.";
        Granted "granted" "Đã xác lập" "Granted" "Confirmed at a counter, or given by who may give it.";
        Refused "refused" "Không được xác lập" "Refused" "The papers do not bear it out.";
        Ended "ended" "Đã chấm dứt" "Ended" "Taken back by one of the two.";
    }
}

/// For whom somebody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Tax, enterprise or citizen number.
    pub number: String,
    /// As dossiers name it.
    pub name: String,
}

/// The days of a mandate, both included; without an end for the representative of an organisation alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Option<Date>,
}

/// How a mandate stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may be used.
    Holds,
    /// From that day on.
    NotYet(Date),
    /// Since the day after that one it may not any more.
    Over(Date),
    /// It never could, or no longer can.
    Not(MandateState),
}

/// Days for which a mandate is given at most: nobody is acted for because it was forgotten.
const MOST_DAYS: i64 = 366;

impl Term {
    /// The term that somebody gives to a member or proxy.
    ///
    /// # Errors
    /// It ends before it begins, has passed, or is too long.
    pub fn given(from: Date, until: Date, today: Date) -> Result<Self, NotAMandate> {
        if until < from {
            return Err(NotAMandate::EndsBefore);
        }
        if until < today {
            return Err(NotAMandate::HasPassed);
        }
        let days = from.until(until).map_or(i64::MAX, |span| i64::from(span.get_days()));
        if days >= MOST_DAYS {
            return Err(NotAMandate::TooLong);
        }
        Ok(Self { from, until: Some(until) })
    }
    /// How a mandate in this state stands on a day.
    pub fn on(self, day: Date, state: MandateState) -> Standing {
        match (state, self.until) {
            (MandateState::Granted, Some(until)) if day > until => Standing::Over(until),
            (MandateState::Granted, _) if day < self.from => Standing::NotYet(self.from),
            (MandateState::Granted, _) => Standing::Holds,
            (state, _) => Standing::Not(state),
        }
    }
}

impl MandateKind {
    /// What who acts as this may give to others in the name of the principal; a member passes nothing on.
    pub const fn gives(self) -> Option<Self> {
        match self {
            Self::Representative => Some(Self::Member),
            Self::Member | Self::Proxy => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn adm_03_a_mandate_holds_from_its_first_to_its_last_day() {
        let term = Term::given(day("2025-10-06"), day("2025-10-31"), day("2025-10-01")).unwrap();
        let on = |text| term.on(day(text), MandateState::Granted);
        assert_eq!(on("2025-10-05"), Standing::NotYet(day("2025-10-06")));
        assert_eq!((on("2025-10-06"), on("2025-10-31")), (Standing::Holds, Standing::Holds));
        assert_eq!(on("2025-11-01"), Standing::Over(day("2025-10-31")));
        for state in [MandateState::Waiting, MandateState::Refused, MandateState::Ended] {
            assert_eq!(term.on(day("2025-10-10"), state), Standing::Not(state));
        }
        let endless = Term { until: None, ..term };
        assert_eq!(endless.on(day("2099-01-01"), MandateState::Granted), Standing::Holds);
    }

    #[test]
    fn adm_03_a_term_that_cannot_be_is_refused() {
        let given = |from, until| Term::given(day(from), day(until), day("2025-10-06"));
        assert_eq!(given("2025-10-10", "2025-10-09"), Err(NotAMandate::EndsBefore));
        assert_eq!(given("2025-09-01", "2025-10-05"), Err(NotAMandate::HasPassed));
        assert_eq!(given("2025-10-06", "2026-10-07"), Err(NotAMandate::TooLong));
        assert!(given("2025-10-06", "2026-10-06").is_ok() && given("2025-10-06", "2025-10-06").is_ok());
    }

    #[test]
    fn adm_03_only_a_representative_names_others() {
        assert_eq!(MandateKind::Representative.gives(), Some(MandateKind::Member));
        assert_eq!((MandateKind::Member.gives(), MandateKind::Proxy.gives()), (None, None));
        assert!(MandateKind::ALL.iter().all(|k| MandateKind::from_key(k.key()) == Some(*k)));
        assert!(MandateState::ALL.iter().all(|s| MandateState::from_key(s.key()) == Some(*s)));
    }
}
