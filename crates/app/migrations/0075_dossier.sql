-- What became of each dossier when an officer did one step for many: shown after the redirect, kept for a day.
CREATE TABLE bulk_reports (
    id BIGINT PRIMARY KEY,
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    at BIGINT NOT NULL,
    step TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX bulk_reports_officer ON bulk_reports (officer_id, at);
