mod agencies;
mod areas;
mod events;
mod items;
mod postings;
mod synonyms;

pub use agencies::*;
pub use areas::*;
pub use events::*;
pub use items::*;
pub use postings::*;
pub use synonyms::*;
