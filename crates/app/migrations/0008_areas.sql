-- Provinces (two digits) and communes (five digits) as they are since 1 July 2025 (CAT-07).
CREATE TABLE areas (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- The province of a commune.
    parent TEXT,
    -- The province's part of agency identifiers, such as H49.
    identifier TEXT,
    folded TEXT NOT NULL
);
CREATE INDEX areas_parent ON areas (parent, code);
