-- The register: a dossier's entry is written when it is accepted, with its number in the book of that year, and never moves again.
CREATE TABLE register_entries (
    centre_id BIGINT NOT NULL,
    year BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    dossier_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (centre_id, year, ordinal),
    CONSTRAINT register_entries_dossier UNIQUE (dossier_id)
);
CREATE INDEX register_entries_days ON register_entries (centre_id, at, ordinal);
-- What was accepted before there were entries, in the order in which it came; years begin at midnight in Vietnam.
INSERT INTO register_entries (centre_id, year, ordinal, dossier_id, at)
SELECT centre_id, year, ROW_NUMBER() OVER (PARTITION BY centre_id, year ORDER BY opened_at, id), id, opened_at FROM
  (SELECT id, centre_id, opened_at,
          CASE WHEN opened_at < 1672506000000 THEN 2022 WHEN opened_at < 1704042000000 THEN 2023
               WHEN opened_at < 1735664400000 THEN 2024 WHEN opened_at < 1767200400000 THEN 2025
               WHEN opened_at < 1798736400000 THEN 2026 ELSE 2027 END AS year
   FROM dossiers WHERE code IS NOT NULL AND state LIKE '%"accepted_at":%') accepted;
INSERT INTO number_series (name, last)
SELECT 'book/' || CAST(centre_id AS TEXT) || '/' || CAST(year AS TEXT), MAX(ordinal) FROM register_entries GROUP BY centre_id, year;
DROP INDEX dossiers_register;
-- The files of a draft stay as long as the draft does.
CREATE TABLE act_draft_files (
    officer_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    dossier_id BIGINT NOT NULL,
    step TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    pages BIGINT,
    PRIMARY KEY (officer_id, sha256, dossier_id, step)
);
