-- Shared lists (CAT-07): plain ones, agencies through time, and what was posted in the hall (CAT-09).
CREATE TABLE list_items (
    list TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    folded TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    PRIMARY KEY (list, code)
);
CREATE TABLE agency_changes (
    id BIGINT PRIMARY KEY,
    agency_id BIGINT NOT NULL REFERENCES agencies (id),
    kind TEXT NOT NULL,
    -- Since when.
    day TEXT NOT NULL,
    decision TEXT NOT NULL,
    old_name TEXT NOT NULL,
    new_name TEXT NOT NULL,
    -- The agency that took over, or that was split off.
    other_id BIGINT REFERENCES agencies (id),
    officer_id BIGINT,
    at BIGINT NOT NULL
);
CREATE INDEX agency_changes_agency ON agency_changes (agency_id, day, id);
CREATE TABLE field_postings (
    id BIGINT PRIMARY KEY,
    field TEXT NOT NULL,
    posted_at BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    -- The versions that hang on the wall: code and version id, one procedure a line.
    versions TEXT NOT NULL
);
CREATE INDEX field_postings_field ON field_postings (field, id);
