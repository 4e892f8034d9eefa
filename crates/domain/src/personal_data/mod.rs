//! What people may ask about their own data (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15): that it is corrected, or that a copy is
//! given. Each request has a clock of its own, and each of its moments calls those who answer, once.

mod clock;
mod kind;
mod request;

pub use clock::{Moment, Terms, moments, terms};
pub use kind::{DataRequest, Kind, Outcome, Way};
pub use request::{Act, Over, State};

use crate::accounts::{Role, Who};

impl Who {
    /// Answers what people ask about their data: those who answer for the Centre and who watch over it.
    pub fn answers_data_requests(&self) -> bool {
        self.any(|r| matches!(r, Role::CentreDirector | Role::CentreDeputy | Role::Supervisor | Role::TopAdmin))
    }
    /// Writes down what somebody asks at a counter, besides those who answer.
    pub fn enters_data_requests(&self) -> bool {
        self.answers_data_requests() || self.any(Role::takes_in)
    }
}
