-- How far the national portal knows a dossier (LNK-01): the version and the step that it confirmed. No personal data: the message
-- is written from the dossier when it goes out.
CREATE TABLE national_syncs (
    dossier_id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    step BIGINT NOT NULL,
    -- By the machine clock: until then somebody is sending, so that two messages of one dossier never overtake each other.
    busy_until BIGINT NOT NULL,
    -- By the machine clock; absent until the portal took something.
    sent_at BIGINT
);
-- Dossiers that wait at an agency to be looked at, first come first served (INT-06, QNI 13.2a).
CREATE INDEX dossiers_submitted_agency ON dossiers (holder_agency_id, id)
    WHERE status = 'submitted' AND holder_centre_id IS NULL;
