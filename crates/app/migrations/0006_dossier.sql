-- Dossiers: the state row that pages read, the events that prove it, the people kept apart so that they can be erased.
CREATE TABLE dossiers (
    id BIGINT PRIMARY KEY,
    code TEXT,
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    procedure_id BIGINT NOT NULL,
    agency_id BIGINT NOT NULL,
    centre_id BIGINT NOT NULL,
    step TEXT,
    holder_agency_id BIGINT,
    holder_centre_id BIGINT,
    holder_officer_id BIGINT,
    opened_at BIGINT NOT NULL,
    -- The due date, or the far future where there is none: lists sort by it.
    due_key BIGINT NOT NULL,
    head TEXT NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT dossiers_code UNIQUE (code)
);
CREATE INDEX dossiers_held ON dossiers (holder_officer_id, due_key, id) WHERE holder_officer_id IS NOT NULL;
CREATE INDEX dossiers_agency_pool ON dossiers (holder_agency_id, step, due_key, id)
    WHERE holder_officer_id IS NULL AND holder_centre_id IS NULL AND step IS NOT NULL;
CREATE INDEX dossiers_centre_pool ON dossiers (holder_centre_id, step, due_key, id)
    WHERE holder_officer_id IS NULL AND holder_centre_id IS NOT NULL;
-- Agencies that take or took part: the scope of an agency's officers.
CREATE TABLE dossier_agencies (
    agency_id BIGINT NOT NULL,
    dossier_id BIGINT NOT NULL,
    PRIMARY KEY (agency_id, dossier_id)
);
CREATE TABLE dossier_people (
    dossier_id BIGINT PRIMARY KEY,
    salt TEXT NOT NULL,
    identity TEXT,
    body TEXT NOT NULL
);
CREATE INDEX dossier_people_identity ON dossier_people (identity, dossier_id) WHERE identity IS NOT NULL;
CREATE TABLE dossier_events (
    dossier_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    agency_id BIGINT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (dossier_id, seq)
);
-- Slips keep their data frozen and are printed when asked for.
CREATE TABLE slips (
    id BIGINT PRIMARY KEY,
    dossier_id BIGINT NOT NULL,
    form TEXT NOT NULL,
    number TEXT NOT NULL,
    data TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    archived TEXT,
    CONSTRAINT slips_number UNIQUE (number)
);
CREATE INDEX slips_dossier ON slips (dossier_id, id);
-- Gap-free numbers: a refused or failed unit gives its number back.
CREATE TABLE number_series (
    name TEXT PRIMARY KEY,
    last BIGINT NOT NULL
);
CREATE TABLE uploads (
    id BIGINT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    pages BIGINT,
    officer_id BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX uploads_sha256 ON uploads (sha256, id);
CREATE TABLE dossier_files (
    dossier_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    pages BIGINT,
    PRIMARY KEY (dossier_id, sha256, place)
);
CREATE INDEX dossier_files_sha256 ON dossier_files (sha256);
