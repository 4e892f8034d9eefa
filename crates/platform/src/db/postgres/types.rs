//! Values to and from the wire.

use crate::db::Value;
use crate::db::row::Cell;
use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use std::error::Error;

type Boxed = Box<dyn Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Boxed> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(v) => int(*v, ty, out),
            Self::Real(v) if *ty == Type::FLOAT8 => v.to_sql(ty, out),
            Self::Text(v) | Self::Packed(v) if <&str as ToSql>::accepts(ty) => v.as_str().to_sql(ty, out),
            Self::Bool(v) if *ty == Type::BOOL => v.to_sql(ty, out),
            Self::Bytes(v) if *ty == Type::BYTEA => v.as_slice().to_sql(ty, out),
            Self::Ints(v) if *ty == Type::INT8_ARRAY => v.to_sql(ty, out),
            Self::Texts(v) if *ty == Type::TEXT_ARRAY => v.to_sql(ty, out),
            other => Err(format!("the statement wants {ty}, the parameter is {}", other.kind()).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true // decided by value above, with a message that says what was wanted
    }

    to_sql_checked!();
}

fn int(value: i64, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Boxed> {
    match *ty {
        Type::INT8 => value.to_sql(ty, out),
        Type::INT4 => i32::try_from(value)?.to_sql(ty, out),
        Type::INT2 => i16::try_from(value)?.to_sql(ty, out),
        _ => Err(format!("the statement wants {ty}, the parameter is an integer").into()),
    }
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Boxed> {
        match *ty {
            Type::INT8 => i64::from_sql(ty, raw).map(Cell::Int),
            Type::INT4 => i32::from_sql(ty, raw).map(|v| Cell::Int(v.into())),
            Type::INT2 => i16::from_sql(ty, raw).map(|v| Cell::Int(v.into())),
            Type::FLOAT8 => f64::from_sql(ty, raw).map(Cell::Real),
            Type::BOOL => bool::from_sql(ty, raw).map(Cell::Bool),
            Type::BYTEA => <&[u8]>::from_sql(ty, raw).map(Cell::Bytes),
            _ if <&str as FromSql>::accepts(ty) => <&str>::from_sql(ty, raw).map(Cell::Text),
            _ => Err(format!("{ty} is not portable: CAST it to BIGINT, DOUBLE PRECISION or TEXT").into()),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Boxed> {
        Ok(Cell::Null)
    }

    fn accepts(_: &Type) -> bool {
        true // as above
    }
}

pub(in crate::db) fn cell(row: &postgres::Row, index: usize) -> Result<Cell<'_>, String> {
    use std::error::Error as _;
    row.try_get(index).map_err(|e| e.source().map_or_else(|| e.to_string(), ToString::to_string))
}
