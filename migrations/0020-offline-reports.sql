-- A report that was written without a connection and sent later: when it was written, by the clock of the server that gave
-- the form. Its freshness (next_update_at) counts from then; reported_at stays the moment at which it arrived.
-- null: it was sent as it was written.
alter table report add column written_at timestamptz check (written_at <= reported_at);
