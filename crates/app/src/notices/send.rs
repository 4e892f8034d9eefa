//! One message on its way out. Whatever goes wrong is said without naming anybody: the reason stands on a screen.

use super::{
    adapter,
    store::{self, Notice},
    tell,
};
use crate::{app::App, dossier::store as dossiers, error::AppError};
use domain::notices::{Channel, parts, unmarked};
use platform::outbox::{Failure, Job};

/// Sends the message whose id is the payload; one that has gone out already is left alone.
pub async fn send(app: &App, job: &Job) -> Result<(), Failure> {
    let id: i64 = job.payload.parse().map_err(|_| Failure::Never("the payload names no message".into()))?;
    let read = move |q: &mut platform::db::Reader| {
        let Some(notice) = store::notice_by_id(q, id)? else { return Ok::<_, AppError>(None) };
        let people = dossiers::people(q, notice.dossier)?;
        let address = people.as_ref().and_then(|p| tell::address(p, notice.channel)).map(str::to_owned);
        Ok(Some((notice, address)))
    };
    let found = app.db.read(read).await.map_err(|e| Failure::Again(e.to_string()))?;
    let (notice, address) = found.ok_or_else(|| Failure::Never("the message is gone".into()))?;
    if notice.sent_at.is_some() {
        return Ok(());
    }
    let address =
        address.ok_or_else(|| Failure::Never("the applicant has no address for this channel any more".into()))?;
    let counted = deliver(app, &notice, &address, &job.key).await?;
    let (channel, now) = (notice.channel, app.machine.now());
    app.db
        .bulk_unit(move |unit| {
            if store::mark_sent(unit, id, now)? {
                store::count(unit, &tell::month(now), channel, counted)?;
            }
            Ok::<_, AppError>(())
        })
        .await
        .map_err(|e| Failure::Again(e.to_string()))
}

/// Hands it to the channel; the number of parts that are paid for.
async fn deliver(app: &App, notice: &Notice, address: &str, key: &str) -> Result<u32, Failure> {
    let config = &app.config.notices;
    let closed = || Failure::Again("this channel is not configured any more".into());
    match notice.channel {
        Channel::Page => Ok(0),
        Channel::Email => {
            let email = config.email.as_ref().ok_or_else(closed)?;
            adapter::email(email, address, &notice.subject, &notice.body, key).await?;
            Ok(1)
        }
        Channel::Sms => {
            let gateway = config.sms.as_ref().ok_or_else(closed)?;
            let text = if gateway.unmarked { unmarked(&notice.body) } else { notice.body.clone() };
            adapter::awake(gateway, app.machine.now())?;
            adapter::sms(gateway, address, &text, key, app.machine.now()).await?;
            Ok(parts(&text))
        }
        Channel::Zalo => {
            adapter::zalo(app, notice, address, key).await?;
            Ok(1)
        }
    }
}

/// Sends a letter to an officer, and counts it.
pub async fn mail(app: &App, to: &str, subject: &str, body: &str, key: &str) -> Result<(), Failure> {
    let config = app.config.notices.email.as_ref();
    let config = config.ok_or_else(|| Failure::Again("this channel is not configured any more".into()))?;
    adapter::email(config, to, subject, body, key).await?;
    let now = app.machine.now();
    let add = move |unit: &mut platform::db::Unit| {
        Ok::<_, AppError>(store::count(unit, &tell::month(now), Channel::Email, 1)?)
    };
    // It went out: trying again because of the count would send it twice.
    if let Err(why) = app.db.bulk_unit(add).await {
        tracing::warn!(%why, "a letter was sent and not counted");
    }
    Ok(())
}

/// Sends a short message that belongs to no dossier, by day, and counts it.
pub async fn text(app: &App, to: &str, body: &str, key: &str) -> Result<(), Failure> {
    let gateway = app.config.notices.sms.as_ref();
    let gateway = gateway.ok_or_else(|| Failure::Again("this channel is not configured any more".into()))?;
    let body = if gateway.unmarked { unmarked(body) } else { body.to_owned() };
    let (now, counted) = (app.machine.now(), parts(&body));
    adapter::awake(gateway, now)?;
    adapter::sms(gateway, to, &body, key, now).await?;
    let add = move |unit: &mut platform::db::Unit| {
        Ok::<_, AppError>(store::count(unit, &tell::month(now), Channel::Sms, counted)?)
    };
    if let Err(why) = app.db.bulk_unit(add).await {
        tracing::warn!(%why, "a message was sent and not counted");
    }
    Ok(())
}

/// Sends what nobody may read twice, such as a code: at once, never kept. `Err` when it did not go out.
pub async fn send_now(
    app: &App,
    channel: Channel,
    address: &str,
    subject: &str,
    text: &str,
    key: &str,
) -> Result<(), ()> {
    let config = &app.config.notices;
    let sent = match (channel, config.email.as_ref(), config.sms.as_ref()) {
        (Channel::Email, Some(email), _) => adapter::email(email, address, subject, text, key).await.map(|()| 1),
        (Channel::Sms, _, Some(gateway)) => {
            let text = if gateway.unmarked { unmarked(text) } else { text.to_owned() };
            let now = app.machine.now();
            adapter::sms(gateway, address, &text, key, now).await.map(|()| parts(&text))
        }
        (Channel::Zalo, ..) => adapter::zalo_reply(app, address, text).await.map(|()| 1),
        _ => return Err(()),
    };
    let counted = sent.map_err(|why| tracing::warn!(channel = channel.key(), ?why, "a code did not go out"))?;
    let now = app.machine.now();
    let add = move |unit: &mut platform::db::Unit| {
        Ok::<_, AppError>(store::count(unit, &tell::month(now), channel, counted)?)
    };
    // It went out; a bill that is one message short must not look like a failure to the citizen.
    if let Err(why) = app.db.unit(add).await {
        tracing::warn!(%why, "a message was sent and not counted");
    }
    Ok(())
}
