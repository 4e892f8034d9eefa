-- What an officer wrote for a step and has not given yet: the officer's own, until the step is done.
CREATE TABLE act_drafts (
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    dossier_id BIGINT NOT NULL,
    step TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (officer_id, dossier_id, step)
);
-- Wordings of opinions that an agency uses again, for one procedure or ('') for all.
CREATE TABLE opinion_phrases (
    id BIGINT PRIMARY KEY,
    agency_id BIGINT NOT NULL REFERENCES agencies (id),
    procedure_code TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    officer_id BIGINT NOT NULL,
    CONSTRAINT opinion_phrases_name UNIQUE (agency_id, procedure_code, name)
);
