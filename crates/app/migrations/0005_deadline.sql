-- The working calendar (CLK-01) and what is remembered about the whole data base.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE calendar_days (
    day TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    officer_id BIGINT,
    changed_at BIGINT NOT NULL
);
