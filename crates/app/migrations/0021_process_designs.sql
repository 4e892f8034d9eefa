-- Processes as they are drawn, approved by a decision, sent to the Centre and published (CAT-04). A published one is copied
-- to `processes`, where dossiers keep it; the design stays as the record of who approved what.
CREATE TABLE process_designs (
    id BIGINT PRIMARY KEY,
    code TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    agency_id BIGINT REFERENCES agencies (id),
    scope TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    process_id BIGINT REFERENCES processes (id),
    decision_number TEXT,
    decision_date TEXT,
    -- The detail reaches the Centre within the profile's days of the decision (seed 003, Điều 11.2).
    send_due BIGINT,
    sent_at BIGINT,
    published_at BIGINT,
    ended_at BIGINT,
    changed_at BIGINT NOT NULL,
    changed_by BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT process_designs_number UNIQUE (code, number)
);
CREATE INDEX process_designs_agency ON process_designs (agency_id, id);
CREATE INDEX process_designs_unsent ON process_designs (send_due, id) WHERE send_due IS NOT NULL AND sent_at IS NULL;
CREATE INDEX process_designs_published ON process_designs (code, id) WHERE ended_at IS NULL AND process_id IS NOT NULL;
