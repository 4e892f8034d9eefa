//! The decision that published a version of a procedure (CAT-02).

use super::ProcedureCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A publishing decision (quyết định công bố).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Number, "163/QĐ-BTP".
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// Day of the decision, where the source states it.
    pub date: Option<Date>,
    /// What it did.
    pub kind: PublicationKind,
    /// First day on which the version is in force; absent means from the beginning.
    pub effective_from: Option<Date>,
    /// The procedure that takes the place of an abolished one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<ProcedureCode>,
}

/// What a publishing decision did to a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationKind {
    /// Ban hành mới.
    New,
    /// Sửa đổi, bổ sung.
    Amended,
    /// Thay thế.
    Replaced,
    /// Bãi bỏ.
    Abolished,
}
