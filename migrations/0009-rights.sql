-- Who held which right when, who read what, and what the database itself refuses about roles.

-- Nobody gives a role to themselves, whatever else they may do.
create policy never_to_oneself on role_grant as restrictive for insert
  with check ((select reader_is_program()) or person_id is distinct from (select reader_person()));
create index on role_grant (person_id);
-- The trail of one person, and when they last signed in.
create index on trail (person_id, id) where person_id is not null;

-- Who was refused has changed nothing: no open page need look again.
drop trigger told on trail;
create trigger told after insert on trail for each row when (new.action <> 'access.denied') execute function tell_change();

-- Who did read what: one row a person, page and day (of the market), with how often. Nothing is taken back: only the last
-- time and the count of a row may change.
create table reading (
  person_id uuid not null references person,
  day       date not null,
  -- Path of the page, as in the trail.
  about     text not null check (length(about) between 1 and 200),
  label     tlp not null,
  first_at  timestamptz not null,
  last_at   timestamptz not null,
  times     int not null check (times > 0),
  primary key (person_id, day, about),
  check (first_at <= last_at)
);
create index on reading (about, day);
create index on reading (last_at);
alter table reading enable row level security;
alter table reading force row level security;
create policy reading on reading for select using
  ((select reader_may('trail.read')) or person_id = (select reader_person()));
create policy adding on reading for insert with check ((select reader_is_program()));
create policy changing on reading for update using ((select reader_is_program()));

grant select, insert, update (last_at, times) on reading to noroshi_app;
