-- Small rows lie in the order of their key: on SQLite one tree holds them, where a table and an index of the same columns stood
-- side by side. Every dossier taken in wrote two of each.
CREATE TABLE number_series_by_key (
    name TEXT NOT NULL,
    last BIGINT NOT NULL,
    CONSTRAINT number_series_key PRIMARY KEY (name)
) {by key};
INSERT INTO number_series_by_key (name, last) SELECT name, last FROM number_series;
DROP TABLE number_series;
ALTER TABLE number_series_by_key RENAME TO number_series;

CREATE TABLE dossier_agencies_by_key (
    agency_id BIGINT NOT NULL,
    dossier_id BIGINT NOT NULL,
    CONSTRAINT dossier_agencies_key PRIMARY KEY (agency_id, dossier_id)
) {by key};
INSERT INTO dossier_agencies_by_key (agency_id, dossier_id) SELECT agency_id, dossier_id FROM dossier_agencies;
DROP TABLE dossier_agencies;
ALTER TABLE dossier_agencies_by_key RENAME TO dossier_agencies;

-- A deadline is named by its dossier and its key; a number beside them was a third tree.
CREATE TABLE due_moments_by_key (
    dossier_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- The system itself acts: something lapses or goes on.
    acts BOOLEAN NOT NULL,
    fires_at BIGINT NOT NULL,
    fired_at BIGINT,
    -- Fired long after its time: the service had been away.
    late BOOLEAN NOT NULL,
    CONSTRAINT due_moments_key PRIMARY KEY (dossier_id, key)
) {by key};
INSERT INTO due_moments_by_key (dossier_id, key, kind, acts, fires_at, fired_at, late)
    SELECT dossier_id, key, kind, acts, fires_at, fired_at, late FROM due_moments;
DROP TABLE due_moments;
ALTER TABLE due_moments_by_key RENAME TO due_moments;
CREATE INDEX due_moments_waiting ON due_moments (acts, fires_at, dossier_id, key) WHERE fired_at IS NULL;

-- dossiers_clock holds the same rows and few more, in the same order.
DROP INDEX dossiers_running;
