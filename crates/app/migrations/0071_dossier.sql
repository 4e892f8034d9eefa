-- What an officer set up at the own desk: the filter last used and the views that were given a name.
CREATE TABLE desk_memory (
    officer_id BIGINT PRIMARY KEY REFERENCES officers (id),
    last_filter TEXT NOT NULL
);
CREATE TABLE desk_views (
    id BIGINT PRIMARY KEY,
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    CONSTRAINT desk_views_name UNIQUE (officer_id, name)
);
-- Who has a dossier open at this moment: only a hint to colleagues, swept when it is old.
CREATE TABLE presence (
    dossier_id BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, officer_id)
);
