//! The national registers of people and enterprises (LNK-02): asked by citizens about themselves, and by officers who have that
//! right, for a purpose that is written down before the question goes out (ADM-02). A register that does not answer keeps nobody
//! from going on by hand.

mod ask;
mod own;

pub use ask::{Answer, Record, Which, ask, is_there};
pub use own::fill as fill_own;

use crate::{app::App, error::AppError, vault};
use domain::{
    accounts::{Role, Who},
    vault::{Look, Purpose},
};

impl Which {
    /// How the question stands in the log.
    pub const fn look(self) -> Look {
        match self {
            Self::Population => Look::Population,
            Self::Enterprise => Look::Enterprise,
        }
    }
}

/// An officer's question: the right, then the line in the log, then the register.
pub async fn ask_for(app: &App, who: &Who, which: Which, number: &str, purpose: &Purpose) -> Result<Answer, AppError> {
    if !who.asks_registers() {
        return Err(AppError::RightMissing(Role::RegisterReader.as_str()));
    }
    vault::note(app, who, number, &[None], which.look(), purpose.as_str()).await?;
    Ok(ask(app, which, number).await)
}
