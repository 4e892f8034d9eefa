//! Wordings with places to fill, and what keeps one from being used.

use super::{About, Channel, parts, unmarked};
use std::collections::BTreeMap;

/// A wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The subject of an e-mail; other channels have none.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// A place in a wording that is filled when it is sent.
#[derive(Debug)]
pub struct Slot {
    /// As it is written between braces.
    pub name: &'static str,
    /// What stands there: Vietnamese, English.
    pub words: (&'static str, &'static str),
    /// An example, for the preview.
    pub sample: &'static str,
    /// Only in notices about these; everywhere when empty.
    pub only: &'static [About],
}

/// The places that are known.
pub const SLOTS: &[Slot] = &[
    slot("ma", ("Mã hồ sơ", "Dossier code"), "H49.24-261117-0008", &[]),
    slot("thu_tuc", ("Tên thủ tục", "Name of the procedure"), "Cấp giấy phép xây dựng mới", &[]),
    slot("co_quan", ("Cơ quan giải quyết", "Competent agency"), "Sở Xây dựng", &[]),
    slot("trung_tam", ("Nơi tiếp nhận", "Centre"), "Trung tâm Phục vụ hành chính công tỉnh", &[]),
    slot("hen", ("Ngày hẹn trả kết quả", "Due date"), "27/11/2026, 17:00", &[]),
    slot(
        "trang",
        ("Địa chỉ trang tra cứu", "Address of the tracking page"),
        "https://mc.vn/tra-cuu/H49.24-261117-0008",
        &[],
    ),
    slot("tong_dai", ("Số tổng đài", "Hotline"), "1900558826", &[]),
    slot(
        "ly_do",
        ("Lý do", "Reason"),
        "thiếu bản vẽ mặt bằng",
        &[
            About::Guidance,
            About::Supplement,
            About::FeeOwed,
            About::FeeTakenBack,
            About::Suspended,
            About::Apology,
            About::Refused,
            About::Stopped,
            About::Withdrawn,
            About::VisitMoved,
            About::VisitCalledOff,
        ],
    ),
    slot(
        "han",
        ("Hạn để ông/bà làm", "Until when"),
        "20/12/2026",
        &[About::Guidance, About::Supplement, About::Suspended],
    ),
    slot("so_giay_to", ("Số giấy tờ cần bổ sung", "Number of papers"), "2", &[About::Guidance, About::Supplement]),
    slot("so_tien", ("Số tiền", "Amount"), "150.000 đ", &[About::FeeOwed, About::FeePaid, About::FeeTakenBack]),
    slot("luc", ("Giờ kiểm tra thực địa", "Time of the site visit"), "08:30 20/11/2026", VISITS),
    slot(
        "noi_kiem_tra",
        ("Địa điểm kiểm tra", "Place of the site visit"),
        "thửa đất số 12, phường Hồng Gai",
        &[About::VisitAppointed, About::VisitMoved],
    ),
    slot("noi_dung", ("Nội dung kiểm tra", "What is looked into"), "đo vẽ hiện trạng", &[About::VisitAppointed]),
    slot(
        "co_mat",
        ("Người nộp có phải có mặt", "Whether the applicant must be there"),
        "Mời ông/bà có mặt hoặc cử người đại diện.",
        &[About::VisitAppointed, About::VisitMoved],
    ),
    slot("cach_nhan", ("Cách nhận kết quả", "How the result is received"), "tại quầy trả kết quả", &[About::Ready]),
    slot(
        "da_tra",
        ("Đã trả thế nào, số hiệu bưu gửi", "How it was handed over, the post's number"),
        "Gửi qua bưu chính, số hiệu EK123456789VN.",
        &[About::Returned],
    ),
];

const VISITS: &[About] = &[About::VisitAppointed, About::VisitMoved, About::VisitCalledOff];

const fn slot(
    name: &'static str,
    words: (&'static str, &'static str),
    sample: &'static str,
    only: &'static [About],
) -> Slot {
    Slot { name, words, sample, only }
}

impl Slot {
    /// Whether it may stand in a notice about this.
    pub fn fits(&self, about: About) -> bool {
        self.only.is_empty() || self.only.contains(&about)
    }
}

/// What stands in the places, by their names.
pub type Values = BTreeMap<&'static str, String>;

/// The text with its places filled; a place without a value stays empty.
pub fn fill(text: &str, values: &Values) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('{') {
        out.push_str(head);
        let Some((name, after)) = tail.split_once('}') else {
            out.push('{');
            rest = tail;
            continue;
        };
        out.push_str(values.get(name.trim()).map_or("", String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Why a wording cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is said.
    Empty,
    /// A brace without its partner.
    Brace,
    /// No such place, or not in a notice about this.
    Unknown(String),
    /// The citizen could not tell which dossier is meant.
    CodeMissing,
    /// More parts than are paid for.
    TooLong {
        /// Parts with the example's values.
        parts: u32,
        /// The most that are paid for.
        most: u32,
    },
}

/// The most parts of a short message: three are 459 letters.
const MOST_PARTS: u32 = 3;

/// Everything that keeps a text from being used for this notice on this channel.
pub fn faults(body: &str, about: About, channel: Channel) -> Vec<Fault> {
    if body.trim().is_empty() {
        return vec![Fault::Empty];
    }
    let mut found = Vec::new();
    let mut code = false;
    let mut rest = body;
    while let Some((head, tail)) = rest.split_once('{') {
        let Some((name, after)) = tail.split_once('}').filter(|(name, _)| !name.contains('{')) else {
            found.push(Fault::Brace);
            return found;
        };
        if head.contains('}') {
            found.push(Fault::Brace);
        }
        let name = name.trim();
        code |= matches!(name, "ma" | "trang");
        if !SLOTS.iter().any(|s| s.name == name && s.fits(about)) {
            found.push(Fault::Unknown(name.to_owned()));
        }
        rest = after;
    }
    if rest.contains('}') {
        found.push(Fault::Brace);
    }
    if !code {
        found.push(Fault::CodeMissing);
    }
    if channel == Channel::Sms && found.is_empty() {
        let samples: Values = SLOTS.iter().map(|s| (s.name, s.sample.to_owned())).collect();
        let parts = parts(&unmarked(&fill(body, &samples)));
        if parts > MOST_PARTS {
            found.push(Fault::TooLong { parts, most: MOST_PARTS });
        }
    }
    found
}

impl Fault {
    /// Vietnamese, English; each says how to mend it.
    pub fn words(&self) -> (String, String) {
        match self {
            Self::Empty => ("Xin nhập nội dung.".into(), "Enter the text.".into()),
            Self::Brace => (
                "Có dấu { hoặc } đứng lẻ. Mỗi chỗ điền viết như {ma}.".into(),
                "A { or } stands alone. A place is written like {ma}.".into(),
            ),
            Self::Unknown(name) => (
                format!("Không có chỗ điền {{{name}}} trong tin này. Xin chọn trong danh sách bên dưới."),
                format!("This notice has no place {{{name}}}. Choose from the list below."),
            ),
            Self::CodeMissing => (
                "Thiếu {ma} hoặc {trang}: người nhận không biết tin nói về hồ sơ nào.".into(),
                "Neither {ma} nor {trang} is there: the reader cannot tell which dossier is meant.".into(),
            ),
            Self::TooLong { parts, most } => (
                format!("Tin dài {parts} phần SMS, nhiều nhất là {most}. Xin rút gọn."),
                format!("The text takes {parts} SMS parts, at most {most}. Shorten it."),
            ),
        }
    }
}
