-- Numbers besides the applicant's own by which a dossier is found: of the owner, of the proxy, of the authorisation. They go
-- with the people when those are erased. `migrate` fills in what was there before, from the people's own text.
CREATE TABLE dossier_also_named (
    number TEXT NOT NULL,
    dossier_id BIGINT NOT NULL REFERENCES dossier_people (dossier_id) ON DELETE CASCADE,
    named_as TEXT NOT NULL,
    PRIMARY KEY (number, dossier_id, named_as)
);
CREATE INDEX dossier_also_named_dossier ON dossier_also_named (dossier_id);
