//! Which circular's set of forms a province uses: the same slip has another number, and sometimes another name, under another circular.

use serde::{Deserialize, Serialize};

/// A circular that issues the forms; a profile chooses one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FormSet {
    /// Thông tư 01/2018/TT-VPCP: forms 01 to 06.
    #[serde(rename = "tt_01_2018")]
    Tt01Of2018,
    /// Thông tư 03/2025/TT-VPCP, Phụ lục I: forms 01 to 07; a notice of stopping was put in as 05.
    #[serde(rename = "tt_03_2025")]
    Tt03Of2025,
}

/// A kind of slip, whatever its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt,
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: guidance at intake and supplement in appraisal.
    SupplementRequest,
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal,
    /// Phiếu xin lỗi và hẹn lại ngày trả kết quả.
    Apology,
    /// Thông báo dừng giải quyết hồ sơ.
    Stop,
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    ControlSlip,
    /// Sổ theo dõi hồ sơ.
    Register,
    /// Giấy biên nhận trả kết quả.
    Handover,
    /// Phiếu chuyển xử lý hồ sơ.
    Transfer,
    /// Biên bản giao nhận.
    HandoverMinutes,
    /// Biên bản xác minh.
    Verification,
    /// Văn bản lấy ý kiến.
    Consultation,
    /// Thông báo điều chỉnh thời gian trả kết quả.
    Reappointment,
    /// Tờ niêm yết thủ tục của một lĩnh vực.
    Posting,
    /// Tờ khai điện tử.
    EForm,
    /// Xác nhận nộp hồ sơ trực tuyến.
    Submission,
    /// Form 01 for several dossiers handed in together.
    JointReceipt,
    /// Bảng kê bưu gửi.
    PostManifest,
}

impl FormKind {
    /// Every kind, in the order of the circulars, then those that neither circular lists.
    pub const ALL: [Self; 18] = [
        Self::Receipt,
        Self::SupplementRequest,
        Self::Refusal,
        Self::Apology,
        Self::Stop,
        Self::ControlSlip,
        Self::Register,
        Self::Handover,
        Self::Transfer,
        Self::HandoverMinutes,
        Self::Verification,
        Self::Consultation,
        Self::Reappointment,
        Self::Posting,
        Self::EForm,
        Self::Submission,
        Self::JointReceipt,
        Self::PostManifest,
    ];
}

impl FormSet {
    /// The two digits printed after “Mẫu số”, or `None` for a slip that the circular does not have.
    pub const fn form_number(self, kind: FormKind) -> Option<&'static str> {
        match (kind, self) {
            (FormKind::Receipt, _) => Some("01"),
            (FormKind::SupplementRequest, _) => Some("02"),
            (FormKind::Refusal, _) => Some("03"),
            (FormKind::Apology, _) => Some("04"),
            (FormKind::Stop, Self::Tt03Of2025) | (FormKind::ControlSlip, Self::Tt01Of2018) => Some("05"),
            (FormKind::ControlSlip, Self::Tt03Of2025) | (FormKind::Register, Self::Tt01Of2018) => Some("06"),
            (FormKind::Register, Self::Tt03Of2025) => Some("07"),
            // Stopping is told in writing under the older circular too, on a paper that it does not number;
            // the others are printed by custom and stand in neither.
            (
                FormKind::Stop
                | FormKind::Handover
                | FormKind::Transfer
                | FormKind::HandoverMinutes
                | FormKind::Verification
                | FormKind::Consultation
                | FormKind::Reappointment
                | FormKind::Posting
                | FormKind::EForm
                | FormKind::Submission
                | FormKind::JointReceipt
                | FormKind::PostManifest,
                _,
            ) => None,
        }
    }

    /// The slip's name as this circular prints it.
    pub const fn title(self, kind: FormKind) -> &'static str {
        match (kind, self) {
            (FormKind::Receipt | FormKind::JointReceipt, _) => "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            (FormKind::SupplementRequest, _) => "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
            (FormKind::Refusal, _) => "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
            (FormKind::Apology, Self::Tt01Of2018) => "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
            (FormKind::Apology, Self::Tt03Of2025) => "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
            (FormKind::Stop, _) => "Thông báo dừng giải quyết hồ sơ",
            (FormKind::ControlSlip, _) => "Phiếu kiểm soát quá trình giải quyết hồ sơ",
            (FormKind::Register, _) => "Sổ theo dõi hồ sơ",
            (FormKind::Handover, _) => "Giấy biên nhận trả kết quả",
            (FormKind::Transfer, _) => "Phiếu chuyển xử lý hồ sơ",
            (FormKind::HandoverMinutes, _) => "Biên bản giao nhận",
            (FormKind::Verification, _) => "Biên bản xác minh",
            (FormKind::Consultation, _) => "Văn bản lấy ý kiến",
            (FormKind::Reappointment, _) => "Thông báo điều chỉnh thời gian trả kết quả",
            (FormKind::Posting, _) => "Niêm yết thủ tục hành chính",
            (FormKind::EForm, _) => "Tờ khai điện tử",
            (FormKind::Submission, _) => "Xác nhận nộp hồ sơ trực tuyến",
            (FormKind::PostManifest, _) => "Bảng kê bưu gửi trả kết quả",
        }
    }

    /// The circular as a slip cites it.
    pub const fn legal_basis(self) -> &'static str {
        match self {
            Self::Tt01Of2018 => "Thông tư số 01/2018/TT-VPCP",
            Self::Tt03Of2025 => "Thông tư số 03/2025/TT-VPCP",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(set: FormSet) -> Vec<&'static str> {
        FormKind::ALL.into_iter().filter_map(|kind| set.form_number(kind)).collect()
    }

    /// FLW-02
    #[test]
    fn the_control_slip_is_form_05_under_the_circular_of_2018_and_06_under_that_of_2025() {
        assert_eq!(FormSet::Tt01Of2018.form_number(FormKind::ControlSlip), Some("05"));
        assert_eq!(FormSet::Tt03Of2025.form_number(FormKind::ControlSlip), Some("06"));
        assert_eq!(FormSet::Tt03Of2025.form_number(FormKind::Handover), None);
    }

    #[test]
    fn each_circular_numbers_its_forms_without_a_gap() {
        assert_eq!(numbered(FormSet::Tt01Of2018), ["01", "02", "03", "04", "05", "06"]);
        assert_eq!(numbered(FormSet::Tt03Of2025), ["01", "02", "03", "04", "05", "06", "07"]);
    }

    /// FLW-08
    #[test]
    fn only_the_circular_of_2025_has_a_form_for_stopping() {
        assert_eq!(FormSet::Tt01Of2018.form_number(FormKind::Stop), None);
        assert_eq!(FormSet::Tt03Of2025.form_number(FormKind::Stop), Some("05"));
    }
}
