//! One file on its way in: to disk first, then looked into, then noted; a row never names a file that is not there.

use super::refused::refused;
use crate::{
    app::App,
    dossier::store::{self, FileRow},
    error::{AppError, FieldError},
};
use axum::extract::multipart::Field;
use domain::accounts::Who;
use platform::{
    blobs::{Blob, Blobs, PutError, Sha256Hex},
    clamd::{self, Verdict},
    file_kind::{FileKind, InspectError, Inspected, RefusedFile, inspect_named},
};
use std::io::{self, Read, Seek, SeekFrom};
use tokio::runtime::Handle;

/// A file that was not taken in: for the reader, or a fault.
pub enum Faulty {
    Field(FieldError),
    Fault(AppError),
}

impl From<Faulty> for AppError {
    fn from(f: Faulty) -> Self {
        match f {
            Faulty::Field(e) => Self::Fields(vec![e]),
            Faulty::Fault(e) => e,
        }
    }
}

/// Takes one file in and notes that this officer sent it. `name` is the form's field.
pub async fn take_in(app: &App, who: &Who, name: &str, field: Field<'_>) -> Result<(i64, FileRow), Faulty> {
    let row = receive(app, name, field).await?;
    let id = app.ids.next().map_err(|e| Faulty::Fault(e.into()))?;
    let (kept, who, at) = (row.clone(), who.clone(), app.machine.now());
    let noted = app.db.unit(move |unit| Ok::<_, AppError>(store::insert_upload(unit, id, &kept, &who, at)?)).await;
    noted.map_err(Faulty::Fault)?;
    Ok((id, row))
}

/// Puts one file on disk and looks into it; nothing names it yet.
pub async fn receive(app: &App, name: &str, field: Field<'_>) -> Result<FileRow, Faulty> {
    let file_name: String = field.file_name().unwrap_or_default().chars().take(250).collect();
    let max = app.config.uploads.max_bytes;
    let blob = app.blobs.put_stream(field, max).await.map_err(|e| not_put(name, &file_name, e))?;
    accept(app, name, &file_name, blob).await
}

/// Looks into a file that lies in the store under no name yet, and has it scanned: what it is, or why it is not taken.
pub async fn accept(app: &App, field: &str, file_name: &str, blob: Blob) -> Result<FileRow, Faulty> {
    let not_taken = |why| Faulty::Field(refused(field, file_name, why));
    let found = look(app, blob, file_name.to_owned()).await;
    let found = found.map_err(|e| match e {
        InspectError::Refused(why) => not_taken(why),
        InspectError::Io(e) => Faulty::Fault(AppError::internal(e)),
    })?;
    if found.kind == FileKind::Heic {
        return Err(not_taken(RefusedFile::Heic));
    }
    scan(app, blob, not_taken).await?;
    Ok(FileRow {
        sha256: blob.sha256.to_string(),
        name: platform::download::safe_name(file_name, found.kind),
        kind: found.kind.extension().to_owned(),
        size: i64::try_from(blob.size).unwrap_or(i64::MAX),
        pages: found.pages.map(i64::from),
    })
}

/// Where a virus scanner is configured, its word is needed: without an answer the file is not taken in.
async fn scan(app: &App, blob: Blob, not_taken: impl Fn(RefusedFile) -> Faulty) -> Result<(), Faulty> {
    let Some(address) = app.config.uploads.clamd.as_deref() else { return Ok(()) };
    let pieces = app.blobs.stream(blob.sha256).await.map_err(|e| Faulty::Fault(AppError::internal(e)))?;
    match clamd::scan(address, pieces).await {
        Ok(Verdict::Clean) => Ok(()),
        Ok(Verdict::Infected(what)) => {
            tracing::warn!(sha256 = %blob.sha256, what, "an infected file was refused");
            Err(not_taken(RefusedFile::Infected))
        }
        Ok(Verdict::TooLong) => {
            Err(Faulty::Fault(AppError::Busy("the virus scanner takes no file of this size".into())))
        }
        Err(e) => Err(Faulty::Fault(AppError::Busy(e.to_string()))),
    }
}

/// Why a file did not reach the store, beside the field in which it came.
pub fn not_put(field: &str, name: &str, e: PutError) -> Faulty {
    let wrong = |code, vi: String, en: String| {
        Faulty::Field(FieldError::new(field, code, format!("{name}: {vi}"), format!("{name}: {en}")))
    };
    match e {
        PutError::TooLong { max_bytes } => {
            let most = super::limit_text(max_bytes);
            let vi = format!("tệp lớn hơn {most}. Xin quét lại ở độ phân giải thấp hơn.");
            wrong("file.too_long", vi, format!("the file is larger than {most}. Scan again at a lower resolution."))
        }
        PutError::Empty => Faulty::Field(refused(field, name, RefusedFile::Empty)),
        PutError::BrokenOff(_) => wrong(
            "file.broken_off",
            "đường truyền bị ngắt. Xin gửi lại tệp.".into(),
            "the line broke off. Send the file again.".into(),
        ),
        PutError::NoSpace => Faulty::Fault(AppError::Busy("no space left in the file store".into())),
        PutError::Io(e) => Faulty::Fault(AppError::internal(e)),
    }
}

async fn look(app: &App, Blob { sha256, size }: Blob, name: String) -> Result<Inspected, InspectError> {
    let blobs = app.blobs.clone();
    let runtime = Handle::current();
    let looked = tokio::task::spawn_blocking(move || {
        let mut stored = Stored { blobs, sha256, size, at: 0, runtime, piece: (0, bytes::Bytes::new()) };
        inspect_named(&mut stored, &name)
    });
    looked.await.unwrap_or_else(|e| Err(io::Error::other(e).into()))
}

/// A stored file read by pieces, wherever the store keeps it.
struct Stored {
    blobs: Blobs,
    sha256: Sha256Hex,
    size: u64,
    at: u64,
    runtime: Handle,
    /// The last piece and where it begins.
    piece: (u64, bytes::Bytes),
}

const PIECE: u64 = 256 * 1024;

impl Read for Stored {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size {
            return Ok(0);
        }
        let (from, held) = (self.piece.0, self.piece.1.len() as u64);
        if self.at < from || self.at >= from + held {
            let range = self.at..self.size.min(self.at + PIECE);
            let read = self.runtime.block_on(self.blobs.get_range(self.sha256, range));
            self.piece = (self.at, read.map_err(io::Error::other)?);
        }
        let start = usize::try_from(self.at - self.piece.0).map_err(io::Error::other)?;
        let rest = &self.piece.1[start..];
        let n = rest.len().min(into.len());
        into[..n].copy_from_slice(&rest[..n]);
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Stored {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::End(n) => self.size.checked_add_signed(n),
            SeekFrom::Current(n) => self.at.checked_add_signed(n),
        };
        self.at = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
