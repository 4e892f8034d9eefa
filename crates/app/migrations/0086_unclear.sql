-- Unclear points of a procedure (INT-12): a thread from a counter to agencies, closed by an agreed answer that is kept in
-- `guidance`. No personal data: what is asked is about the procedure.
CREATE TABLE unclear_cases (
    id BIGINT PRIMARY KEY,
    -- The procedure, whatever its version.
    code TEXT NOT NULL,
    centre_id BIGINT NOT NULL,
    question TEXT NOT NULL,
    stage TEXT NOT NULL,
    -- The answer that waits for the Centre's word, or that was agreed, and whose it is.
    answer TEXT,
    answered_by BIGINT,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX unclear_cases_centre ON unclear_cases (centre_id, id);
CREATE TABLE unclear_agencies (
    agency_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    PRIMARY KEY (agency_id, case_id)
);
CREATE INDEX unclear_agencies_case ON unclear_agencies (case_id);
CREATE TABLE unclear_lines (
    id BIGINT PRIMARY KEY,
    case_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Time, place and participants of a meeting, as JSON.
    meeting TEXT,
    officer_id BIGINT NOT NULL,
    agency_id BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX unclear_lines_case ON unclear_lines (case_id, id);
