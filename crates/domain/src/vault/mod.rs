//! The citizen's e-data store (kho quản lý dữ liệu điện tử, STO-01 … STO-02): which papers lie in it, how long they are good, what
//! may be taken from it for another dossier, and who may look.

mod look;
mod paper;
mod reuse;
mod seal;
mod validity;

pub use look::{Look, NotAPurpose, Purpose, opens_files_until};
pub use paper::{Origin, Owner, ResultNamed, VaultPaper, is_declaration, is_identity_document, owner, result_named};
pub use reuse::{Unfit, fits};
pub use seal::{Vouched, shown as seal_shown};
pub use validity::{NotAValidity, Standing, Validity};
