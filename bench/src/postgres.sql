\set n :n + 1
\set id 8000000000000000000 + :round * 10000000000000000 + :client_id * 1000000000000 + :n * 4
\set slip_id :id + 1
\set outbox_id :id + 2
\set told_id :id + 3
BEGIN;
INSERT INTO idempotency (principal, key, command_hash, status, answer, created_at) VALUES ('bench', CAST(:id AS TEXT), '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 0, '', 1760000000000) ON CONFLICT (principal, key) DO NOTHING;
INSERT INTO number_series (name, last) VALUES ('bench/dossier', 1) ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last AS code \gset
INSERT INTO number_series (name, last) VALUES ('bench/receipt', 1) ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last AS receipt \gset
INSERT INTO dossier_events (dossier_id, seq, at, officer_id, agency_id, body, hash) VALUES (:id, 1, 1760000000000, :officer, :agency, :accepted, '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef');
INSERT INTO procedure_uses (version_id) VALUES (:procedure) ON CONFLICT (version_id) DO NOTHING;
INSERT INTO dossiers (id, code, version, status, procedure_id, agency_id, centre_id, step, holder_agency_id, holder_centre_id, holder_officer_id, opened_at, due_key, head, state, holder_unit_id, sender_officer_id, touched_at, pool, by_post) VALUES (:id, 'B49.24-251006-' || CAST(:code AS TEXT), 1, 'accepted', :procedure, :agency, :centre, 'assign', :agency, NULL, NULL, 1760000000000, 1760000000000, '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', :state, :unit, :officer, 1760000000000, :pool, FALSE);
INSERT INTO dossier_agencies (agency_id, dossier_id) VALUES (:agency, :id) ON CONFLICT DO NOTHING;
INSERT INTO dossier_people (dossier_id, salt, identity, body) VALUES (:id, '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', '022085001234', :people);
SELECT sha256, name, kind, size, pages, place FROM dossier_files WHERE dossier_id = :id ORDER BY place, name;
INSERT INTO number_series (name, last) VALUES ('bench/book', 1) ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last AS ordinal \gset
INSERT INTO register_entries (centre_id, year, ordinal, dossier_id, at) VALUES (:centre, 1900, :ordinal, :id, 1760000000000);
INSERT INTO slips (id, dossier_id, form, number, data, issued_at) VALUES (:slip_id, :id, 'receipt', CAST(:receipt AS TEXT) || '/2025/TN-bench', :slip, 1760000000000);
INSERT INTO due_moments (dossier_id, moments, reminds_at, acts_at, last_at) VALUES (:id, :moments, :reminds, NULL, :reminds) ON CONFLICT (dossier_id) DO UPDATE SET moments = :moments, reminds_at = :reminds, acts_at = NULL, last_at = :reminds;
INSERT INTO outbox (id, key, lane, kind, payload, state, run_at, attempts) VALUES (:outbox_id, 'archive_slip/' || CAST(:id AS TEXT) || '/1', 1, 'archive_slip', CAST(:slip_id AS TEXT), 'waiting', 1760000000000, 0) ON CONFLICT (key) DO NOTHING;
INSERT INTO outbox (id, key, lane, kind, payload, state, run_at, attempts) VALUES (:told_id, 'tell/' || CAST(:id AS TEXT) || '/1', 1, 'tell', CAST(:id AS TEXT), 'waiting', 1760000000000, 0) ON CONFLICT (key) DO NOTHING;
UPDATE idempotency SET status = 201, answer = :state WHERE principal = 'bench' AND key = CAST(:id AS TEXT) AND status = 0;
COMMIT;
