//! The parts of a procedure that people ask for.

/// What of a procedure a question asks for. Each is a part of the published procedure (Thông tư 02/2017/TT-VPCP, Điều 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Thành phần hồ sơ: which papers.
    Papers,
    /// Phí, lệ phí: how much.
    Fees,
    /// Thời hạn giải quyết: how long.
    Limit,
    /// Where it is handed in and who settles it.
    Place,
    /// Đối tượng thực hiện: who may apply.
    Applicants,
    /// Cách thức thực hiện: how it is handed in.
    Ways,
    /// How far it can be done online.
    Online,
    /// Kết quả: what one gets.
    Results,
    /// Căn cứ pháp lý: which law.
    Bases,
    /// Yêu cầu, điều kiện.
    Conditions,
    /// Trình tự thực hiện: the steps.
    Steps,
}

const KEYS: [(Part, &str); 11] = [
    (Part::Papers, "giay-to"),
    (Part::Fees, "phi"),
    (Part::Limit, "thoi-han"),
    (Part::Place, "noi-nop"),
    (Part::Applicants, "ai-nop"),
    (Part::Ways, "cach-nop"),
    (Part::Online, "truc-tuyen"),
    (Part::Results, "ket-qua"),
    (Part::Bases, "can-cu"),
    (Part::Conditions, "dieu-kien"),
    (Part::Steps, "trinh-tu"),
];

impl Part {
    /// Every part, in the order in which pages offer them.
    pub fn all() -> impl Iterator<Item = Self> {
        KEYS.iter().map(|(part, _)| *part)
    }
    /// The word of an address.
    pub fn key(self) -> &'static str {
        KEYS.iter().find(|(part, _)| *part == self).map_or("", |(_, key)| key)
    }
    /// The part of that word.
    pub fn from_key(key: &str) -> Option<Self> {
        KEYS.iter().find(|(_, known)| *known == key).map(|(part, _)| *part)
    }
    /// What is told to whoever names a procedure and asks for nothing in particular.
    pub const BRIEF: [Self; 4] = [Self::Papers, Self::Limit, Self::Fees, Self::Place];
}
