//! Slips: the page that offers them for printing, and the PDF from the data frozen at issue (INT-03).

mod page;
mod pdf;

pub use page::show;
pub use pdf::{__path_get_slip, PaperQuery, get_slip, paper_of, pdf, pdf as print_form};

use crate::{
    app::App,
    dossier::store::{self, IssuedSlip, Kept, Key},
    error::AppError,
    reads,
};
use domain::accounts::{Reading, Who};

/// A slip of a dossier within the reader's scope, with the dossier. Who looks is written down (SEC-01).
async fn find(app: &App, who: &Who, id: &str) -> Result<(IssuedSlip, Kept), AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let scope = who.scope();
    let (slip, kept) = app
        .db
        .read(move |q| {
            let slip = store::slip(q, id)?.ok_or(AppError::NotFound)?;
            let kept = store::find(q, &scope, &Key::Id(slip.dossier))?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((slip, kept))
        })
        .await?;
    reads::note(app, who, Reading::Slip, &[kept.id]).await;
    Ok((slip, kept))
}

/// The name of a slip on a screen.
pub const fn name(form: &str) -> &'static str {
    match form.as_bytes() {
        b"receipt" => "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        b"refusal" => "Phiếu từ chối tiếp nhận, giải quyết hồ sơ",
        b"supplement_request" => "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
        b"apology" => "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
        b"reappointment" => "Thông báo điều chỉnh thời gian trả kết quả",
        b"stop" => "Thông báo dừng giải quyết hồ sơ",
        b"consultation" => "Văn bản lấy ý kiến",
        b"verification" => "Biên bản xác minh",
        b"joint_receipt" => "Giấy tiếp nhận và hẹn trả chung",
        b"post_manifest" => "Bảng kê bưu gửi trả kết quả",
        b"transfer" => "Phiếu chuyển xử lý hồ sơ",
        _ => "Giấy biên nhận trả kết quả",
    }
}
