-- How people come in, and how they come back in when every other way is lost.

-- An invitation: its id is mailed and is no secret; its code is said by phone or in person, and only its hash is kept.
-- kind `recovery`: for a person who is known already and has lost all ways to sign in; two people of the desk made it.
-- The roles are given, and the contact is linked, when it is first used. Until a way to sign in is set up the code may be
-- used again. tries: wrong codes since the code was made. ended_how: `done`: a way to sign in was set up.
create table invitation (
  id             uuid primary key default gen_random_uuid(),
  kind           text not null default 'invitation' check (kind in ('invitation', 'recovery')),
  institution_id uuid not null references institution,
  name_ja        text not null check (length(name_ja) between 1 and 100),
  name_en        text check (length(name_en) <= 100),
  email          text not null check (length(email) between 3 and 254 and email = lower(email)),
  roles          text[] not null check (roles <@ '{secretariat,secretariat_approver,bcp_contact,institution_administrator,council_member,command_centre_member,authority,observer,auditor}'::text[]),
  reason         text not null check (length(reason) between 1 and 500),
  contact_id     uuid references contact,
  person_id      uuid references person,
  -- Nobody: the program, for the first account.
  invited_by     uuid references person,
  invited_at     timestamptz not null,
  code_hash      text not null,
  expires_at     timestamptz not null,
  tries          int not null default 0 check (tries between 0 and 5),
  accepted_at    timestamptz,
  ended_at       timestamptz,
  ended_how      text check (ended_how in ('done', 'withdrawn', 'tries', 'lapsed')),
  ended_by       uuid references person,
  idempotency_key uuid not null unique,
  check ((ended_at is null) = (ended_how is null)),
  check (accepted_at is null or person_id is not null),
  check (kind = 'invitation' or person_id is not null)
);
-- Nobody is invited twice at a time.
create unique index on invitation (email) where ended_at is null and kind = 'invitation';
create index on invitation (institution_id, invited_at);
create index on invitation (person_id) where person_id is not null;

-- The recovery of a person: one of the desk asks for it, another one approves, neither is the person.
create table recovery (
  id             uuid primary key default gen_random_uuid(),
  person_id      uuid not null references person,
  reason         text not null check (length(reason) between 1 and 500),
  -- How the one who asks for it made sure that the person is who they say.
  identity_check text not null check (length(identity_check) between 1 and 500),
  requested_by   uuid not null references person check (requested_by <> person_id),
  requested_at   timestamptz not null,
  expires_at     timestamptz not null,
  approved_by    uuid references person check (approved_by <> requested_by and approved_by <> person_id),
  approved_at    timestamptz,
  invitation_id  uuid references invitation,
  withdrawn_by   uuid references person,
  withdrawn_at   timestamptz,
  idempotency_key uuid not null unique,
  check ((approved_at is null) = (approved_by is null) and (approved_at is null) = (invitation_id is null)),
  check ((withdrawn_at is null) = (withdrawn_by is null)),
  check (approved_at is null or withdrawn_at is null)
);
create index on recovery (requested_at);

-- Break-glass codes: on paper in a sealed envelope, for the hour in which nobody of the desk can sign in otherwise. Only the
-- newest set counts. A code opens one session, or is spent in a drill that opens none.
create table break_glass_set (
  id        uuid primary key default gen_random_uuid(),
  number    int generated always as identity unique,
  sealed_by uuid not null references person,
  sealed_at timestamptz not null,
  voided_at timestamptz,
  idempotency_key uuid not null unique
);
create unique index on break_glass_set ((true)) where voided_at is null;
create table break_glass_code (
  set_id    uuid not null references break_glass_set,
  number    int not null check (number between 1 and 99),
  code_hash text not null,
  used_at   timestamptz,
  used_by   uuid references person,
  used_mode mode check (used_mode in ('actual', 'exercise')),
  reason    text check (length(reason) between 1 and 500),
  primary key (set_id, number),
  check ((used_at is null) = (used_by is null) and (used_at is null) = (used_mode is null) and (used_at is null) = (reason is null))
);
-- Wrong codes, to be counted by the hour; whoever sent them.
create table break_glass_miss (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null
);
create index on break_glass_miss (at);

do $$ declare name text; begin
  foreach name in array '{invitation,recovery,break_glass_set,break_glass_code,break_glass_miss}'::text[] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;

create policy reading on invitation for select using
  ((select reader_may('rights.see')) or reader_may_in('person.invite', institution_id));
create policy adding on invitation for insert with check (
  ((select reader_may('person.invite')) or (kind = 'invitation' and roles <@ '{bcp_contact,institution_administrator}'::text[]
    and reader_may_in('person.invite', institution_id)))
  and (invited_by = (select reader_person()) or (select reader_is_program())));
create policy changing on invitation for update using
  ((select reader_may('person.invite')) or (kind = 'invitation' and reader_may_in('person.invite', institution_id)));

create policy reading on recovery for select using ((select reader_may('rights.see')));
create policy adding on recovery for insert with check
  ((select reader_may('recovery.request')) and (requested_by = (select reader_person()) or (select reader_is_program())));
create policy changing on recovery for update using ((select reader_may('recovery.approve') or reader_may('recovery.request')));

create policy reading on break_glass_set for select using ((select reader_may('rights.see')));
create policy adding on break_glass_set for insert with check ((select reader_may('break-glass.seal')));
create policy changing on break_glass_set for update using ((select reader_may('break-glass.seal')));
create policy reading on break_glass_code for select using ((select reader_may('rights.see')));
create policy adding on break_glass_code for insert with check ((select reader_may('break-glass.seal')));
-- Who uses a code is nobody yet.
create policy changing on break_glass_code for update using ((select reader_is_program()));
create policy program on break_glass_miss for all using ((select reader_is_program()));

grant select, insert, update on invitation, recovery, break_glass_set, break_glass_code to noroshi_app;
grant select, insert, delete on break_glass_miss to noroshi_app;
