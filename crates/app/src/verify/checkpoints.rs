//! Is what stands here what was signed? Check-points are followed from the first to the newest.

use super::{Fault, Verified};
use crate::{
    checkpoints::{self, Body, Remembered, Row, Rows, Span},
    error::AppError,
};
use platform::{
    db::{Db, DbError, Reader},
    ids::first_id_at,
    secret_key::SecretKey,
};

/// What the check-points are held against, besides each other.
#[derive(Default)]
pub struct Against {
    /// The installation's secret; without it no signature can be proven.
    pub secret: Option<SecretKey>,
    /// What the folder of the data base remembers.
    pub here: Option<String>,
    /// What somebody outside remembers.
    pub outside: Option<Remembered>,
    /// Looks at personal data before this moment (Unix milliseconds) were forgotten as configured.
    pub reads_kept_since: i64,
}

/// Rows read in one snapshot.
const CHUNK: i64 = 1_000;

/// Follows the check-points and adds what is wrong.
pub async fn check(db: &Db, against: Against, found: &mut Verified) -> Result<(), AppError> {
    let mut walk = Walk { against, last: None, found: Vec::new(), remembered: Vec::new() };
    walk.remember();
    loop {
        let seq = walk.last.as_ref().map_or(0, |r| r.seq);
        let rows = db.read(move |q| checkpoints::after(q, seq, 100).map_err(AppError::from)).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            found.checkpoints += 1;
            walk.one(db, row).await?;
        }
    }
    walk.end();
    found.newest_checkpoint = walk.last.map(|row| Remembered { seq: row.seq, signature: row.signature }.to_string());
    found.faults.append(&mut walk.found);
    Ok(())
}

struct Walk {
    against: Against,
    last: Option<Row>,
    found: Vec<Fault>,
    /// Who remembers which check-point; taken away once it was met.
    remembered: Vec<(&'static str, Remembered)>,
}

impl Walk {
    fn wrong(&mut self, seq: i64, what: impl Into<String>) {
        self.found.push(Fault { subject: format!("check-point {seq}"), what: what.into() });
    }

    fn remember(&mut self) {
        if let Some(text) = self.against.here.take() {
            match text.parse() {
                Ok(remembered) => self.remembered.push(("the folder of the data base", remembered)),
                Err(why) => self.wrong(0, format!("the file in the folder of the data base: {why}")),
            }
        }
        self.remembered.extend(self.against.outside.take().map(|r| ("somebody outside", r)));
    }

    async fn one(&mut self, db: &Db, row: Row) -> Result<(), AppError> {
        self.signature(&row);
        match Body::read(&row.body) {
            Ok(body) => {
                self.heads(db, row.seq, &body).await?;
                self.span(db, row.seq, "the trace of administration", body.audit, checkpoints::add_audit).await?;
                // Once a part of a span was forgotten, the rest proves nothing.
                if body.reads.from >= first_id_at(self.against.reads_kept_since) || body.reads.rows == 0 {
                    self.span(db, row.seq, "the looks at personal data", body.reads, checkpoints::add_reads).await?;
                }
            }
            Err(why) => self.wrong(row.seq, format!("says nothing that can be read: {why}")),
        }
        self.last = Some(row);
        Ok(())
    }

    fn signature(&mut self, row: &Row) {
        let (seq, before) = self.last.as_ref().map_or((0, ""), |r| (r.seq, r.signature.as_str()));
        if row.seq != seq + 1 || row.before != before {
            self.wrong(row.seq, "does not continue the one before: check-points are missing or were changed");
        }
        let fault = match &self.against.secret {
            None => Some("cannot be proven: there is no secret.key in the folder of the data base"),
            Some(secret) if checkpoints::key_mark(secret) != row.key_mark => {
                Some("was signed with another installation's key")
            }
            Some(secret) if !checkpoints::is_signed(secret, row) => Some("is not as it was signed"),
            Some(_) => None,
        };
        if let Some(what) = fault {
            self.wrong(row.seq, what);
        }
        let mut differing = Vec::new();
        self.remembered.retain(|(who, r)| {
            if r.seq == row.seq && r.signature != row.signature {
                differing.push(*who);
            }
            r.seq != row.seq
        });
        for who in differing {
            self.wrong(row.seq, format!("is not the one that {who} remembers: history was written anew"));
        }
    }

    async fn heads(&mut self, db: &Db, seq: i64, body: &Body) -> Result<(), AppError> {
        let (mut rows, mut after) = (Rows::default(), 0);
        loop {
            let covered = db.read(move |q| checkpoints::covered(q, seq, after, CHUNK).map_err(AppError::from)).await?;
            let Some((last, _)) = covered.last() else { break };
            after = last.dossier.raw();
            for (head, now) in &covered {
                head.add_to(&mut rows);
                let what = match now {
                    None => {
                        format!("event {}, which check-point {seq} covers, is gone: the history was cut", head.version)
                    }
                    Some(hash) if *hash != head.hash => {
                        format!("event {} is not the one that check-point {seq} covers", head.version)
                    }
                    Some(_) => continue,
                };
                self.found.push(Fault { subject: head.dossier.to_string(), what });
            }
        }
        if rows.count != body.heads || rows.hex() != body.heads_digest {
            self.wrong(seq, "the ends of chains that it covers were changed");
        }
        Ok(())
    }

    async fn span(&mut self, db: &Db, seq: i64, what: &str, span: Span, add: Add) -> Result<(), AppError> {
        let (mut rows, mut after) = (Rows::default(), span.from);
        loop {
            let from = (after, span.until);
            let (read, last) = db
                .read(move |q| {
                    let last = add(q, &mut rows, from, CHUNK)?;
                    Ok::<_, AppError>((rows, last))
                })
                .await?;
            rows = read;
            let Some(last) = last else { break };
            after = last;
        }
        if rows.count != span.rows || rows.hex() != span.digest {
            self.wrong(seq, format!("{what}: the lines that it covers were changed or taken away"));
        }
        Ok(())
    }

    /// What was remembered and not met lies beyond the newest.
    fn end(&mut self) {
        let newest = self.last.as_ref().map_or(0, |r| r.seq);
        for (who, remembered) in std::mem::take(&mut self.remembered) {
            let what = format!(
                "{who} remembers it, the data base ends with {newest}: it was cut or put back to an older state"
            );
            self.wrong(remembered.seq, what);
        }
    }
}

/// Adds rows between two ids to a digest; gives the id of the last one.
type Add = fn(&mut Reader, &mut Rows, (i64, i64), i64) -> Result<Option<i64>, DbError>;
