//! A filled slip of any kind, and its way to PDF.

use crate::codes::{self, NotDigits, TooLong};
use crate::control_slip::ControlSlip;
use crate::form_set::{FormKind, FormSet};
use crate::handover::Handover;
use crate::parts::{Codes, Paper};
use crate::receipt::Receipt;
use crate::refusal::Refusal;
use crate::typesetter::{Template, compose, drawable, export};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::LazyLock;
use typst_layout::PagedDocument;

/// A filled slip. Its JSON is what the application freezes at issue, so fields may be added but not taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Form {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt(Box<Receipt>),
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal(Box<Refusal>),
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    ControlSlip(Box<ControlSlip>),
    /// Giấy biên nhận trả kết quả.
    Handover(Box<Handover>),
}

/// Why a slip could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The bar code takes the digits 0 to 9 only.
    #[error("not a number for a bar code: {0:?}")]
    Barcode(String),
    /// The link does not fit in a QR code.
    #[error("link too long for a QR code: {0} bytes")]
    Link(usize),
    /// The slip does not turn into JSON.
    #[error("slip cannot be written as JSON")]
    Data(#[from] serde_json::Error),
    /// The template does not fit the data: a fault of this crate.
    #[error("template failed: {0}")]
    Template(String),
}

/// How often half a point is taken off to keep a slip on one sheet: 13 pt becomes 12 pt at the least.
const MAX_SHRINK: u32 = 2;

/// Prints `form` on `paper`: a PDF/A-2a, PDF/UA-1 file, the same bytes for the same data.
/// It takes 10 to 30 milliseconds of CPU; call it outside units of work and off the async threads.
pub fn render(form: &Form, paper: Paper) -> Result<Vec<u8>, RenderError> {
    let mut slip = serde_json::to_value(form)?;
    crate::clean::clean(&mut slip, &drawable);
    let (barcode, qr) = match form.codes() {
        Some(codes) => (Some(barcode(codes)?), Some(qr(codes)?)),
        None => (None, None),
    };
    let mut data = json!({
        "slip": slip,
        "paper": paper,
        "number": form.form_set().form_number(form.kind()),
        "basis": form.form_set().legal_basis(),
        "barcode": barcode,
        "qr": qr,
        "wording": form.wording(),
        "shrink": 0,
    });
    export(&fitted(form, &mut data)?)
}

/// Sets the slip at full size, or a little smaller when that alone keeps each copy on one sheet.
fn fitted(form: &Form, data: &mut Value) -> Result<PagedDocument, RenderError> {
    let full = compose(form.template(), serde_json::to_vec(data)?)?;
    if full.pages().len() != 2 * form.copies() {
        return Ok(full);
    }
    for shrink in 1..=MAX_SHRINK {
        data["shrink"] = json!(shrink);
        let smaller = compose(form.template(), serde_json::to_vec(data)?)?;
        if smaller.pages().len() == form.copies() {
            return Ok(smaller);
        }
    }
    Ok(full)
}

fn barcode(codes: &Codes) -> Result<String, RenderError> {
    codes::code128(&codes.barcode).map_err(|NotDigits| RenderError::Barcode(codes.barcode.clone()))
}

fn qr(codes: &Codes) -> Result<String, RenderError> {
    codes::qr(&codes.qr_url).map_err(|TooLong| RenderError::Link(codes.qr_url.len()))
}

impl Form {
    /// Which slip it is.
    pub const fn kind(&self) -> FormKind {
        match self {
            Self::Receipt(_) => FormKind::Receipt,
            Self::Refusal(_) => FormKind::Refusal,
            Self::ControlSlip(_) => FormKind::ControlSlip,
            Self::Handover(_) => FormKind::Handover,
        }
    }

    /// The circular under which it was issued.
    pub const fn form_set(&self) -> FormSet {
        match self {
            Self::Receipt(slip) => slip.form_set,
            Self::Refusal(slip) => slip.form_set,
            Self::ControlSlip(slip) => slip.form_set,
            Self::Handover(slip) => slip.form_set,
        }
    }

    /// A filled example of `kind`, for tests and for previews of the layout.
    pub fn sample(kind: FormKind) -> Result<Self, serde_json::Error> {
        serde_json::from_str(match kind {
            FormKind::Receipt => include_str!("receipt/sample.json"),
            FormKind::Refusal => include_str!("refusal/sample.json"),
            FormKind::ControlSlip => include_str!("control_slip/sample.json"),
            FormKind::Handover => include_str!("handover/sample.json"),
        })
    }

    /// How many copies one print holds, each on sheets of its own.
    const fn copies(&self) -> usize {
        match self {
            Self::Receipt(_) => 2,
            Self::Refusal(_) | Self::ControlSlip(_) | Self::Handover(_) => 1,
        }
    }

    const fn codes(&self) -> Option<&Codes> {
        match self {
            Self::Receipt(slip) => Some(&slip.codes),
            Self::Refusal(slip) => slip.codes.as_ref(),
            Self::ControlSlip(slip) => Some(&slip.codes),
            Self::Handover(slip) => Some(&slip.codes),
        }
    }

    fn wording(&self) -> Value {
        match self {
            Self::Receipt(slip) => slip.wording(),
            Self::Refusal(_) | Self::ControlSlip(_) | Self::Handover(_) => Value::Null,
        }
    }

    fn template(&self) -> &'static Template {
        static RECEIPT: LazyLock<Template> =
            LazyLock::new(|| Template::new("receipt.typ", include_str!("receipt/form.typ")));
        static REFUSAL: LazyLock<Template> =
            LazyLock::new(|| Template::new("refusal.typ", include_str!("refusal/form.typ")));
        static CONTROL_SLIP: LazyLock<Template> =
            LazyLock::new(|| Template::new("control_slip.typ", include_str!("control_slip/form.typ")));
        static HANDOVER: LazyLock<Template> =
            LazyLock::new(|| Template::new("handover.typ", include_str!("handover/form.typ")));
        match self {
            Self::Receipt(_) => &RECEIPT,
            Self::Refusal(_) => &REFUSAL,
            Self::ControlSlip(_) => &CONTROL_SLIP,
            Self::Handover(_) => &HANDOVER,
        }
    }
}
