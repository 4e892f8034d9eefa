-- Who may act for whom online, from when until when, and who gave or confirmed it.
CREATE TABLE mandates (
    id BIGINT PRIMARY KEY,
    -- For whom: tax, enterprise or citizen number.
    principal TEXT NOT NULL,
    principal_name TEXT NOT NULL,
    -- Who acts: the citizen number.
    delegate TEXT NOT NULL,
    delegate_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- The paper that bears it out, as it was typed.
    basis TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT,
    state TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    -- The citizen number of who gave it; absent where an officer confirms it.
    given_by TEXT,
    decided_by BIGINT,
    decided_at BIGINT,
    reason TEXT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX mandates_delegate ON mandates (delegate, id);
CREATE INDEX mandates_principal ON mandates (principal, id);
CREATE INDEX mandates_waiting ON mandates (id) WHERE state = 'waiting';
-- One that waits or holds for the two at a time.
CREATE UNIQUE INDEX mandates_one ON mandates (principal, delegate) WHERE state IN ('waiting', 'granted');
-- What was done by a mandate, so that who acted is seen.
CREATE TABLE mandate_acts (
    id BIGINT PRIMARY KEY,
    mandate_id BIGINT NOT NULL REFERENCES mandates (id) ON DELETE CASCADE,
    -- For whom, as the mandate has it: their list is read from one index.
    principal TEXT NOT NULL,
    dossier_id BIGINT NOT NULL,
    what TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX mandate_acts_mandate ON mandate_acts (mandate_id);
CREATE INDEX mandate_acts_principal ON mandate_acts (principal, id);
CREATE INDEX mandate_acts_dossier ON mandate_acts (dossier_id, id);
-- For whom a session acts now.
ALTER TABLE citizen_sessions ADD COLUMN mandate_id BIGINT;
