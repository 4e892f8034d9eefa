-- Open dossiers whose deadlines are still to be kept: those from before deadlines were rows (0040), and those whose kinds of
-- deadline have become more. A routine works it off; new dossiers never come here.
CREATE TABLE due_moments_owed (
    dossier_id BIGINT PRIMARY KEY
);
INSERT INTO due_moments_owed (dossier_id)
    SELECT id FROM dossiers WHERE status NOT IN ('draft', 'refused', 'stopped', 'withdrawn', 'returned');
