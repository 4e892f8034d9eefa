//! `GET /can-bo/truc-tiep`: the counts of the views as they change, by server-sent events.

use super::counts::counts_of;
use crate::{
    accounts::{SignedIn, sessions},
    app::App,
    error::AppError,
    pulse::Beat,
};
use axum::{
    extract::State,
    response::sse::{Event, Sse},
};
use futures_util::stream::{Stream, unfold};
use std::{collections::BTreeMap, convert::Infallible, time::Duration};
use tokio::sync::watch;

/// Counts are told at most this often, however much moves.
const PAUSE: Duration = Duration::from_secs(1);
/// Without a beat they are looked at this often: on a server with several processes another may have moved something.
const SILENCE: Duration = Duration::from_secs(20);

struct Open {
    app: App,
    me: SignedIn,
    beats: watch::Receiver<Beat>,
    /// What was told last.
    told: Option<String>,
}

pub async fn follow(State(app): State<App>, me: SignedIn) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let beats = app.pulse.follow();
    let open = Open { app, me, beats, told: None };
    Sse::new(unfold(open, |mut open| async move {
        let text = open.next().await?;
        Some((Ok(Event::default().event("counts").data(text)), open))
    }))
}

impl Open {
    /// The next counts that differ; nothing when the session or the process has ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            if *self.beats.borrow_and_update() == Beat::Over {
                return None;
            }
            let text = self.counts().await.ok().flatten()?;
            if self.told.as_ref() != Some(&text) {
                self.told = Some(text.clone());
                return Some(text);
            }
            tokio::time::sleep(PAUSE).await;
            // A closed channel is the end of the process; a silence is a reason to look by oneself.
            if let Ok(Err(_)) = tokio::time::timeout(SILENCE, self.beats.changed()).await {
                return None;
            }
        }
    }

    async fn counts(&self) -> Result<Option<String>, AppError> {
        if !sessions::is_open(&self.app, &self.me.session).await? {
            return Ok(None);
        }
        let counted = counts_of(&self.app, &self.me.who).await?;
        let mut by_view: BTreeMap<_, _> = counted.views.iter().map(|c| (c.view.key(), c.text())).collect();
        by_view.extend(counted.untouched_text().map(|text| ("chua-xu-ly", text)));
        Ok(serde_json::to_string(&by_view).ok())
    }
}
