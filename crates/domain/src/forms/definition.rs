//! The definition of a form as it is kept, carried in files and edited on pages.

use super::{Case, When};
use serde::{Deserialize, Serialize};

/// A form in one version. Its code is the procedure's code and the form's symbol (seed 003, Điều 16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// National code of the procedure that it belongs to.
    pub procedure: String,
    /// Symbol of the form within the procedure: `TK`, `CT01`.
    pub symbol: String,
    /// Title as the paper form prints it.
    pub title: String,
    /// The paper form that it equals, with the document that issued it.
    #[serde(default)]
    pub basis: String,
    /// “Kính gửi”; empty where the paper has no such line.
    #[serde(default)]
    pub addressed_to: String,
    /// Words in the name of a published paper for which the filled form stands.
    #[serde(default)]
    pub stands_for: Vec<String>,
    /// What the signer declares, below the answers.
    #[serde(default)]
    pub declaration: String,
    /// Who signs: “Người yêu cầu”.
    #[serde(default)]
    pub signer: String,
    /// Who else says something and signs on the paper: “Ý kiến của chủ hộ”.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_sign: Vec<String>,
    /// How the paper counts.
    #[serde(default)]
    pub layout: Layout,
    /// What is asked, part by part.
    pub sections: Vec<Section>,
    /// Trials that must come out as they say before the form may be published.
    #[serde(default)]
    pub cases: Vec<Case>,
}

/// How the paper form counts what it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Parts with Roman numbers, questions counted through them: where no paper form says otherwise.
    #[default]
    Parts,
    /// Questions counted through, no headings (CT01 of residence).
    Questions,
    /// Parts counted, their questions after a dash (Mẫu số 01 of construction permits).
    PartsOnly,
    /// Nothing counted (civil status).
    Plain,
}

impl Layout {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Parts, Self::Questions, Self::PartsOnly, Self::Plain];
    /// The key in files and on pages.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Parts => "parts",
            Self::Questions => "questions",
            Self::PartsOnly => "parts_only",
            Self::Plain => "plain",
        }
    }
    /// Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Parts => ("Đánh số cả phần và mục", "Parts and questions numbered"),
            Self::Questions => ("Chỉ đánh số mục, không có tên phần", "Only questions numbered, no headings"),
            Self::PartsOnly => ("Chỉ đánh số phần", "Only parts numbered"),
            Self::Plain => ("Không đánh số", "Nothing numbered"),
        }
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.key() == key)
    }
}

/// A part of a form under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Help below the heading; may be empty.
    #[serde(default)]
    pub help: String,
    /// What the paper says before its questions in place of the heading; empty: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// Only asked when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name in the answers: small letters, digits and `_`; unique in the form, and in its group.
    pub key: String,
    /// The question, as the paper asks it.
    pub label: String,
    /// An example or a short help below the field.
    #[serde(default)]
    pub hint: String,
    /// What kind of answer.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Must be answered when it is asked.
    #[serde(default)]
    pub required: bool,
    /// Only asked when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Must be answered when this holds, though it is always asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<When>,
    /// Filled from what is known of the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<Fill>,
    /// Where it stands on paper.
    #[serde(default)]
    pub place: Place,
}

/// Where a question stands on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// On a line of its own, counted where the paper counts.
    #[default]
    Own,
    /// On the line of the one before it.
    Beside,
    /// On a line of its own, as a part of the one before it: not counted.
    Below,
    /// Only on the screen: the paper form does not ask it.
    Nowhere,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 4] = [Self::Own, Self::Beside, Self::Below, Self::Nowhere];
    /// The key in files and on pages.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Beside => "beside",
            Self::Below => "below",
            Self::Nowhere => "nowhere",
        }
    }
    /// Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Own => ("Dòng riêng", "A line of its own"),
            Self::Beside => ("Cùng dòng với mục trước", "On the line of the one before"),
            Self::Below => ("Dòng riêng, không đánh số", "A line of its own, not counted"),
            Self::Nowhere => ("Không in", "Not printed"),
        }
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.key() == key)
    }
}

/// A kind of answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Words; `lines` for several lines.
    Text {
        /// Most characters.
        max: u32,
        /// Several lines.
        #[serde(default)]
        lines: bool,
    },
    /// Personal identification number, 12 digits.
    CitizenId,
    /// Tax or enterprise code with its check digit.
    TaxCode,
    /// Telephone number.
    Phone,
    /// A day, typed dd/MM/yyyy.
    Date {
        /// Not after today.
        #[serde(default)]
        past: bool,
    },
    /// An amount in đồng.
    Money,
    /// A number.
    Number {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
        /// Digits after the comma, at most 3.
        #[serde(default)]
        decimals: u8,
        /// Unit, such as `m²`; may be empty.
        #[serde(default)]
        unit: String,
    },
    /// One of several.
    Choice {
        /// What can be chosen.
        options: Vec<Opt>,
    },
    /// Yes or no.
    YesNo,
    /// An address of two levels: province and commune, and the line before them.
    Address,
    /// Files.
    File,
    /// Fields that repeat.
    Group {
        /// Rows at least.
        min: u32,
        /// Rows at most.
        max: u32,
        /// What a row is called: “Thành viên”.
        item: String,
        /// Fields of a row; no group among them.
        fields: Vec<Field>,
    },
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opt {
    /// Key in the answers.
    pub key: String,
    /// Words.
    pub label: String,
}

/// From where a field is filled before the applicant types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// Full name.
    ApplicantName,
    /// Identity number, tax code or passport.
    ApplicantIdentity,
    /// Telephone.
    ApplicantPhone,
    /// E-mail.
    ApplicantEmail,
    /// Address as one line.
    ApplicantAddress,
}

impl Fill {
    /// Every source.
    pub const ALL: [Self; 5] = [
        Self::ApplicantName,
        Self::ApplicantIdentity,
        Self::ApplicantPhone,
        Self::ApplicantEmail,
        Self::ApplicantAddress,
    ];
    /// The key in files and on pages.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ApplicantName => "applicant_name",
            Self::ApplicantIdentity => "applicant_identity",
            Self::ApplicantPhone => "applicant_phone",
            Self::ApplicantEmail => "applicant_email",
            Self::ApplicantAddress => "applicant_address",
        }
    }
    /// Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::ApplicantName => ("Họ và tên người nộp", "Applicant's name"),
            Self::ApplicantIdentity => ("Số định danh người nộp", "Applicant's identity number"),
            Self::ApplicantPhone => ("Điện thoại người nộp", "Applicant's telephone"),
            Self::ApplicantEmail => ("Thư điện tử người nộp", "Applicant's e-mail"),
            Self::ApplicantAddress => ("Địa chỉ người nộp", "Applicant's address"),
        }
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.key() == key)
    }
}

impl Form {
    /// `1.001193.TK`: by which the form is known everywhere.
    pub fn code(&self) -> String {
        format!("{}.{}", self.procedure, self.symbol)
    }
    /// Every field outside groups, in order, with the condition of its section.
    pub fn fields(&self) -> impl Iterator<Item = (Option<&When>, &Field)> {
        self.sections.iter().flat_map(|s| s.fields.iter().map(move |f| (s.when.as_ref(), f)))
    }
    /// The field of this key outside groups.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().map(|(_, f)| f).find(|f| f.key == key)
    }
    /// Whether the filled form stands for a published paper of this name.
    pub fn is_the_paper(&self, name: &str) -> bool {
        let name = crate::text::fold(name);
        self.stands_for.iter().map(|w| crate::text::fold(w)).any(|w| !w.is_empty() && name.contains(&w))
    }
    /// Whether something is to be uploaded.
    pub fn asks_files(&self) -> bool {
        self.fields().any(|(_, f)| match &f.kind {
            Kind::Group { fields, .. } => fields.iter().any(|f| f.kind == Kind::File),
            kind => *kind == Kind::File,
        })
    }
}

impl Kind {
    /// The keys of the kinds, in the order in which pages offer them.
    pub const KEYS: [&'static str; 12] = [
        "text",
        "citizen_id",
        "tax_code",
        "phone",
        "date",
        "money",
        "number",
        "choice",
        "yes_no",
        "address",
        "file",
        "group",
    ];
    /// Its key.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::CitizenId => "citizen_id",
            Self::TaxCode => "tax_code",
            Self::Phone => "phone",
            Self::Date { .. } => "date",
            Self::Money => "money",
            Self::Number { .. } => "number",
            Self::Choice { .. } => "choice",
            Self::YesNo => "yes_no",
            Self::Address => "address",
            Self::File => "file",
            Self::Group { .. } => "group",
        }
    }
    /// Vietnamese and English words of a key.
    pub fn words_of(key: &str) -> (&'static str, &'static str) {
        match key {
            "text" => ("Chữ", "Text"),
            "citizen_id" => ("Số định danh cá nhân (12 số)", "Citizen number (12 digits)"),
            "tax_code" => ("Mã số thuế", "Tax code"),
            "phone" => ("Số điện thoại", "Telephone number"),
            "date" => ("Ngày", "Date"),
            "money" => ("Số tiền (đồng)", "Money (đồng)"),
            "number" => ("Số", "Number"),
            "choice" => ("Chọn một", "One of several"),
            "yes_no" => ("Có hoặc không", "Yes or no"),
            "address" => ("Địa chỉ hai cấp", "Address of two levels"),
            "file" => ("Tệp", "File"),
            _ => ("Nhóm lặp lại", "Repeating group"),
        }
    }
}
