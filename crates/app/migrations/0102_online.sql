-- Citizens without an account: codes that prove a telephone or e-mail, the sessions that they open, drafts and what was sent.
-- `contact` is a keyed digest everywhere; the address itself stands only where something is sent to it, and is swept.
CREATE TABLE one_time_codes (
    id BIGINT PRIMARY KEY,
    -- SHA-256 of what the reader's browser holds.
    token TEXT NOT NULL,
    contact TEXT NOT NULL,
    address TEXT NOT NULL,
    mac TEXT NOT NULL,
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    used BOOLEAN NOT NULL,
    CONSTRAINT one_time_codes_token UNIQUE (token)
);
CREATE INDEX one_time_codes_contact ON one_time_codes (contact, at);
CREATE INDEX one_time_codes_at ON one_time_codes (at);
CREATE TABLE citizen_sessions (
    digest TEXT PRIMARY KEY,
    contact TEXT NOT NULL,
    address TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX citizen_sessions_opened ON citizen_sessions (opened_at);
CREATE TABLE drafts (
    id BIGINT PRIMARY KEY,
    contact TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- The dossier that it became.
    dossier_id BIGINT
);
CREATE INDEX drafts_contact ON drafts (contact, id);
CREATE INDEX drafts_changed ON drafts (changed_at) WHERE dossier_id IS NULL;
-- `draft_id` is the draft, or the dossier for whose supplement the file lies here; ids are never given twice.
CREATE TABLE draft_files (
    draft_id BIGINT NOT NULL,
    place TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    pages BIGINT,
    PRIMARY KEY (draft_id, place, sha256)
);
CREATE INDEX draft_files_sha256 ON draft_files (sha256);
-- Whose a dossier is that was sent online.
CREATE TABLE online_dossiers (
    contact TEXT NOT NULL,
    dossier_id BIGINT NOT NULL,
    PRIMARY KEY (contact, dossier_id)
);
-- What waits to be looked at, first come first served (INT-06).
CREATE INDEX dossiers_submitted ON dossiers (holder_centre_id, id) WHERE status = 'submitted';
