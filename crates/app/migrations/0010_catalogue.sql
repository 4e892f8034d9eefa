-- Where each version came from, imports that can be resumed, looked at and undone, drafts, and what is in use (CAT-01, CAT-02).
ALTER TABLE procedure_versions ADD COLUMN source TEXT NOT NULL DEFAULT 'portal';
-- SHA-256 of what the source said: the same file again changes nothing, also when its row was accepted under another day.
ALTER TABLE procedure_versions ADD COLUMN source_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE procedure_versions ADD COLUMN batch_id BIGINT;
ALTER TABLE procedure_versions ADD COLUMN officer_id BIGINT;
UPDATE procedure_versions SET source_digest = digest;
CREATE INDEX procedure_versions_day ON procedure_versions (code, effective_from, id);
CREATE INDEX procedure_versions_batch ON procedure_versions (batch_id) WHERE batch_id IS NOT NULL;
-- Versions under which a dossier was taken in. The reference keeps such a version from being deleted, whoever is faster.
CREATE TABLE procedure_uses (
    version_id BIGINT PRIMARY KEY REFERENCES procedure_versions (id)
);
INSERT INTO procedure_uses (version_id)
    SELECT v.id FROM procedure_versions v WHERE v.id IN (SELECT d.procedure_id FROM dossiers d);
CREATE TABLE import_batches (
    id BIGINT PRIMARY KEY,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    -- waiting, running, done, undone, failed
    state TEXT NOT NULL,
    accept_all BOOLEAN NOT NULL,
    total BIGINT NOT NULL,
    done BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    mended BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    officer_id BIGINT,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    lease_until BIGINT NOT NULL,
    problem TEXT
);
CREATE INDEX import_batches_open ON import_batches (lease_until) WHERE state IN ('waiting', 'running');
-- What became of each row, but for those that changed nothing.
CREATE TABLE import_lines (
    batch_id BIGINT NOT NULL REFERENCES import_batches (id),
    line BIGINT NOT NULL,
    code TEXT NOT NULL,
    fate TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (batch_id, line)
);
CREATE INDEX import_lines_fate ON import_lines (batch_id, fate, line);
-- Rows that say something else than what is held: somebody agrees to each, or does not.
CREATE TABLE import_changes (
    id BIGINT PRIMARY KEY,
    batch_id BIGINT NOT NULL REFERENCES import_batches (id),
    line BIGINT NOT NULL,
    code TEXT NOT NULL,
    base_id BIGINT NOT NULL,
    body TEXT NOT NULL,
    source TEXT NOT NULL,
    source_digest TEXT NOT NULL,
    -- pending, accepted, rejected
    state TEXT NOT NULL,
    officer_id BIGINT,
    decided_at BIGINT,
    CONSTRAINT import_changes_once UNIQUE (code, source_digest)
);
CREATE INDEX import_changes_batch ON import_changes (batch_id, state, id);
-- A procedure being edited; nobody but the editors sees it until a decision publishes it.
CREATE TABLE procedure_drafts (
    code TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
-- Officers who are in charge of a procedure, and the blank forms that the Centre keeps.
CREATE TABLE procedure_officers (
    code TEXT NOT NULL,
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    PRIMARY KEY (code, officer_id)
);
CREATE TABLE catalogue_files (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    at BIGINT NOT NULL
);
