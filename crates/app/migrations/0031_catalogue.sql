-- How long procedures take here: one row a procedure and month, counted in the unit that decides a dossier (QN 5.1a).
CREATE TABLE procedure_pace (
    code TEXT NOT NULL,
    -- yyyy-mm of the decision.
    month TEXT NOT NULL,
    decided BIGINT NOT NULL,
    on_time BIGINT NOT NULL,
    -- Working minutes from acceptance to decision, all together.
    minutes BIGINT NOT NULL,
    PRIMARY KEY (code, month)
);
