//! Between rows and types.

use std::str::FromStr;

use basics::{Id, Language, Phi, Timestamp};
use rusqlite::{Result, Row, types::Type};
use serde::de::DeserializeOwned;

use super::patients::Page;
use crate::{access::Role, error::ClinicError};

pub(crate) fn id<K>(row: &Row<'_>, at: usize) -> Result<Id<K>> {
    row.get(at).map(Id::from_bytes)
}

pub(crate) fn optional_id<K>(row: &Row<'_>, at: usize) -> Result<Option<Id<K>>> {
    row.get::<_, Option<[u8; 16]>>(at)
        .map(|id| id.map(Id::from_bytes))
}

pub(crate) fn phi(row: &Row<'_>, at: usize) -> Result<Phi<String>> {
    row.get(at).map(Phi::new)
}

pub(crate) fn optional_phi(row: &Row<'_>, at: usize) -> Result<Option<Phi<String>>> {
    row.get::<_, Option<String>>(at)
        .map(|text| text.map(Phi::new))
}

pub(crate) fn moment(row: &Row<'_>, at: usize) -> Result<Timestamp> {
    Timestamp::from_millisecond(row.get(at)?).map_err(|error| wrong(at, Type::Integer, error))
}

pub(crate) fn optional_moment(row: &Row<'_>, at: usize) -> Result<Option<Timestamp>> {
    match row.get::<_, Option<i64>>(at)? {
        None => Ok(None),
        Some(_) => moment(row, at).map(Some),
    }
}

pub(crate) fn language(row: &Row<'_>, at: usize) -> Result<Language> {
    let tag = row.get_ref(at)?.as_str()?;
    Language::from_tag(tag).ok_or_else(|| wrong(at, Type::Text, "language"))
}

/// A number of bytes, or another that counts from 0.
pub(crate) fn size(row: &Row<'_>, at: usize) -> Result<u64> {
    let size: i64 = row.get(at)?;
    u64::try_from(size).map_err(|error| wrong(at, Type::Integer, error))
}

pub(crate) fn role(row: &Row<'_>, at: usize) -> Result<Role> {
    let key: String = row.get(at)?;
    Role::from_key(&key).ok_or_else(|| wrong(at, Type::Text, "role"))
}

pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<T> {
    let text = row.get_ref(at)?.as_str()?;
    serde_json::from_str(text).map_err(|error| wrong(at, Type::Text, error))
}

pub(crate) fn optional_json<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<Option<T>> {
    match row.get_ref(at)?.as_str_or_null()? {
        None => Ok(None),
        Some(_) => json(row, at).map(Some),
    }
}

/// A column that does not hold what this program writes: the record is damaged.
pub(crate) fn wrong(
    at: usize,
    kind: Type,
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, kind, error.into())
}

/// The words of an enum whose serde form is a plain string.
pub(crate) fn key_of(value: &impl serde::Serialize) -> crate::error::Result<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(key) => Ok(key),
        _ => Err(ClinicError::Internal("not a key")),
    }
}

/// The enum of such a string.
pub(crate) fn from_key<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<T> {
    let key: String = row.get(at)?;
    serde_json::from_value(key.into()).map_err(|error| wrong(at, Type::Text, error))
}

/// A number inside a cursor.
pub(crate) fn number<T: FromStr>(field: &'static str, text: &str) -> crate::error::Result<T> {
    text.parse().map_err(|_| ClinicError::Invalid {
        field,
        rule: "cursor",
    })
}

/// Cuts the one row too many that says that there is a next page.
pub(crate) fn page<T>(mut rows: Vec<T>, limit: u32, cursor: impl Fn(&T) -> String) -> Page<T> {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = if more { rows.last().map(cursor) } else { None };
    Page { rows, next }
}
