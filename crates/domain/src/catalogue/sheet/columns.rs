//! The parts of the template and their columns.

use crate::text::fold;

/// The column of a CSV file that names the part of each row.
pub const PART: &str = "Phần";

/// A part: a sheet of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// One row a procedure.
    Procedure,
    /// Steps as published.
    Steps,
    /// Cases.
    Variants,
    /// Papers.
    Components,
    /// Ways to submit.
    Ways,
    /// Fees of a way.
    Fees,
    /// Legal bases.
    LegalBases,
    /// Results.
    Results,
    /// The rest of texts that are too long for a cell of a workbook.
    Rest,
}

impl Part {
    /// Every part, in the order of the sheets.
    pub const ALL: [Self; 9] = [
        Self::Procedure,
        Self::Steps,
        Self::Variants,
        Self::Components,
        Self::Ways,
        Self::Fees,
        Self::LegalBases,
        Self::Results,
        Self::Rest,
    ];

    /// The name of its sheet.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Procedure => "Thủ tục",
            Self::Steps => "Trình tự",
            Self::Variants => "Trường hợp",
            Self::Components => "Giấy tờ",
            Self::Ways => "Cách nộp",
            Self::Fees => "Phí, lệ phí",
            Self::LegalBases => "Căn cứ pháp lý",
            Self::Results => "Kết quả",
            Self::Rest => "Phần còn lại",
        }
    }
    /// The part of that sheet, however its name is typed.
    pub fn from_title(title: &str) -> Option<Self> {
        let asked = fold(title);
        Self::ALL.into_iter().find(|p| fold(p.title()) == asked)
    }
    /// Its columns; the first is always the procedure's code.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Procedure => &[
                column::CODE,
                column::NAME,
                column::FIELD_CODE,
                column::FIELD,
                column::LEVELS,
                column::EXECUTING,
                column::PARTICIPATING,
                column::APPLICANTS,
                column::SETS,
                column::CONDITIONS,
                column::ONLINE,
                column::SAME_DAY,
                column::ON_THE_SPOT,
                column::DELEGATED_BY,
                column::POST_INTAKE,
                column::SECOND_SEAL,
                column::RETURNED_BY_AGENCY,
                column::ANYWHERE,
                column::SUPPLEMENT_WINDOW,
                column::ELSEWHERE,
                column::DECISION,
                column::ISSUER,
                column::DECIDED_ON,
                column::KIND,
                column::EFFECTIVE_FROM,
                column::REPLACED_BY,
            ],
            Self::Steps => &[column::CODE, column::STEP, column::TEXT],
            Self::Variants => &[column::CODE, column::CASE_ID, column::CASE, column::LIMIT, column::ANSWERS],
            Self::Components => &[
                column::CODE,
                column::CASE_ID,
                column::PAPER_ID,
                column::PAPER,
                column::SECTION,
                column::ORIGINALS,
                column::COPIES,
                column::REQUIRED,
                column::FORM,
                column::FORM_FILE,
                column::E_FORM,
            ],
            Self::Ways => &[column::CODE, column::WAY, column::CHANNEL, column::CASE_ID, column::LIMIT, column::NOTE],
            Self::Fees => &[
                column::CODE,
                column::WAY,
                column::FEE_KIND,
                column::AMOUNT,
                column::TEXT,
                column::BASIS,
                column::FEE_FROM,
            ],
            Self::LegalBases => &[column::CODE, column::BASIS_NUMBER, column::BASIS_NAME],
            Self::Results => &[column::CODE, column::RESULT_CODE, column::RESULT],
            Self::Rest => &[column::CODE, column::REST_PART, column::REST_ROW, column::REST_COLUMN, column::TEXT],
        }
    }
}

/// The names of the columns, as people read them.
pub mod column {
    macro_rules! columns {
        ($($name:ident $title:literal $doc:literal;)+) => {
            $(#[doc = $doc] pub const $name: &str = $title;)+
        };
    }
    columns! {
        CODE "Mã thủ tục" "`1.000080`.";
        NAME "Tên thủ tục" "Its name.";
        FIELD_CODE "Mã lĩnh vực" "National code of the field.";
        FIELD "Lĩnh vực" "Name of the field.";
        LEVELS "Cấp thực hiện" "`Cấp tỉnh; Cấp xã`.";
        EXECUTING "Cơ quan thực hiện" "One a line, with its code in square brackets.";
        PARTICIPATING "Cơ quan phối hợp" "The same.";
        APPLICANTS "Đối tượng" "One a line.";
        SETS "Số bộ" "Number of sets.";
        CONDITIONS "Yêu cầu, điều kiện" "Text.";
        ONLINE "Mức trực tuyến" "`Toàn trình`, `Một phần`, `Thông tin`.";
        SAME_DAY "Trong ngày" "`Có` or empty.";
        ON_THE_SPOT "Bốn bước tại chỗ" "`Có` or empty.";
        DELEGATED_BY "Ủy quyền phê duyệt theo" "Number of the decision.";
        POST_INTAKE "Bưu điện tiếp nhận" "`Có` or empty.";
        SECOND_SEAL "Con dấu thứ hai" "`Có` or empty.";
        RETURNED_BY_AGENCY "Cơ quan tự trả kết quả" "`Có` or empty.";
        ANYWHERE "Phi địa giới" "`Có` or empty.";
        SUPPLEMENT_WINDOW "Số ngày làm việc được yêu cầu bổ sung" "A number where the sector's law sets another; else empty.";
        ELSEWHERE "Giải quyết ở nơi khác" "Where, when not here.";
        DECISION "Số quyết định" "Of the publishing decision.";
        ISSUER "Cơ quan công bố" "Who issued it.";
        DECIDED_ON "Ngày quyết định" "`22/11/2026`.";
        KIND "Loại công bố" "`Ban hành mới` …";
        EFFECTIVE_FROM "Hiệu lực từ" "`01/01/2027`.";
        REPLACED_BY "Thay bằng thủ tục" "A code.";
        STEP "Tên bước" "Title of a step.";
        TEXT "Nội dung" "Text.";
        CASE_ID "Mã trường hợp" "Empty: for all, or to be made from the name.";
        CASE "Trường hợp" "Name of the case.";
        LIMIT "Thời hạn" "`5 ngày làm việc`.";
        ANSWERS "Câu trả lời dẫn đến" "`Công trình gì? = Nhà ở`, one a line.";
        PAPER_ID "Mã giấy tờ" "Empty: to be made from the name.";
        PAPER "Tên giấy tờ" "Name of the paper.";
        SECTION "Nhóm" "Heading.";
        ORIGINALS "Bản chính" "A number.";
        COPIES "Bản sao" "A number.";
        REQUIRED "Bắt buộc" "`Có` or empty.";
        FORM "Biểu mẫu" "File name of the form.";
        FORM_FILE "Tệp biểu mẫu" "SHA-256 of the file kept here.";
        E_FORM "Biểu mẫu điện tử" "`Có` or empty.";
        WAY "Cách nộp số" "Number of the way, from 1.";
        CHANNEL "Hình thức nộp" "`Trực tiếp`, `Bưu chính`, `Trực tuyến`.";
        NOTE "Ghi chú" "Text.";
        FEE_KIND "Loại" "`Phí`, `Lệ phí`, `Giá dịch vụ`.";
        AMOUNT "Số tiền" "In đồng.";
        BASIS "Văn bản quy định" "What sets the fee.";
        FEE_FROM "Áp dụng từ" "`01/01/2027`.";
        BASIS_NUMBER "Số, ký hiệu" "`118/2025/NĐ-CP`.";
        BASIS_NAME "Tên văn bản" "Title.";
        RESULT_CODE "Mã kết quả" "Code.";
        RESULT "Tên kết quả" "Name.";
        REST_PART "Trang" "The sheet of the long text.";
        REST_ROW "Dòng thứ" "Which row of that procedure there, from 1.";
        REST_COLUMN "Cột" "Which column.";
    }
}
