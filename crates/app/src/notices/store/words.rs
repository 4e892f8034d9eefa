use domain::{
    dossier::Dossier,
    id::Id,
    notices::{About, Channel, Template},
};
use platform::db::{DbError, Query, Unit, params, sql};

/// A wording that was changed here, and where it belongs.
pub type Wording = ((About, Channel), Template);

/// The wordings that were changed here.
pub fn wordings(q: &mut impl Query) -> Result<Vec<Wording>, DbError> {
    let rows = q.rows(sql!("SELECT about, channel, subject, body FROM notice_templates"), params![], |r| {
        let (about, channel): (String, String) = (r.get(0)?, r.get(1)?);
        Ok((About::from_key(&about), Channel::from_key(&channel), Template { subject: r.get(2)?, body: r.get(3)? }))
    })?;
    // A wording of a subject that is no more is passed over.
    Ok(rows.into_iter().filter_map(|(about, channel, template)| Some(((about?, channel?), template))).collect())
}

pub fn put_wording(unit: &mut Unit, about: About, channel: Channel, t: &Template) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO notice_templates (about, channel, subject, body) VALUES ($1, $2, $3, $4)
         ON CONFLICT (about, channel) DO UPDATE SET subject = $3, body = $4"
    );
    unit.execute(st, params![about.key(), channel.key(), &t.subject, &t.body]).map(drop)
}

/// Back to what the product carries.
pub fn drop_wording(unit: &mut Unit, about: About, channel: Channel) -> Result<(), DbError> {
    let st = sql!("DELETE FROM notice_templates WHERE about = $1 AND channel = $2");
    unit.execute(st, params![about.key(), channel.key()]).map(drop)
}

/// What the applicant of a dossier chose; `None` when nothing was chosen.
pub fn choice(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Option<Vec<Channel>>, DbError> {
    let st = sql!("SELECT channels FROM notice_choices WHERE dossier_id = $1");
    let text: Option<String> = q.optional(st, params![dossier.raw()], |r| r.get(0))?;
    Ok(text.map(|t| t.split(' ').filter_map(Channel::from_key).collect()))
}

pub fn put_choice(unit: &mut Unit, dossier: Id<Dossier>, channels: &[Channel]) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO notice_choices (dossier_id, channels) VALUES ($1, $2)
         ON CONFLICT (dossier_id) DO UPDATE SET channels = $2"
    );
    let text: Vec<_> = channels.iter().map(|c| c.key()).collect();
    unit.execute(st, params![dossier.raw(), text.join(" ")]).map(drop)
}
