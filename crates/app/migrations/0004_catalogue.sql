-- Procedures by version, and their processes (CAT-01, CAT-02, CAT-04). A version never changes once written.
CREATE TABLE processes (
    id BIGINT PRIMARY KEY,
    body TEXT NOT NULL
);
CREATE TABLE procedure_versions (
    id BIGINT PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    field TEXT NOT NULL,
    -- Keys of the levels that handle it, with blanks between: lists filter by them.
    levels TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    process_id BIGINT NOT NULL REFERENCES processes (id),
    effective_from TEXT,
    abolished BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT procedure_versions_once UNIQUE (code, digest)
);
CREATE INDEX procedure_versions_code ON procedure_versions (code, id);
