-- What an institution still has to answer: asked for on its home page, on the board, and with every report.
create index receipt_open on receipt (institution_id) where closed_at is null;
