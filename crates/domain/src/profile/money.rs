//! Fees: where they are collected, how they are settled (FEE-02, FEE-05, FEE-06).

use serde::Deserialize;

/// Money.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fees {
    /// Who collects at the Centre.
    pub collected_by: PaymentPlace,
    /// Ways to pay (seed 003, Điều 14.5).
    pub ways: Vec<PaymentWay>,
    /// Whether the bank transfers to the Treasury and the agencies on the last working day of the month (seed 001, Điều 4.5c).
    pub monthly_transfer: bool,
    /// Day of the next month before which the documents must be there (seed 001, Điều 4.5c: 5).
    #[serde(default)]
    pub documents_before_day: Option<u8>,
    /// Whether ledger and statement are reconciled per agency (seed 001, Điều 9.2b).
    pub reconciled_per_agency: bool,
    /// Whether a share stays with the Centre.
    pub retained_share: RetainedShare,
    /// Whether the refund rules apply: only for a service not completed, or a double payment (seed 003, Điều 13.3c).
    pub refund_rules: bool,
    /// Calendar days after which an unpaid fee is reminded. No seed fixes it: 10.
    #[serde(default = "ten")]
    pub reminded_after_days: u32,
}

const fn ten() -> u32 {
    10
}

/// Who collects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentPlace {
    /// One collection point of the Centre, with the Treasury (seed 000, Điều 13.5).
    CollectionPoint,
    /// A bank's counter (seed 001, Điều 4.5).
    Bank,
    /// The public post (seed 002, Điều 6.9).
    Post,
    /// The cashier of the Centre (seed 004, IV.3.6).
    Cashier,
    /// Online first (seed 003, Điều 14).
    Online,
}

/// A way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentWay {
    /// Cash at the counter.
    Cash,
    /// Card.
    Card,
    /// Bank transfer.
    Transfer,
    /// `VietQR`.
    Qr,
    /// The national payment platform.
    Online,
    /// Collected by the post at the door.
    PostCollection,
}

/// Whether a share of the fees stays with the Centre; its rate is set by the fee schedule, not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetainedShare {
    /// No.
    None,
    /// Yes (seed 002, Điều 6.9b; seed 004, V.1).
    Centre,
}
