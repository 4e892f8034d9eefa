-- Where the paper of a dossier lies, and where the dossier's state wants it (FLW-09). Places are written `c12` (a centre) or
-- `a34` (an agency). While a run carries it, `run_id` names the minutes.
CREATE TABLE paper_places (
    dossier_id BIGINT NOT NULL,
    what TEXT NOT NULL,
    at_place TEXT NOT NULL,
    to_place TEXT,
    run_id BIGINT,
    PRIMARY KEY (dossier_id, what)
);
CREATE INDEX paper_places_waiting ON paper_places (at_place, to_place, what, dossier_id)
    WHERE run_id IS NULL AND to_place IS NOT NULL;
CREATE INDEX paper_places_run ON paper_places (run_id) WHERE run_id IS NOT NULL;

-- Handing-over with minutes (VL 4.2b, c): given by one side, counted and received by the other.
CREATE TABLE courier_runs (
    id BIGINT PRIMARY KEY,
    number TEXT NOT NULL,
    what TEXT NOT NULL,
    from_place TEXT NOT NULL,
    to_place TEXT NOT NULL,
    run TEXT,
    carrier TEXT NOT NULL,
    given_by BIGINT NOT NULL,
    given_at BIGINT NOT NULL,
    received_by BIGINT,
    received_at BIGINT,
    remarks TEXT
);
CREATE INDEX courier_runs_coming ON courier_runs (to_place, id) WHERE received_at IS NULL;
CREATE INDEX courier_runs_from ON courier_runs (from_place, given_at, id);
CREATE INDEX courier_runs_to ON courier_runs (to_place, given_at, id);
CREATE TABLE courier_rows (
    run_id BIGINT NOT NULL,
    place INTEGER NOT NULL,
    dossier_id BIGINT NOT NULL,
    papers INTEGER NOT NULL,
    note TEXT,
    missing BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (run_id, place)
);

-- The officer who receives paper in an agency on a day (DN 12.2c).
CREATE TABLE duty_officers (
    agency_id BIGINT NOT NULL,
    day TEXT NOT NULL,
    officer_id BIGINT NOT NULL,
    named_by BIGINT NOT NULL,
    named_at BIGINT NOT NULL,
    PRIMARY KEY (agency_id, day)
);
CREATE INDEX duty_officers_day ON duty_officers (day);
