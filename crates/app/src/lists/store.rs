mod events;
mod synonyms;

pub use events::*;
pub use synonyms::*;
