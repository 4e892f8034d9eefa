//! The lawful acts of which a process is made: steps are data, what may be done in each is a rule.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// What is done in a step. A process names and orders its steps freely; the kind says which commands a step allows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum StepKind { $(#[doc = $doc] $variant),+ }
        impl StepKind {
            /// Every kind, in the order of a dossier's life.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word that the data base and forms use.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// Vietnamese, English.
            pub const fn words(self) -> (&'static str, &'static str) { match self { $(Self::$variant => ($vi, $en)),+ } }
        }
    };
}

kinds! {
    Intake "intake" "Tiếp nhận" "Intake" "The Centre takes the dossier in (INT-09).";
    Assign "assign" "Phân công" "Assignment" "A head gives it to an officer (FLW-07).";
    Appraise "appraise" "Thẩm định" "Appraisal" "An officer examines it and proposes (QN 6.4).";
    Verify "verify" "Xác minh" "Verification" "An officer verifies, on site where needed (FLW-03).";
    Consult "consult" "Lấy ý kiến, phối hợp" "Consultation" "Another unit or agency gives its opinion (ILK-05).";
    Approve "approve" "Phê duyệt" "Approval" "A head decides, or passes it on to the next level (FLW-05).";
    Issue "issue" "Phát hành kết quả" "Issue" "The result is numbered, stamped and entered (RES-01).";
    Return "return" "Trả kết quả" "Return" "The Centre hands the result over (RES-02).";
}

impl StepKind {
    /// The kind of that word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.as_str() == key)
    }
    /// An officer works on the content, writes an opinion and passes it on.
    pub const fn is_work(self) -> bool {
        matches!(self, Self::Appraise | Self::Verify | Self::Consult)
    }
    /// A step inside the handling, to which a later one may send the dossier back. The counter is none: what the applicant
    /// brought was accepted there once (INT-04 has its own way back to the applicant).
    pub const fn takes_back(self) -> bool {
        self.is_work() || matches!(self, Self::Assign | Self::Approve)
    }
}
