-- What people ask about their own data, each with its clock. The terms are kept as they were reckoned when the request was made.
CREATE TABLE data_requests (
    id BIGINT PRIMARY KEY,
    -- The identity number, in its one written form.
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    way TEXT NOT NULL,
    -- In the words of who asks: what is held, and what it should be.
    about TEXT NOT NULL,
    wanted TEXT NOT NULL,
    -- The code of a dossier that is meant.
    dossier_code TEXT,
    -- Where they hear that there is an answer.
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    -- The officer who wrote it down, or -1 for the person.
    entered_by BIGINT NOT NULL,
    first_by BIGINT NOT NULL,
    remind_at BIGINT NOT NULL,
    answer_by BIGINT NOT NULL,
    state TEXT NOT NULL,
    first_at BIGINT,
    first_officer BIGINT,
    first_text TEXT,
    ended_at BIGINT,
    ended_officer BIGINT,
    outcome TEXT,
    answer TEXT
);
CREATE INDEX data_requests_person ON data_requests (person, id);
CREATE INDEX data_requests_open ON data_requests (answer_by, id) WHERE ended_at IS NULL;
CREATE INDEX data_requests_ended ON data_requests (ended_at, id) WHERE ended_at IS NOT NULL;
-- Moments that call those who answer, each fired once.
CREATE TABLE data_request_moments (
    request_id BIGINT NOT NULL REFERENCES data_requests (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    fires_at BIGINT NOT NULL,
    fired_at BIGINT,
    PRIMARY KEY (request_id, kind)
);
CREATE INDEX data_request_moments_waiting ON data_request_moments (fires_at, request_id) WHERE fired_at IS NULL;
