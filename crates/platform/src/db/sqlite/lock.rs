//! One process writes.

use crate::db::DbError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Held as long as this process may write; the operating system lets go of it even when the process is killed.
pub(super) struct WriteLock {
    file: File,
}

impl WriteLock {
    /// Takes the lock beside the data base, or says who has it. Without it a second process would starve
    /// behind the first one's writer (seen: 1 commit against 27,127) and the order of lanes would mean nothing.
    pub(super) fn take(database: &Path) -> Result<Self, DbError> {
        let path = lock_path(database);
        let failed = |e: std::io::Error| DbError::Setup(format!("cannot lock {}: {e}", path.display()));
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let read = file.read_to_string(&mut holder);
                let holder = read.ok().map(|_| holder.trim().to_owned()).filter(|pid| !pid.is_empty());
                return Err(DbError::Locked { path: database.to_owned(), holder });
            }
            Err(TryLockError::Error(e)) => return Err(failed(e)),
        }
        file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(failed)?;
        Ok(Self { file })
    }
}

impl Drop for WriteLock {
    /// Let go by name, not only by closing: a program that is being started from this process at this moment
    /// holds a copy of the file until it has begun.
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "the write lock was not given back");
        }
    }
}

fn lock_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}
