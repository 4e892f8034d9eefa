-- What an officer typed into a form that was sent when the session was over: sealed, for one showing after the sign-in.
CREATE TABLE lapsed_forms (
    key_digest TEXT PRIMARY KEY,
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX lapsed_forms_officer ON lapsed_forms (officer_id, at);
CREATE INDEX lapsed_forms_at ON lapsed_forms (at);
