//! How a request goes on: asked, taken on with a first answer, answered; or taken back by who asked.

/// How a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has answered yet.
    New,
    /// Somebody said that it is being worked on, and how.
    TakenOn,
    /// It has its answer.
    Answered,
    /// Who asked took it back.
    Withdrawn,
}

/// What somebody does to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The first answer: who is on it and what comes next.
    TakeOn,
    /// The answer.
    Answer,
    /// Who asked no longer wants it.
    Withdraw,
}

/// Somebody was faster: what was asked for is over, or was taken on before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words().0)]
pub struct Over(
    /// As it stands by now.
    pub State,
);

impl Over {
    /// For machines.
    pub const CODE: &'static str = "data_request.over";

    /// Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self.0 {
            State::New | State::TakenOn => (
                "Yêu cầu này đã có người nhận xử lý. Xin xem nội dung phản hồi đầu tiên rồi trả lời.",
                "Somebody has taken this request on. Read the first answer, then give yours.",
            ),
            State::Answered => (
                "Yêu cầu này đã được trả lời. Xin xem câu trả lời ở cuối trang; nếu còn điều cần làm, hãy gửi yêu cầu mới.",
                "This request has been answered. The answer stands below; what is still missing is a new request.",
            ),
            State::Withdrawn => (
                "Người yêu cầu đã rút yêu cầu này, không cần xử lý nữa.",
                "Who asked has taken this request back; nothing is left to do.",
            ),
        }
    }
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::New, Self::TakenOn, Self::Answered, Self::Withdrawn];
    /// The key in the data base.
    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::TakenOn => "taken_on",
            Self::Answered => "answered",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// As a sentence to who asked.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::New => ("Đã nhận, chờ phản hồi đầu tiên", "Received, waiting for the first answer"),
            Self::TakenOn => ("Đang xử lý", "In hand"),
            Self::Answered => ("Đã trả lời", "Answered"),
            Self::Withdrawn => ("Đã rút", "Taken back"),
        }
    }
    /// The state of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }
    /// Somebody still has to do something.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::TakenOn)
    }
    /// As it stands after an act.
    ///
    /// # Errors
    /// It is over, or it was taken on before.
    pub const fn after(self, act: Act) -> Result<Self, Over> {
        match (self, act) {
            (Self::New, Act::TakeOn) => Ok(Self::TakenOn),
            (Self::New | Self::TakenOn, Act::Answer) => Ok(Self::Answered),
            (Self::New | Self::TakenOn, Act::Withdraw) => Ok(Self::Withdrawn),
            (state, _) => Err(Over(state)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_data_a_request_is_taken_on_once_and_answered_once() {
        assert_eq!(State::New.after(Act::TakeOn), Ok(State::TakenOn));
        assert_eq!(State::TakenOn.after(Act::TakeOn), Err(Over(State::TakenOn)));
        assert_eq!(State::TakenOn.after(Act::Answer), Ok(State::Answered));
        assert_eq!(State::New.after(Act::Answer), Ok(State::Answered), "a quick answer is the first one too");
        for act in [Act::TakeOn, Act::Answer, Act::Withdraw] {
            assert_eq!(State::Answered.after(act), Err(Over(State::Answered)));
            assert_eq!(State::Withdrawn.after(act), Err(Over(State::Withdrawn)));
        }
        assert_eq!(State::TakenOn.after(Act::Withdraw), Ok(State::Withdrawn));
    }

    #[test]
    fn every_state_has_a_key_and_words_of_its_own() {
        for state in State::ALL {
            assert_eq!(State::from_key(state.key()), Some(state));
            assert!(!state.words().0.is_empty() && !Over(state).words().1.is_empty());
        }
        assert!(State::New.is_open() && !State::Withdrawn.is_open());
    }
}
