//! Files get their dossier in the unit that names them.

use super::{
    answers,
    apply::{Done, opened_intake},
    files, store,
};
use crate::{
    app::App,
    error::{AppError, FieldError},
};
use domain::{
    accounts::Who,
    dossier::{Command, Event, ReceivedComponent},
};
use platform::db::Unit;

/// The place of signed letters that were scanned (DN 16.1e).
pub const SIGNED: &str = "signed";

/// Files are on disk before the unit; here they get their dossier. A hash that this officer did not upload, or so long ago
/// that the file may have been cleared away, is refused.
pub fn attach_files(
    unit: &mut Unit,
    app: &App,
    who: &Who,
    done: &Done,
    command: &Command,
    of_form: &[(String, String)],
) -> Result<(), AppError> {
    let mut places: Vec<(&str, &str)> = match command {
        Command::RecordResult(r) => r.files.iter().map(|f| ("result", f.as_str())).collect(),
        Command::Refuse { files, .. }
        | Command::Stop { files, .. }
        | Command::RequestSupplement { files, .. }
        | Command::Apologise { files, .. } => files.iter().map(|f| (SIGNED, f.as_str())).collect(),
        Command::Supplement { components, .. } => component_files(components),
        Command::HandOver(_) => signed(&done.events),
        _ => opened_intake(command).map(|i| component_files(&i.components)).unwrap_or_default(),
    };
    let answered = answers::files(done);
    places.extend(answered.iter().map(|(place, sha256)| (place.as_str(), sha256.as_str())));
    places.extend(of_form.iter().map(|(place, sha256)| (place.as_str(), sha256.as_str())));
    for (place, sha256) in places {
        let Some(file) = store::upload(unit, who, sha256, app.machine.now())? else {
            return Err(AppError::Fields(vec![FieldError::new(
                "files",
                "file.unknown",
                "Tệp này chưa được tải lên, hoặc đã tải lên quá 23 giờ. Xin tải tệp lên rồi gửi lại.",
                "This file has not been uploaded, or more than 23 hours ago. Upload it, then send again.",
            )]));
        };
        store::attach(unit, done.id, place, &file)?;
    }
    Ok(())
}

/// The picture that the event names is kept with the dossier.
fn signed(events: &[Event]) -> Vec<(&str, &str)> {
    let of = |event| match event {
        &Event::HandedOver { signature: Some(ref sha256), .. } => Some((files::SIGNATURE, sha256.as_str())),
        _ => None,
    };
    events.iter().filter_map(of).collect()
}

fn component_files(components: &[ReceivedComponent]) -> Vec<(&str, &str)> {
    components.iter().flat_map(|c| c.files.iter().map(move |f| (c.id.as_str(), f.as_str()))).collect()
}
