-- Processes have any number of steps, each of a kind (CAT-04). A dossier that nobody holds in person waits in a pool: the
-- name says at which place, for which kind of act and for whom, so that steps of different processes share a list.
CREATE TABLE process_pools (
    name TEXT PRIMARY KEY
);
INSERT INTO process_pools (name) VALUES
    ('centre/intake:intake_officer'), ('centre/intake:intake_officer,post_employee'),
    ('agency/assign:unit_head'), ('agency/assign:unit_head,agency_leader'), ('agency/appraise:specialist'),
    ('agency/approve:agency_leader'), ('agency/issue:clerk'),
    ('centre/return:return_desk'), ('centre/return:intake_officer,return_desk');

-- The default process was the only one so far: its keys are its kinds.
UPDATE processes SET body =
    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(body,
        '"key":"intake"', '"key":"intake","kind":"intake"'),
        '"key":"assign"', '"key":"assign","kind":"assign"'),
        '"key":"appraise"', '"key":"appraise","kind":"appraise"'),
        '"key":"approve"', '"key":"approve","kind":"approve"'),
        '"key":"issue"', '"key":"issue","kind":"issue"'),
        '"key":"return"', '"key":"return","kind":"return"');

ALTER TABLE dossiers ADD COLUMN pool TEXT;
UPDATE dossiers SET pool = CASE step
    WHEN 'intake' THEN 'centre/intake:intake_officer,post_employee'
    WHEN 'assign' THEN 'agency/assign:unit_head,agency_leader'
    WHEN 'appraise' THEN 'agency/appraise:specialist'
    WHEN 'approve' THEN 'agency/approve:agency_leader'
    WHEN 'issue' THEN 'agency/issue:clerk'
    WHEN 'return' THEN 'centre/return:intake_officer,return_desk'
    END
WHERE holder_officer_id IS NULL;
DROP INDEX dossiers_agency_pool;
DROP INDEX dossiers_centre_pool;
CREATE INDEX dossiers_agency_pool ON dossiers (holder_agency_id, pool, due_key, id)
    WHERE holder_officer_id IS NULL AND holder_centre_id IS NULL AND pool IS NOT NULL;
CREATE INDEX dossiers_centre_pool ON dossiers (holder_centre_id, pool, due_key, id)
    WHERE holder_officer_id IS NULL AND holder_centre_id IS NOT NULL;
