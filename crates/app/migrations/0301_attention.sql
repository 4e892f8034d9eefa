-- Form 04 as the system drafts it before D-1 (CLK-05): kept until it is signed, or the dossier is late-bound no longer. What people of
-- the agency have filled in so far stands with it, whoever signs.
CREATE TABLE apology_drafts (
    dossier_id BIGINT NOT NULL,
    -- The deadline that made it: the same date makes no second one.
    key TEXT NOT NULL,
    agency_id BIGINT NOT NULL,
    -- The date that may not be kept.
    due_at BIGINT NOT NULL,
    drafted_at BIGINT NOT NULL,
    -- The service had been away when it was to be drafted.
    late BOOLEAN NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    -- The new date as it was typed.
    new_due TEXT NOT NULL DEFAULT '',
    saved_by BIGINT,
    saved_at BIGINT,
    closed_at BIGINT,
    CONSTRAINT apology_drafts_once PRIMARY KEY (dossier_id, key)
);
CREATE INDEX apology_drafts_open ON apology_drafts (agency_id, due_at, dossier_id) WHERE closed_at IS NULL;
-- Those whose moment has come before.
INSERT INTO apology_drafts (dossier_id, key, agency_id, due_at, drafted_at, late)
    SELECT m.dossier_id, m.key, d.agency_id, d.due_key, m.fired_at, m.late
    FROM due_moments m JOIN dossiers d ON d.id = m.dossier_id
    WHERE m.kind = 'apology_draft' AND m.fired_at IS NOT NULL
      AND EXISTS (SELECT 1 FROM attentions a WHERE a.dossier_id = m.dossier_id AND a.key = m.key AND a.closed_at IS NULL);
