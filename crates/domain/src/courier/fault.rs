/// Why paper cannot be handed over or received as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CourierFault {
    /// Nothing was chosen.
    Nothing,
    /// More than one set of minutes holds.
    TooMany {
        /// How many it holds.
        most: usize,
    },
    /// It lies elsewhere.
    NotHere {
        /// The dossier.
        code: String,
        /// Where it is.
        place: String,
    },
    /// Other minutes have it.
    OnTheWay {
        /// The dossier.
        code: String,
        /// Their number.
        minutes: String,
    },
    /// It is where it is to go.
    SamePlace,
    /// Nobody signs for both sides (VL 4.2b).
    BothSides,
    /// The other side counts, not the one that gave.
    NotTheReceiver,
    /// Something is missing and nobody says what.
    NoRemark,
}

impl CourierFault {
    /// The field to blame.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::SamePlace => "to",
            Self::NoRemark => "remarks",
            _ => "dossiers",
        }
    }
    /// The rule's name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Nothing => "courier.nothing",
            Self::TooMany { .. } => "courier.too_many",
            Self::NotHere { .. } => "courier.not_here",
            Self::OnTheWay { .. } => "courier.on_the_way",
            Self::SamePlace => "courier.same_place",
            Self::BothSides => "courier.both_sides",
            Self::NotTheReceiver => "courier.not_the_receiver",
            Self::NoRemark => "courier.no_remark",
        }
    }
    /// Vietnamese, English: what is wrong and what can be done.
    pub fn words(&self) -> (String, String) {
        let said = |vi: &str, en: &str| (vi.to_owned(), en.to_owned());
        match self {
            Self::Nothing => said("Xin chọn ít nhất một hồ sơ để giao.", "Choose at least one dossier to hand over."),
            Self::TooMany { most } => (
                format!("Một biên bản ghi nhiều nhất {most} hồ sơ. Xin lập thêm biên bản cho phần còn lại."),
                format!("One set of minutes holds {most} dossiers. Draw up another for the rest."),
            ),
            Self::NotHere { code, place } => (
                format!("Giấy tờ của hồ sơ {code} đang ở {place}, không ở đây. Xin kiểm tra lại mã hồ sơ."),
                format!("The papers of {code} are at {place}, not here. Check the code."),
            ),
            Self::OnTheWay { code, minutes } => (
                format!("Hồ sơ {code} đã ghi trong biên bản {minutes}, đang chờ bên kia nhận."),
                format!("{code} is in minutes {minutes} already, awaiting the other side."),
            ),
            Self::SamePlace => said("Xin chọn nơi nhận khác nơi giao.", "Choose another place than this one."),
            Self::BothSides => said(
                "Người giao không được ký nhận thay bên nhận. Xin để cán bộ khác kiểm đếm và ký nhận.",
                "Whoever gave cannot sign for the receiver. Another officer counts and signs.",
            ),
            Self::NotTheReceiver => said(
                "Biên bản này do nơi khác nhận. Xin liên hệ nơi nhận ghi trên biên bản.",
                "Another place receives these. Contact the receiver named in the minutes.",
            ),
            Self::NoRemark => said(
                "Có hồ sơ không nhận được: xin ghi rõ thiếu gì, tình trạng ra sao.",
                "Something was not received: say what is missing or damaged.",
            ),
        }
    }
}
