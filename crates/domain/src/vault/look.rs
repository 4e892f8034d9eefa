//! Who looks into somebody's store or asks a national register about somebody, and for what (STO-02, ADM-02, SEC-01).

use crate::accounts::{Role, Who};

macro_rules! looks {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// What somebody did with the data of a person, as it is told to that person.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Look { $(#[doc = $doc] $variant),+ }

        impl Look {
            /// Every way.
            pub const ALL: &'static [Look] = &[$(Look::$variant),+];
            /// The key used by the data base.
            pub const fn key(self) -> &'static str {
                match self { $(Look::$variant => $key),+ }
            }
            /// In both languages.
            pub const fn words(self) -> (&'static str, &'static str) {
                match self { $(Look::$variant => ($vi, $en)),+ }
            }
            /// The way of that key.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|l| l.key() == key)
            }
        }
    };
}

looks! {
    List "list" "Xem danh sách giấy tờ trong kho" "Saw the list of papers" "The papers of a store, without their content.";
    File "file" "Mở giấy tờ trong kho" "Opened a paper" "A file of a paper.";
    Reuse "reuse" "Lấy giấy tờ từ kho vào hồ sơ" "Took a paper into a dossier" "A paper was used again for a dossier (INT-14).";
    Shared "shared" "Người có liên kết chia sẻ đã mở" "Opened by who has the link" "Somebody with a link that the owner gave.";
    Describe "describe" "Ghi thông tin của giấy tờ" "Described a paper" "The metadata of a digitised paper were written down (RES-06).";
    Mandate "mandate" "Đối chiếu người đại diện" "Checked a representative" "An officer opened a request to represent an organisation.";
    OnBehalf "on_behalf" "Người làm thay đã mở kho" "Opened by who acts for the owner" "Somebody with a mandate opened the store of the organisation.";
    Request "request" "Xử lý yêu cầu về dữ liệu cá nhân" "Handled a request about personal data" "A request to correct or to give a copy of personal data was opened.";
    Register "register" "Xem cơ sở dữ liệu doanh nghiệp của tỉnh" "Read the province's register of enterprises" "An entry of the register that is built from dossiers was opened (STO-03).";
    Population "population" "Tra cứu Cơ sở dữ liệu quốc gia về dân cư" "Asked the population register" "The national population register (LNK-02).";
    Enterprise "enterprise" "Tra cứu Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp" "Asked the enterprise register" "The national enterprise register (LNK-02).";
}

/// Why an officer looks, in words that the person will read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose(String);

/// Too short to say anything, or too long to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Xin ghi rõ mục đích, ít nhất {least} ký tự; người dân đọc được dòng này. Ví dụ: đối chiếu giấy tờ hồ sơ H49.24-261117-0008.", least = Purpose::LEAST)]
pub struct NotAPurpose;

impl NotAPurpose {
    /// The same in English.
    pub const fn en(self) -> &'static str {
        "Say clearly what for, in 10 letters or more; the person will read it. For example: comparing papers of dossier H49.24-261117-0008."
    }
}

impl Purpose {
    /// Letters at least.
    pub const LEAST: usize = 10;
    /// Letters at most.
    pub const MOST: usize = 300;

    /// Reads what an officer typed; runs of blanks become one.
    pub fn parse(text: &str) -> Result<Self, NotAPurpose> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if (Self::LEAST..=Self::MOST).contains(&length) { Ok(Self(text)) } else { Err(NotAPurpose) }
    }
    /// The purpose of a step of the work, where nobody has to type it; a long name is cut.
    pub fn of_work(text: &str) -> Self {
        Self(text.chars().take(Self::MOST).collect())
    }
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How long a logged look at somebody's store lets the same officer open files of it, in milliseconds: long enough to compare
/// papers at a counter, short enough that the next person has a purpose of their own.
const OPENS_FOR_MS: i64 = 30 * 60_000;

/// Until when a look that was logged at `at_ms` opens files.
pub const fn opens_files_until(at_ms: i64) -> i64 {
    at_ms + OPENS_FOR_MS
}

impl Who {
    /// May look into a person's store, with a purpose (STO-02): those who take dossiers in or handle them.
    pub fn looks_into_stores(&self) -> bool {
        self.any(|r| r.takes_in() || r.works_in_agency())
    }
    /// May ask the national registers about a person or an enterprise (ADM-02): a right of its own, which no other role brings.
    pub fn asks_registers(&self) -> bool {
        self.is(Role::RegisterReader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{accounts::Bound, id::Id};

    fn who(role: Role) -> Who {
        Who {
            officer: Id::new(1),
            agency: Id::new(2),
            unit: Id::new(3),
            centre: None,
            roles: vec![role],
            bound: Bound::default(),
        }
    }

    #[test]
    fn sto_02_a_purpose_says_something_and_is_kept_in_one_line() {
        assert_eq!(Purpose::parse("  đối chiếu \n giấy tờ ").unwrap().as_str(), "đối chiếu giấy tờ");
        assert_eq!(Purpose::parse("xem"), Err(NotAPurpose));
        assert_eq!(Purpose::parse(&"a".repeat(Purpose::MOST + 1)), Err(NotAPurpose));
        assert_eq!(Purpose::of_work(&"a".repeat(999)).as_str().len(), Purpose::MOST);
    }

    #[test]
    fn adm_02_only_its_own_role_asks_the_registers_and_only_those_at_work_look_into_stores() {
        for &role in Role::ALL {
            assert_eq!(who(role).asks_registers(), role == Role::RegisterReader, "{role}");
            assert_eq!(who(role).looks_into_stores(), role.takes_in() || role.works_in_agency(), "{role}");
        }
    }

    #[test]
    fn every_look_has_a_key_of_its_own() {
        for look in Look::ALL {
            assert_eq!(Look::from_key(look.key()), Some(*look));
        }
        assert_eq!(Look::from_key("x"), None);
    }
}
