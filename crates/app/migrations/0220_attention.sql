-- A deadline may call several of one kind: the agency that has the dossier and each agency that was asked (ILK-05, CLK-07).
ALTER TABLE attentions RENAME TO attentions_of_one;
DROP INDEX attentions_open;
CREATE TABLE attentions (
    id BIGINT NOT NULL,
    dossier_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    called TEXT NOT NULL,
    -- The officer, agency or centre; 0 for the province.
    target_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    late BOOLEAN NOT NULL,
    closed_at BIGINT,
    CONSTRAINT attentions_by_id PRIMARY KEY (id),
    CONSTRAINT attentions_each UNIQUE (dossier_id, key, called, target_id)
);
INSERT INTO attentions (id, dossier_id, key, kind, called, target_id, at, late, closed_at)
SELECT id, dossier_id, key, kind, called, target_id, at, late, closed_at FROM attentions_of_one;
DROP TABLE attentions_of_one;
CREATE INDEX attentions_open ON attentions (called, target_id, id) WHERE closed_at IS NULL;
