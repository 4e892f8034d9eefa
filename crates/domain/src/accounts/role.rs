use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! roles {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// What an officer is appointed to do. One officer may hold several roles (STF-01).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $(#[doc = $doc] $variant),+ }

        impl Role {
            /// Every role, in the order in which screens list them.
            pub const ALL: &'static [Role] = &[$(Role::$variant),+];

            /// The key used by the command line, the API and the data base.
            pub const fn as_str(self) -> &'static str {
                match self { $(Role::$variant => $key),+ }
            }
            /// The Vietnamese name.
            pub const fn vi(self) -> &'static str {
                match self { $(Role::$variant => $vi),+ }
            }
            /// The English name.
            pub const fn en(self) -> &'static str {
                match self { $(Role::$variant => $en),+ }
            }
        }
    };
}

roles! {
    IntakeOfficer "intake_officer" "Cán bộ tiếp nhận" "Intake officer" "Takes dossiers in at a counter of the Centre (DN 13.1).";
    PostEmployee "post_employee" "Nhân viên bưu điện" "Post employee" "Takes dossiers in at the Centre for the public post (QN 9, STF-03).";
    Specialist "specialist" "Chuyên viên" "Specialist" "Appraises dossiers in a unit of an agency (QN 6.4).";
    UnitHead "unit_head" "Trưởng phòng" "Unit head" "Assigns dossiers within a unit (DN 12.2c).";
    AgencyLeader "agency_leader" "Lãnh đạo cơ quan" "Agency leader" "Approves or declines for an agency (QN 6.2).";
    Clerk "clerk" "Văn thư" "Clerk" "Numbers, stamps and issues results (VL 4.4a).";
    ReturnDesk "return_desk" "Cán bộ trả kết quả" "Return desk" "Hands results over at the Centre (QN 6.5b).";
    Cashier "cashier" "Thu phí, lệ phí" "Cashier" "Collects fees and balances the day (HUE 3.6).";
    CentreDirector "centre_director" "Giám đốc Trung tâm" "Centre director" "Directs the Centre and answers for every dossier in it.";
    CentreDeputy "centre_deputy" "Phó Giám đốc Trung tâm" "Centre deputy director" "Stands in for the director; approves what DN 9.2i names.";
    Supervisor "supervisor" "Giám sát" "Supervisor" "Watches progress and urges agencies (HUE IV.6.2).";
    ProcedureControl "procedure_control" "Kiểm soát thủ tục hành chính" "Procedure control" "Keeps the catalogue of procedures (DN 9.5).";
    AgencyAdmin "agency_admin" "Quản trị cơ quan" "Agency administrator" "Keeps the accounts of one agency (QNI 12).";
    TopAdmin "top_admin" "Quản trị cấp cao" "Top administrator" "Keeps agencies, centres and agency administrators (QNI 12).";
    ProvinceLeader "province_leader" "Lãnh đạo tỉnh" "Province leader" "Sees the province's work (DN 7.1).";
    HotlineOperator "hotline_operator" "Tổng đài viên" "Hotline operator" "Answers callers about their dossiers (LNK-06).";
    Courier "courier" "Nhân viên luân chuyển" "Courier" "Carries paper between agencies and the Centre (VL 4.2b).";
    Receptionist "receptionist" "Lễ tân" "Receptionist" "Welcomes and directs visitors (QUE-01).";
    NationalPortal "national_portal" "Cổng Dịch vụ công quốc gia" "National public service portal" "The portal's own account: by key it delivers what citizens handed in there, completes and withdraws it (LNK-01, QNI 13.4a).";
    RegisterReader "register_reader" "Khai thác cơ sở dữ liệu quốc gia" "Reader of national registers" "May ask the national population and enterprise registers, with a purpose that is logged: a right apart from all others (ADM-02, QNI 12.2).";
    Volunteer "volunteer" "Tình nguyện viên" "Volunteer" "Helps visitors at kiosks (QN 6.8d).";
}

impl Role {
    /// Takes dossiers in at the Centre (INT-09).
    pub const fn takes_in(self) -> bool {
        matches!(self, Role::IntakeOfficer | Role::PostEmployee)
    }
    /// Stands at a desk of the Centre before citizens, so that an absence leaves it empty (STF-02).
    pub const fn serves_at_a_desk(self) -> bool {
        self.takes_in() || matches!(self, Role::ReturnDesk | Role::Cashier)
    }
    /// Keeps the working calendar of the province (CLK-01).
    pub const fn keeps_the_calendar(self) -> bool {
        matches!(self, Role::TopAdmin | Role::ProcedureControl)
    }
    /// Works at a counter or desk of a centre, so the account has a post there.
    pub const fn works_at_centre(self) -> bool {
        matches!(
            self,
            Role::IntakeOfficer
                | Role::PostEmployee
                | Role::ReturnDesk
                | Role::Cashier
                | Role::CentreDirector
                | Role::CentreDeputy
                | Role::Supervisor
                | Role::Courier
                | Role::Receptionist
                | Role::Volunteer
        )
    }
    /// Handles dossiers inside its agency and therefore reads those in which the agency takes or took part.
    pub const fn works_in_agency(self) -> bool {
        matches!(self, Role::Specialist | Role::UnitHead | Role::AgencyLeader | Role::Clerk)
    }
    /// Reads every dossier of the province (RPT-02, TRK-03).
    pub const fn reads_province(self) -> bool {
        matches!(
            self,
            Role::CentreDirector
                | Role::CentreDeputy
                | Role::Supervisor
                | Role::ProcedureControl
                | Role::ProvinceLeader
                | Role::HotlineOperator
        )
    }
    /// Must sign in with a second factor (ADM-03): administrators and leaders.
    pub const fn needs_second_factor(self) -> bool {
        matches!(
            self,
            Role::TopAdmin
                | Role::AgencyAdmin
                | Role::AgencyLeader
                | Role::CentreDirector
                | Role::CentreDeputy
                | Role::ProvinceLeader
        )
    }
    /// Whether a holder of `self` may give or take away `other` (ADM-01): the top administrator gives all,
    /// an agency administrator gives only the roles of daily work in the own agency.
    pub const fn may_grant(self, other: Role) -> bool {
        match self {
            Role::TopAdmin => true,
            Role::AgencyAdmin => matches!(
                other,
                Role::Specialist
                    | Role::UnitHead
                    | Role::AgencyLeader
                    | Role::Clerk
                    | Role::IntakeOfficer
                    | Role::PostEmployee
                    | Role::ReturnDesk
                    | Role::Cashier
                    | Role::Courier
            ),
            _ => false,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no role.
#[derive(Debug, thiserror::Error)]
#[error("unknown role `{0}`; known are: {known}", known = Role::ALL.iter().map(|r| r.as_str()).collect::<Vec<_>>().join(" "))]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Role::ALL.iter().copied().find(|r| r.as_str() == s).ok_or_else(|| UnknownRole(s.to_owned()))
    }
}
