use super::{Fault, Verified};
use crate::error::AppError;
use platform::blobs::{BlobError, Blobs, Sha256Hex};
use std::collections::BTreeSet;

/// Reads every named file once and compares it with its name.
pub async fn check(blobs: &Blobs, named: BTreeSet<String>, found: &mut Verified) -> Result<(), AppError> {
    for name in named {
        found.files += 1;
        let what = match name.parse::<Sha256Hex>() {
            Err(e) => Some(e.to_string()),
            Ok(sha256) => match blobs.verify(sha256).await {
                Ok(()) => None,
                Err(e @ (BlobError::Missing(_) | BlobError::Damaged(_))) => Some(e.to_string()),
                Err(e) => return Err(AppError::internal(e)),
            },
        };
        found.faults.extend(what.map(|what| Fault { subject: name, what }));
    }
    Ok(())
}
