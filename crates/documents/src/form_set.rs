//! Which circular's set of forms a province uses: the same slip has another number under another circular.

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
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal,
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    ControlSlip,
    /// Giấy biên nhận trả kết quả.
    Handover,
}

impl FormSet {
    /// The two digits printed after “Mẫu số”, or `None` for a slip that the circular does not have.
    pub const fn form_number(self, kind: FormKind) -> Option<&'static str> {
        match (kind, self) {
            (FormKind::Receipt, _) => Some("01"),
            (FormKind::Refusal, _) => Some("03"),
            (FormKind::ControlSlip, Self::Tt01Of2018) => Some("05"),
            (FormKind::ControlSlip, Self::Tt03Of2025) => Some("06"),
            // Centres print it by custom; neither circular lists it.
            (FormKind::Handover, _) => None,
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

    /// FLW-02
    #[test]
    fn the_control_slip_is_form_05_under_the_circular_of_2018_and_06_under_that_of_2025() {
        assert_eq!(FormSet::Tt01Of2018.form_number(FormKind::ControlSlip), Some("05"));
        assert_eq!(FormSet::Tt03Of2025.form_number(FormKind::ControlSlip), Some("06"));
        assert_eq!(FormSet::Tt03Of2025.form_number(FormKind::Handover), None);
    }
}
