-- Across levels (ILK-03): a part for the upper level first lies at its one-stop unit, whose counters find and read it.
ALTER TABLE branches ADD COLUMN centre_id BIGINT;
CREATE INDEX branches_centre ON branches (centre_id, due_at, dossier_id) WHERE centre_id IS NOT NULL;
CREATE TABLE dossier_centres (
    centre_id BIGINT NOT NULL,
    dossier_id BIGINT NOT NULL,
    PRIMARY KEY (centre_id, dossier_id)
);
