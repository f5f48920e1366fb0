-- A roster that was read and whose effect somebody looks at. Kept until it is applied, a newer one comes, or a day has passed:
-- it holds people's names and numbers.
create table roster_upload (
  id          uuid primary key default gen_random_uuid(),
  file_name   text not null check (length(file_name) <= 200),
  digest      text not null check (digest ~ '^[0-9a-f]{64}$'),
  is_complete boolean not null,
  content     jsonb,
  uploaded_by uuid not null references person,
  uploaded_at timestamptz not null,
  applied_at  timestamptz,
  check ((content is null) = (applied_at is not null))
);
create index on roster_upload (uploaded_by);
alter table roster_upload enable row level security;
alter table roster_upload force row level security;
create policy own on roster_upload for all using ((select reader_may('roster.import'))
  and ((select reader_is_program()) or uploaded_by = (select reader_person())));
-- Those of others only to throw away what is too old; to delete a row one must see it.
create policy finding_old on roster_upload for select
  using ((select reader_may('roster.import')) and uploaded_at < now() - interval '1 day');
create policy removing_old on roster_upload for delete
  using ((select reader_may('roster.import')) and uploaded_at < now() - interval '1 day');
grant select, insert, update, delete on roster_upload to noroshi_app;

-- Who added an institution by hand names that filling-in of the form, so that a second press adds nothing.
alter table institution add column idempotency_key uuid unique;

-- What the people of an institution may change of its entry, whatever a form of theirs says: its reading, its English name,
-- and that it was confirmed.
create function only_own_fields() returns trigger language plpgsql as $$ begin
  if not (reader_may('institution.edit') or reader_may('roster.import'))
    and (new.id, new.code, new.kind, new.name_ja, new.lei, new.mic, new.parent_id, new.active_from, new.active_to)
      is distinct from
      (old.id, old.code, old.kind, old.name_ja, old.lei, old.mic, old.parent_id, old.active_from, old.active_to) then
    raise exception 'only the secretariat changes these fields' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger only_own_fields before update on institution for each row execute function only_own_fields();
