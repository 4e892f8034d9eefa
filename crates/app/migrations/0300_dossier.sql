-- What applicants answered in words to the points of form 02 that name no paper (INT-05): it may name people, so it stands in a row
-- that can be erased and not in the chain of events. Dossiers completed before have none.
CREATE TABLE dossier_answers (
    dossier_id BIGINT NOT NULL,
    -- 1, 2, 3 … within the dossier.
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (dossier_id, number)
);
