//! Notes on a dossier inside an agency: other agencies and the applicant never see them.

mod mine;
mod send;
pub mod store;

pub use mine::page::show as mine;
pub use send::send;
