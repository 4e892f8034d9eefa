//! Questions about procedures in people's own words (LNK-05): which part of a procedure is asked for, which procedure is
//! meant, and how sure that is. The answer itself is what the catalogue says, nothing else.

mod choice;
mod cited;
mod masked;
mod part;
mod phrases;
mod question;
#[cfg(test)]
mod tests;

pub use choice::{Choice, choose};
pub use cited::keeps_to;
pub use masked::masked;
pub use part::Part;
pub use question::Question;
