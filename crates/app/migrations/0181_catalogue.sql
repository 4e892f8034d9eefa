-- The version from which a draft was begun: publishing tells when another one governs on the chosen day (CAT-02).
ALTER TABLE procedure_drafts ADD COLUMN base_id BIGINT;
