-- What officers agreed on unclear points of a procedure (INT-12); kept by the procedure's code, so across its versions.
CREATE TABLE guidance (
    id BIGINT PRIMARY KEY,
    code TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    -- The agency with which it was agreed, when, and who wrote it down.
    agency_id BIGINT REFERENCES agencies (id),
    agreed_on TEXT NOT NULL,
    officer_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX guidance_code ON guidance (code, id);
