//! The return desk: scan anything, or choose from what lies ready; ask people to come; send by the post (RES-02, RES-03).

mod manifest;
pub mod page;
mod send;
pub mod store;
mod view;

pub use manifest::{
    make::note as note_parcel,
    page::{send as list_parcels, show as manifests},
};
pub use page::desk_of;
pub use send::{contact, post};
pub use store::reminded_by_message;
