-- Changes of the working calendar: prepared, looked at, applied, and how far the open dossiers have been dated anew (CLK-01).
CREATE TABLE calendar_changes (
    id BIGINT PRIMARY KEY,
    -- draft, applied, dropped
    state TEXT NOT NULL,
    days TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_by BIGINT,
    made_at BIGINT NOT NULL,
    applied_by BIGINT,
    applied_at BIGINT,
    -- The version of the calendar to which it led.
    version BIGINT,
    -- The change that this one takes back.
    undoes BIGINT,
    -- Recount of open dossiers: none, running, done; and the key after which it goes on.
    recount TEXT NOT NULL,
    after_due BIGINT NOT NULL,
    after_id BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    moved BIGINT NOT NULL
);
CREATE INDEX calendar_changes_running ON calendar_changes (id) WHERE recount = 'running';
CREATE TABLE calendar_moves (
    change_id BIGINT NOT NULL,
    dossier_id BIGINT NOT NULL,
    from_due BIGINT NOT NULL,
    to_due BIGINT NOT NULL,
    PRIMARY KEY (change_id, dossier_id)
);
-- Dossiers whose clock runs or stands, by due date.
CREATE INDEX dossiers_clock ON dossiers (due_key, id)
    WHERE status IN ('accepted', 'in_progress', 'awaiting_supplement', 'awaiting_payment', 'suspended');
