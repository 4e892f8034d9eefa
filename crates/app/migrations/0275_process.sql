-- Processes about which somebody must decide because an agency in them was merged, split or closed (CAT-04, CAT-07): carried
-- over to the heir, or left. A draft may be thrown away meanwhile; its line is then shown no more.
CREATE TABLE process_successions (
    change_id BIGINT NOT NULL REFERENCES agency_changes (id),
    design_id BIGINT NOT NULL,
    -- waiting, carried, left
    state TEXT NOT NULL,
    -- The draft for the heir.
    became BIGINT,
    officer_id BIGINT,
    decided_at BIGINT,
    PRIMARY KEY (change_id, design_id)
);
CREATE INDEX process_successions_waiting ON process_successions (change_id, design_id) WHERE state = 'waiting';
