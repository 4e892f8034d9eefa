-- The citizen's e-data store (STO-01, STO-02): a row a paper, keyed by identity number, passport, tax or enterprise code. What came
-- from a dossier goes with the people of that dossier when those are erased (SEC-03).
CREATE TABLE vault_papers (
    id BIGINT PRIMARY KEY,
    owner TEXT NOT NULL,
    origin TEXT NOT NULL,
    dossier_id BIGINT REFERENCES dossier_people (dossier_id) ON DELETE CASCADE,
    -- The component of the dossier, or `result`.
    place TEXT,
    procedure_code TEXT,
    field_code TEXT,
    name TEXT NOT NULL,
    number TEXT NOT NULL,
    about TEXT NOT NULL,
    issuer TEXT NOT NULL,
    signer TEXT NOT NULL,
    issued_on TEXT,
    valid_from TEXT,
    valid_until TEXT,
    -- Where or for what it holds (phạm vi hiệu lực).
    extent TEXT NOT NULL,
    -- The owner lets agencies use it again.
    consented BOOLEAN NOT NULL,
    consent_at BIGINT,
    -- An officer's account, or -1 for the owner.
    digitised_by BIGINT NOT NULL,
    digitised_at BIGINT NOT NULL,
    -- Who held the description against the paper, and when.
    checked_by BIGINT,
    checked_at BIGINT,
    CONSTRAINT vault_papers_place UNIQUE (dossier_id, place)
);
CREATE INDEX vault_papers_owner ON vault_papers (owner, id);
CREATE TABLE vault_files (
    paper_id BIGINT NOT NULL REFERENCES vault_papers (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    pages BIGINT,
    PRIMARY KEY (paper_id, sha256)
);
CREATE INDEX vault_files_sha256 ON vault_files (sha256);
-- A link by which somebody without an account sees one paper for a time: its address is this id under the secret key.
CREATE TABLE vault_shares (
    id BIGINT PRIMARY KEY,
    paper_id BIGINT NOT NULL REFERENCES vault_papers (id) ON DELETE CASCADE,
    -- For whom, in the owner's words.
    note TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX vault_shares_paper ON vault_shares (paper_id, id);
-- Who looked into whose store or asked a national register about whom, and what for (STO-02, ADM-02): one row for each officer,
-- person, paper, way and purpose in half of a day. The person is a keyed digest: the trace outlives what it is about.
CREATE TABLE person_looks (
    id BIGINT PRIMARY KEY,
    subject TEXT NOT NULL,
    -- 0 where it is about no single paper.
    paper_id BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    agency_id BIGINT NOT NULL,
    way TEXT NOT NULL,
    purpose TEXT NOT NULL,
    half BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    CONSTRAINT person_looks_once UNIQUE (subject, officer_id, way, paper_id, purpose, half)
);
CREATE INDEX person_looks_subject ON person_looks (subject, id);
CREATE INDEX person_looks_agency ON person_looks (agency_id, id);
