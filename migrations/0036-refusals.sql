-- How many lines of refusals stand in the trail since when, and how many more there were: whoever is not signed in must not be able
-- to fill what cannot be emptied. who: of which refusal, and about which person, nobody that is known, or everyone together.
create table refusal_window (
  who   text primary key,
  since timestamptz not null,
  lines integer not null default 0,
  more  integer not null default 0
);
alter table refusal_window enable row level security;
alter table refusal_window force row level security;
create policy program on refusal_window for all using ((select reader_is_program()));
grant select, insert, update on refusal_window to noroshi_app;
