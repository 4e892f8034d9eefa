//! A filled slip of any kind, and its way to PDF.

use crate::apology::Apology;
use crate::codes::{self, NotDigits, TooLong};
use crate::consultation::Consultation;
use crate::control_slip::ControlSlip;
use crate::eform::EForm;
use crate::form_set::{FormKind, FormSet};
use crate::handover::Handover;
use crate::handover_minutes::HandoverMinutes;
use crate::joint_receipt::JointReceipt;
use crate::parts::{Codes, Paper};
use crate::post_manifest::PostManifest;
use crate::posting::Posting;
use crate::reappointment::Reappointment;
use crate::receipt::Receipt;
use crate::refusal::Refusal;
use crate::register::Register;
use crate::slip::Slip;
use crate::stop::Stop;
use crate::submission::Submission;
use crate::supplement_request::SupplementRequest;
use crate::transfer::Transfer;
use crate::typesetter::{Template, compose, drawable, export};
use crate::verification::Verification;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use typst_layout::PagedDocument;

/// A filled slip. Its JSON is what the application freezes at issue, so fields may be added but not taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Form {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt(Box<Receipt>),
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    SupplementRequest(Box<SupplementRequest>),
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal(Box<Refusal>),
    /// Phiếu xin lỗi và hẹn lại ngày trả kết quả.
    Apology(Box<Apology>),
    /// Thông báo dừng giải quyết hồ sơ.
    Stop(Box<Stop>),
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    ControlSlip(Box<ControlSlip>),
    /// Sổ theo dõi hồ sơ.
    Register(Box<Register>),
    /// Giấy biên nhận trả kết quả.
    Handover(Box<Handover>),
    /// Phiếu chuyển xử lý hồ sơ.
    Transfer(Box<Transfer>),
    /// Biên bản giao nhận.
    HandoverMinutes(Box<HandoverMinutes>),
    /// Biên bản xác minh.
    Verification(Box<Verification>),
    /// Văn bản lấy ý kiến.
    Consultation(Box<Consultation>),
    /// Thông báo điều chỉnh thời gian trả kết quả.
    Reappointment(Box<Reappointment>),
    /// Tờ niêm yết thủ tục của một lĩnh vực.
    Posting(Box<Posting>),
    /// Tờ khai điện tử.
    EForm(Box<EForm>),
    /// Xác nhận nộp hồ sơ trực tuyến.
    Submission(Box<Submission>),
    /// Giấy tiếp nhận và hẹn trả chung của nhiều hồ sơ.
    JointReceipt(Box<JointReceipt>),
    /// Bảng kê bưu gửi.
    PostManifest(Box<PostManifest>),
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
    let mut typed = serde_json::to_value(form)?;
    crate::clean::clean(&mut typed, &drawable);
    // What the form words itself may repeat what was typed, so it words what was cleaned.
    let cleaned: Form = serde_json::from_value(typed.clone())?;
    let slip = form.slip();
    let (barcode, qr) = match slip.codes() {
        Some(codes) => (Some(barcode(codes)?), Some(qr(codes)?)),
        None => (None, None),
    };
    let mut data = json!({
        "slip": typed,
        "paper": if slip.landscape() { Paper::A4 } else { paper },
        "landscape": slip.landscape(),
        "title": slip.form_set().title(form.kind()),
        "number": slip.form_set().form_number(form.kind()),
        "basis": slip.form_set().legal_basis(),
        "barcode": barcode,
        "qr": qr,
        "wording": cleaned.slip().wording(),
        "shrink": 0,
        "copies": 1,
    });
    export(&fitted(slip, &mut data)?)
}

/// Sets the slip at full size, or a little smaller when that alone keeps each copy on one sheet. The size is found with
/// one copy, whose layout the others' run then finds in the cache.
fn fitted(slip: &dyn Slip, data: &mut Value) -> Result<PagedDocument, RenderError> {
    let mut set = composed(slip, data)?;
    if set.pages().len() == 2 {
        for shrink in 1..=MAX_SHRINK {
            data["shrink"] = json!(shrink);
            let smaller = composed(slip, data)?;
            if smaller.pages().len() == 1 {
                set = smaller;
                break;
            }
            data["shrink"] = json!(0);
        }
    }
    if slip.copies() == 1 {
        return Ok(set);
    }
    data["copies"] = json!(slip.copies());
    composed(slip, data)
}

fn composed(slip: &dyn Slip, data: &Value) -> Result<PagedDocument, RenderError> {
    let template: &'static Template = slip.template();
    compose(template, serde_json::to_vec(data)?)
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
            Self::SupplementRequest(_) => FormKind::SupplementRequest,
            Self::Refusal(_) => FormKind::Refusal,
            Self::Apology(_) => FormKind::Apology,
            Self::Stop(_) => FormKind::Stop,
            Self::ControlSlip(_) => FormKind::ControlSlip,
            Self::Register(_) => FormKind::Register,
            Self::Handover(_) => FormKind::Handover,
            Self::Transfer(_) => FormKind::Transfer,
            Self::HandoverMinutes(_) => FormKind::HandoverMinutes,
            Self::Verification(_) => FormKind::Verification,
            Self::Consultation(_) => FormKind::Consultation,
            Self::Reappointment(_) => FormKind::Reappointment,
            Self::Posting(_) => FormKind::Posting,
            Self::EForm(_) => FormKind::EForm,
            Self::Submission(_) => FormKind::Submission,
            Self::JointReceipt(_) => FormKind::JointReceipt,
            Self::PostManifest(_) => FormKind::PostManifest,
        }
    }

    /// The circular under which it was issued.
    pub fn form_set(&self) -> FormSet {
        self.slip().form_set()
    }

    /// A filled example of `kind`, for tests and for previews of the layout.
    pub fn sample(kind: FormKind) -> Result<Self, serde_json::Error> {
        serde_json::from_str(match kind {
            FormKind::Receipt => include_str!("receipt/sample.json"),
            FormKind::SupplementRequest => include_str!("supplement_request/sample.json"),
            FormKind::Refusal => include_str!("refusal/sample.json"),
            FormKind::Apology => include_str!("apology/sample.json"),
            FormKind::Stop => include_str!("stop/sample.json"),
            FormKind::ControlSlip => include_str!("control_slip/sample.json"),
            FormKind::Register => include_str!("register/sample.json"),
            FormKind::Handover => include_str!("handover/sample.json"),
            FormKind::Transfer => include_str!("transfer/sample.json"),
            FormKind::HandoverMinutes => include_str!("handover_minutes/sample.json"),
            FormKind::Verification => include_str!("verification/sample.json"),
            FormKind::Consultation => include_str!("consultation/sample.json"),
            FormKind::Reappointment => include_str!("reappointment/sample.json"),
            FormKind::Posting => include_str!("posting/sample.json"),
            FormKind::EForm => include_str!("eform/sample.json"),
            FormKind::Submission => include_str!("submission/sample.json"),
            FormKind::JointReceipt => include_str!("joint_receipt/sample.json"),
            FormKind::PostManifest => include_str!("post_manifest/sample.json"),
        })
    }

    fn slip(&self) -> &dyn Slip {
        match self {
            Self::Receipt(slip) => slip.as_ref(),
            Self::SupplementRequest(slip) => slip.as_ref(),
            Self::Refusal(slip) => slip.as_ref(),
            Self::Apology(slip) => slip.as_ref(),
            Self::Stop(slip) => slip.as_ref(),
            Self::ControlSlip(slip) => slip.as_ref(),
            Self::Register(slip) => slip.as_ref(),
            Self::Handover(slip) => slip.as_ref(),
            Self::Transfer(slip) => slip.as_ref(),
            Self::HandoverMinutes(slip) => slip.as_ref(),
            Self::Verification(slip) => slip.as_ref(),
            Self::Consultation(slip) => slip.as_ref(),
            Self::Reappointment(slip) => slip.as_ref(),
            Self::Posting(slip) => slip.as_ref(),
            Self::EForm(slip) => slip.as_ref(),
            Self::Submission(slip) => slip.as_ref(),
            Self::JointReceipt(slip) => slip.as_ref(),
            Self::PostManifest(slip) => slip.as_ref(),
        }
    }
}
