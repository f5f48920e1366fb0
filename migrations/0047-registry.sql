-- What the registry of institutions knows beside kind, market and function: in which class of membership, of which district association,
-- under which registration and supervised by whom; who is asked, and who is only informed; what a local finance bureau reads.

-- District associations (地区協会): the secretariat's list. The code is what files name, and never changes; every change of a name is
-- a version.
create table district (
  code     text not null check (code ~ '^[0-9A-Z-]{2,20}$'),
  version  int not null check (version > 0),
  name_ja  text not null check (length(name_ja) between 1 and 60),
  name_en  text not null check (length(name_en) between 1 and 60),
  made_by  uuid references person,
  made_at  timestamptz not null,
  primary key (code, version)
);
alter table district enable row level security;
alter table district force row level security;
create policy reading on district for select using ((select reader_is_signed_in()));
create policy adding on district for insert with check ((select reader_may('institution.edit')));
create view district_now with (security_invoker) as
  select distinct on (code) * from district order by code, version desc;
grant select, insert on district to noroshi_app;
grant select on district_now to noroshi_app;

alter table institution
  add column membership text check (membership in ('member', 'specific_business_member', 'special_member', 'non_member')),
  -- Of a district above; none is ever taken away.
  add column district_code text check (district_code ~ '^[0-9A-Z-]{2,20}$'),
  -- As the authority writes it: the kind of business, and the number under which it is registered or licensed.
  add column registration_kind text not null default '' check (length(registration_kind) <= 100),
  add column registration_number text not null default '' check (length(registration_number) <= 100),
  -- An institution of the kind regulator, such as a local finance bureau: whom it supervises, it reads.
  add column supervised_by uuid references institution,
  -- Whether it is asked to report and to answer. Whoever is not gets what is said for information, and is in no count of those asked.
  add column is_asked boolean,
  add check (supervised_by <> id);
create index on institution (supervised_by) where supervised_by is not null;
create index on institution (district_code) where district_code is not null;

-- What is not said follows from the kind: a special member is one, a firm is a member, others are none; the regulator and the central
-- bank are informed.
create function registry_of_kind() returns trigger language plpgsql as $$ begin
  new.membership := coalesce(new.membership,
    case new.kind when 'securities_firm' then 'member' when 'special_member' then 'special_member' else 'non_member' end);
  new.is_asked := coalesce(new.is_asked, new.kind not in ('regulator', 'central_bank'));
  return new;
end $$;
create trigger registry_of_kind before insert on institution for each row execute function registry_of_kind();
update institution set
  membership = case kind when 'securities_firm' then 'member' when 'special_member' then 'special_member' else 'non_member' end,
  is_asked = kind not in ('regulator', 'central_bank');
alter table institution alter column membership set not null, alter column is_asked set not null;

-- The people of an institution change none of this.
create or replace function only_own_fields() returns trigger language plpgsql as $$ begin
  if not (reader_may('institution.edit') or reader_may('roster.import'))
    and (new.id, new.code, new.kind, new.name_ja, new.lei, new.mic, new.parent_id, new.active_from, new.active_to, new.membership,
        new.district_code, new.registration_kind, new.registration_number, new.supervised_by, new.is_asked)
      is distinct from
      (old.id, old.code, old.kind, old.name_ja, old.lei, old.mic, old.parent_id, old.active_from, old.active_to, old.membership,
        old.district_code, old.registration_kind, old.registration_number, old.supervised_by, old.is_asked) then
    raise exception 'only the secretariat changes these fields' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- A receipt of who is only informed is closed from the beginning; its one step is taken all the same.
alter table receipt drop constraint receipt_closed_how_check;
alter table receipt add constraint receipt_closed_how_check check (closed_how in ('answered', 'ended', 'informed'));
do $$ declare name text; begin
  select conname into strict name from pg_constraint
    where conrelid = 'receipt'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%next_step_at IS NULL%';
  execute format('alter table receipt drop constraint %I', name);
end $$;
alter table receipt add constraint receipt_steps_check
  check (closed_at is null or next_step_at is null or closed_how = 'informed');
-- It says that it is for information, and asks for nothing.
alter table rendering add column is_informed boolean not null default false;
alter table rendering drop constraint rendering_pkey;
alter table rendering add primary key (notice_id, channel, is_informed);

-- Roles: people of a local finance bureau, who read only what it supervises.
do $$ declare name text; begin
  select conname into strict name from pg_constraint
    where conrelid = 'role_grant'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%council_member%';
  execute format('alter table role_grant drop constraint %I', name);
  select conname into strict name from pg_constraint
    where conrelid = 'invitation'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%council_member%';
  execute format('alter table invitation drop constraint %I', name);
end $$;
alter table role_grant add check (role in ('secretariat', 'secretariat_approver', 'bcp_contact', 'institution_administrator',
  'council_member', 'command_centre_member', 'authority', 'local_authority', 'observer', 'auditor'));
alter table invitation add check (roles <@ '{secretariat,secretariat_approver,bcp_contact,institution_administrator,council_member,command_centre_member,authority,local_authority,observer,auditor}'::text[]);

-- The second wall. To people of a bureau the market is their own institution, what it supervises, and the association, whom everyone may
-- have to call: of the others not even the name comes with a line of something else. A policy cannot ask its own table; it asks the row.
create function reader_is_of_bureau() returns boolean language sql stable parallel safe as
  $$ select not reader_is_program() and reader_may('directory.see-supervised') and not reader_may('directory.see') $$;
create function reader_supervises() returns setof uuid language sql stable parallel safe as $$
  select id from institution where supervised_by = reader_institution() and reader_may('directory.see-supervised')
    and not reader_is_program() $$;

drop policy reading on institution;
create policy reading on institution for select using ((select reader_is_signed_in()) and (not (select reader_is_of_bureau())
  or id = (select reader_institution()) or supervised_by = (select reader_institution()) or kind = 'association'));
drop policy reading on institution_market;
create policy reading on institution_market for select using ((select reader_is_signed_in())
  and (not (select reader_is_of_bureau()) or institution_id in (select id from institution)));
drop policy reading on institution_function;
create policy reading on institution_function for select using ((select reader_is_signed_in())
  and (not (select reader_is_of_bureau()) or institution_id in (select id from institution)));
create policy supervised on site for select using (institution_id in (select reader_supervises()));
create policy supervised on contact for select using (institution_id in (select reader_supervises()));
create policy supervised on contact_address for select using (institution_id in (select reader_supervises()));
create policy supervised on person for select using (institution_id in (select reader_supervises()));
-- What is for its own eyes and the desk's is neither the bureau's.
create policy supervised on report for select using ((select reader_may('report.see-supervised'))
  and institution_id in (select reader_supervises()));
