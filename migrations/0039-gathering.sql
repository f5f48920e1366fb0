-- A situation 事案 is what the desk follows. A command centre 対策本部 may be set up in it, or not: without one it gathers
-- information 情報収集 from those whom it asks, and everything that says 対策本部 says that there is none. Setting one up and
-- dissolving it are acts of their own, on the same situation, with their own time, person and reason; dissolved, the situation
-- may still be followed. What once had a command centre is never a gathering again.
alter table situation
  -- Whom a gathering asks, as somebody chose it; null: the whole market, with whom the command centre deals.
  add column audience jsonb check (jsonb_typeof(audience) = 'object'),
  -- Which of the listed reasons it was, with the version of their words; null: in the person's own words alone.
  add column reason_code text check (reason_code ~ '^[a-z_]+\.[a-z_]+\.\d+$'),
  -- Since when there has been a command centre, the first time; and since when there is none any more.
  add column centre_set_up_at timestamptz,
  add column centre_dissolved_at timestamptz,
  -- No objective is invented: it stands where a person has set one.
  alter column recovery_minutes drop not null,
  alter column recovery_minutes drop default;

-- Every change of a command centre, never edited: set up, dissolved, and restored when the closing that dissolved it was a mistake.
create table command_centre_act (
  id           uuid primary key default gen_random_uuid(),
  -- In the order in which they were done.
  number       bigint generated always as identity unique,
  situation_id uuid not null,
  mode         mode not null,
  act          text not null check (act in ('set_up', 'dissolved', 'restored')),
  -- With the closing of the situation, by one press.
  is_with_closing boolean not null default false,
  reason       text not null check (length(reason) between 1 and 2000),
  reason_code  text check (reason_code ~ '^[a-z_]+\.[a-z_]+\.\d+$'),
  criterion_id uuid,
  criterion_version int,
  done_by      uuid not null references person,
  done_at      timestamptz not null,
  foreign key (situation_id, mode) references situation (id, mode),
  foreign key (criterion_id, criterion_version) references criterion (id, version),
  check (act = 'dissolved' or not is_with_closing),
  check ((criterion_id is null) or act = 'set_up')
);
create index on command_centre_act (situation_id, number);

-- Until now every situation was a command centre from its opening to its closing.
update situation set centre_set_up_at = opened_at, centre_dissolved_at = closed_at;
insert into command_centre_act (situation_id, mode, act, reason, criterion_id, criterion_version, done_by, done_at)
select id, mode, 'set_up', left(coalesce(nullif(reason, ''), '—'), 2000), criterion_id, criterion_version, opened_by, opened_at from situation;
insert into command_centre_act (situation_id, mode, act, is_with_closing, reason, done_by, done_at)
select id, mode, 'dissolved', true, left(coalesce(nullif(closing_reason, ''), '—'), 2000), coalesce(closed_by, opened_by), closed_at
from situation where closed_at is not null;

alter table situation
  add constraint dissolved_what_was_set_up check (centre_dissolved_at is null or centre_set_up_at is not null),
  add constraint closed_without_centre check (closed_at is null or centre_set_up_at is null or centre_dissolved_at is not null),
  add constraint gathering_has_audience check (centre_set_up_at is not null or audience is not null);

-- Who names no audience sets up a command centre; what closes is dissolved; what was set up once never becomes a gathering again.
create function centre_stands() returns trigger language plpgsql as $$ begin
  if tg_op = 'UPDATE' and old.centre_set_up_at is not null and new.centre_set_up_at is distinct from old.centre_set_up_at then
    raise exception 'when a command centre was first set up is not changed' using errcode = 'integrity_constraint_violation';
  end if;
  if new.audience is null and new.centre_set_up_at is null then new.centre_set_up_at := new.opened_at; end if;
  if new.closed_at is not null and new.centre_set_up_at is not null and new.centre_dissolved_at is null then
    new.centre_dissolved_at := new.closed_at;
  end if;
  return new;
end $$;
create trigger centre_stands before insert or update on situation for each row execute function centre_stands();

alter table command_centre_act enable row level security;
alter table command_centre_act force row level security;
create policy reading on command_centre_act for select using ((select reader_may('board.see-all')));
create policy adding on command_centre_act for insert with check ((select reader_is_program())
  or done_by = (select reader_person()) and (select reader_may('command-centre.set-up') or reader_may('command-centre.dissolve') or reader_may('situation.close')
    or reader_may('situation.reopen')));
grant select, insert on command_centre_act to noroshi_app;

-- A gathering is for those who look at the whole market, and for the institutions that it has asked; the others are not alarmed.
drop policy reading on situation;
create policy reading on situation for select using ((select reader_may('situation.see'))
  and ((select reader_may('board.see-all')) or centre_set_up_at is not null
    or id in (select notice.situation_id from receipt join notice on notice.id = receipt.notice_id
      where receipt.institution_id = (select reader_institution()) and notice.situation_id is not null)));
drop policy reading on situation_change;
create policy reading on situation_change for select using (situation_id in (select id from situation));
