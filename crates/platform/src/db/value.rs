//! Parameters of a statement.

/// One parameter, owned, so that a unit of work can travel to the writer's thread.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL `NULL` of whatever type the statement asks for.
    Null,
    /// `BIGINT`, `INTEGER` or `SMALLINT`.
    Int(i64),
    /// `DOUBLE PRECISION`.
    Real(f64),
    /// `TEXT`.
    Text(String),
    /// `TEXT` that SQLite keeps shorter: [`packed`](super::packed).
    Packed(String),
    /// `BOOLEAN`.
    Bool(bool),
    /// `BYTEA`, the one type name for bytes that both engines take.
    Bytes(Vec<u8>),
    /// The members of an integer list, for `{in $1}`.
    Ints(Vec<i64>),
    /// The members of a text list, for `{in $1}`.
    Texts(Vec<String>),
}

impl Value {
    /// The kind without the content, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Int(_) => "an integer",
            Self::Real(_) => "a floating number",
            Self::Text(_) | Self::Packed(_) => "text",
            Self::Bool(_) => "a boolean",
            Self::Bytes(_) => "bytes",
            Self::Ints(_) => "a list of integers",
            Self::Texts(_) => "a list of texts",
        }
    }
}

macro_rules! value_from {
    ($($source:ty => |$it:ident| $make:expr),+ $(,)?) => {
        $(impl From<$source> for Value {
            fn from($it: $source) -> Self {
                $make
            }
        })+
    };
}
value_from! {
    i64 => |v| Self::Int(v),
    i32 => |v| Self::Int(v.into()),
    i16 => |v| Self::Int(v.into()),
    i8 => |v| Self::Int(v.into()),
    u32 => |v| Self::Int(v.into()),
    u16 => |v| Self::Int(v.into()),
    u8 => |v| Self::Int(v.into()),
    f64 => |v| Self::Real(v),
    bool => |v| Self::Bool(v),
    String => |v| Self::Text(v),
    &str => |v| Self::Text(v.to_owned()),
    &String => |v| Self::Text(v.clone()),
    std::borrow::Cow<'_, str> => |v| Self::Text(v.into_owned()),
    Vec<u8> => |v| Self::Bytes(v),
    &[u8] => |v| Self::Bytes(v.to_vec()),
    Vec<i64> => |v| Self::Ints(v),
    Vec<String> => |v| Self::Texts(v),
    &Value => |v| v.clone(),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The parameters `$1…$n` of a statement: `params![dossier.raw(), "name", None::<i64>]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::db::Value::from($value)),*] as &[$crate::db::Value]
    };
}
pub use params;
