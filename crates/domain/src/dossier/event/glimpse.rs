//! What the way of a dossier needs of an event, read past all the rest: anybody may ask where a dossier is, and many do.

use super::Event;
use serde::Deserialize;
use std::borrow::Cow;

/// An event as far as it moves the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    /// The step that has it from then on, where the event says so.
    pub step: Option<String>,
    /// It ended the way.
    pub end: Option<End>,
}

/// What ends a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Refused with reason.
    Refused,
    /// Stopped with a notice.
    Stopped,
    /// Taken back by the applicant.
    Withdrawn,
    /// The result is with the applicant.
    HandedOver,
}

impl End {
    /// As [`Event::words`] says it: Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Refused => ("Từ chối tiếp nhận, giải quyết", "Refused"),
            Self::Stopped => ("Dừng giải quyết hồ sơ", "Stopped"),
            Self::Withdrawn => ("Rút hồ sơ", "Withdrawn"),
            Self::HandedOver => ("Trả kết quả", "Result handed over"),
        }
    }
}

#[derive(Deserialize)]
struct Raw<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    holder: Option<RawHolder<'a>>,
}

#[derive(Deserialize)]
struct RawHolder<'a> {
    #[serde(borrow)]
    step: Cow<'a, str>,
}

impl Glimpse {
    /// Reads the text of an event as it is kept.
    pub fn of_text(body: &str) -> Result<Self, serde_json::Error> {
        let Raw { kind, holder } = serde_json::from_str(body)?;
        let end = match kind.as_ref() {
            "refused" => Some(End::Refused),
            "stopped" => Some(End::Stopped),
            "withdrawn" => Some(End::Withdrawn),
            "handed_over" => Some(End::HandedOver),
            _ => None,
        };
        // What other agencies do never moves the dossier itself.
        let step = holder.filter(|_| kind != "linked").map(|h| h.step.into_owned());
        Ok(Self { step, end })
    }

    /// The same of an event that was read whole.
    pub fn of(event: &Event) -> Self {
        let end = match event {
            Event::Refused { .. } => Some(End::Refused),
            Event::Stopped { .. } => Some(End::Stopped),
            Event::Withdrawn { .. } => Some(End::Withdrawn),
            Event::HandedOver { .. } => Some(End::HandedOver),
            _ => None,
        };
        Self { step: event.holder().map(|h| h.step.clone()), end }
    }
}
