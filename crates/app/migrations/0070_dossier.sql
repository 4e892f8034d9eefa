-- What the work lists sort and find by: the unit that has a dossier, who passed it on, whether it came back, the last act.
ALTER TABLE dossiers ADD COLUMN holder_unit_id BIGINT;
ALTER TABLE dossiers ADD COLUMN sender_officer_id BIGINT;
ALTER TABLE dossiers ADD COLUMN sent_back BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE dossiers ADD COLUMN touched_at BIGINT NOT NULL DEFAULT 0;
UPDATE dossiers SET touched_at =
    COALESCE((SELECT MAX(e.at) FROM dossier_events e WHERE e.dossier_id = dossiers.id), opened_at);
UPDATE dossiers SET holder_unit_id = COALESCE(
    (SELECT o.unit_id FROM officers o WHERE o.id = dossiers.holder_officer_id),
    (SELECT MIN(u.id) FROM units u WHERE u.agency_id = dossiers.holder_agency_id))
WHERE holder_agency_id IS NOT NULL;
CREATE INDEX dossiers_unit ON dossiers (holder_unit_id, due_key, id) WHERE holder_unit_id IS NOT NULL;
CREATE INDEX dossiers_sent ON dossiers (sender_officer_id, due_key, id) WHERE sender_officer_id IS NOT NULL;
CREATE INDEX dossiers_sent_back ON dossiers (holder_officer_id, due_key, id) WHERE sent_back = TRUE;
CREATE INDEX dossiers_untouched ON dossiers (holder_agency_id, touched_at, id) WHERE holder_agency_id IS NOT NULL;
-- "Done today" of an officer.
CREATE INDEX dossier_events_officer ON dossier_events (officer_id, at, dossier_id);
