use crate::{
    id::Id,
    people::{Agency, Officer, Unit},
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// A question to other agencies or units, with a date of its own (ILK-05; seed 002, Điều 6.4d).
///
/// It lies with whom it asks from the start, without a first receiver: "cơ quan chủ trì gửi thông báo điện tử hoặc văn bản phối hợp
/// xử lý đến các cơ quan, đơn vị có liên quan" (QN 6.4d); "lấy ý kiến các phòng, ban chuyên môn" (DN 13.2b). What the Centre or a
/// commune's one-stop unit receives first are dossiers of interlinked procedures (DN 12.2đ "luân chuyển hồ sơ"; VL 11.1, 12.1), which
/// is what a [`super::Part`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// 1, 2, 3 … within the dossier.
    pub id: u32,
    /// What is asked.
    pub content: String,
    /// Until when an answer is asked for.
    pub due_at: Instant,
    /// Who asked.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
    /// Who is asked, each with the answer once it came.
    pub asked: Vec<Asked>,
    /// When the lead told the Centre that an answer is overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_at: Option<Instant>,
    /// When the lead gave it the date it has now, where that is not the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redated_at: Option<Instant>,
    /// Taken back by the lead: whoever has not answered is not asked any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled_at: Option<Instant>,
}

/// An agency, or a unit inside one, that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The agency.
    pub agency: Id<Agency>,
    /// The unit that must answer; any of the agency when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id<Unit>>,
    /// The answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// In words.
    pub text: String,
    /// SHA-256 of attached files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Who answered.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
}

impl Consultation {
    /// Nobody is waited for: everybody has answered, or it was taken back.
    pub fn is_answered(&self) -> bool {
        self.recalled_at.is_some() || self.asked.iter().all(|a| a.reply.is_some())
    }
    /// Somebody has not answered although the date has passed.
    pub fn is_overdue(&self, now: Instant) -> bool {
        now > self.due_at && !self.is_answered()
    }
}
