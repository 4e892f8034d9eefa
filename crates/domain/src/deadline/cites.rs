//! What the lines of "why this date" cite: the law of the whole country, and beside it each province's own regulation.

use super::{
    line::{Fact, Line},
    pause::PauseCause,
};

const COUNTING: &str = "Bộ luật Dân sự 2015, Điều 147";
const LAST_DAY: &str = "Bộ luật Dân sự 2015, Điều 148";
const PUBLISHED: &str = "Quyết định công bố thủ tục hành chính";

/// The articles of one province for what its regulation rules itself; a field is absent where it is silent, and the line
/// then cites what holds everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cites {
    /// The receipt, from which the limit runs (CLK-03).
    pub received: Option<String>,
    /// What comes outside hours.
    pub out_of_hours: Option<String>,
    /// Which days are working days, when the calendar changes (CLK-01).
    pub working_day: Option<String>,
    /// The return for a supplement and the limit that runs again (CLK-04).
    pub supplement: Option<String>,
    /// The fee on which the work waits (FEE-03).
    pub fee: Option<String>,
    /// The suspension (FLW-08).
    pub suspension: Option<String>,
    /// The apology and its new date (CLK-05).
    pub reappointment: Option<String>,
}

impl Cites {
    /// The lines with the province's own articles.
    #[must_use]
    pub fn put(&self, mut lines: Vec<Line>) -> Vec<Line> {
        for line in &mut lines {
            if let Some(article) = self.of(&line.fact) {
                line.article.clone_from(article);
            }
        }
        lines
    }

    fn of(&self, fact: &Fact) -> Option<&String> {
        match fact {
            Fact::Received => self.received.as_ref(),
            Fact::Begins => self.out_of_hours.as_ref(),
            Fact::Recomputed { .. } => self.working_day.as_ref(),
            Fact::Restarted => self.supplement.as_ref(),
            Fact::Paused { cause, .. } | Fact::Resumed { cause, .. } => match cause {
                PauseCause::Supplement => self.supplement.as_ref(),
                PauseCause::Fee => self.fee.as_ref(),
                PauseCause::Suspension => self.suspension.as_ref(),
            },
            Fact::Reappointed { .. } => self.reappointment.as_ref(),
            Fact::Counted { .. }
            | Fact::Moved { .. }
            | Fact::SameDay { .. }
            | Fact::Due
            | Fact::NoDueDate
            | Fact::Ended => None,
        }
    }
}

/// What holds in every province: the civil code on counting, the published time limit, the state of a dossier that the
/// national portal knows.
pub(super) const fn everywhere(fact: &Fact) -> &'static str {
    match fact {
        Fact::Received | Fact::Begins | Fact::Counted { .. } => COUNTING,
        Fact::Moved { .. } | Fact::Due | Fact::Recomputed { .. } => LAST_DAY,
        Fact::SameDay { .. } | Fact::NoDueDate | Fact::Ended => PUBLISHED,
        Fact::Restarted => "Cổng Dịch vụ công quốc gia, trạng thái hồ sơ số 5",
        Fact::Paused { cause, .. } | Fact::Resumed { cause, .. } => match cause {
            PauseCause::Supplement => "Cổng Dịch vụ công quốc gia, trạng thái hồ sơ số 5",
            PauseCause::Fee => "Cổng Dịch vụ công quốc gia, trạng thái hồ sơ số 6",
            PauseCause::Suspension => "Cổng Dịch vụ công quốc gia, trạng thái hồ sơ số 8",
        },
        Fact::Reappointed { .. } => "Mẫu số 04, Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    }
}
