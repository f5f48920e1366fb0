-- Who may do what, and as whom the program works: roles with their history, sessions that can be judged, labels.

-- TLP 2.0 (FIRST): who may read a text. `clear` everyone, `green` everyone who is signed in, `amber` those who need it in
-- the market, `amber_strict` its own institution and those who run the command centre, `red` those who wrote it and the desk.
create domain tlp as text check (value in ('red', 'amber_strict', 'amber', 'green', 'clear'));

-- Rights have a history: a grant is ended, never deleted. Nobody holds a role twice at a time.
alter table role_grant drop constraint role_grant_pkey;
alter table role_grant drop constraint role_grant_role_check;
alter table role_grant add check (role in ('secretariat', 'secretariat_approver', 'bcp_contact', 'institution_administrator',
  'council_member', 'command_centre_member', 'authority', 'observer', 'auditor'));
alter table role_grant
  add column id uuid primary key default gen_random_uuid(),
  add column granted_by uuid references person,
  add column reason text not null default '' check (length(reason) <= 500),
  -- When a review last found that the person still needs it.
  add column confirmed_at timestamptz,
  add column confirmed_by uuid references person,
  add column removed_at timestamptz,
  add column removed_by uuid references person,
  add column removal_reason text check (length(removal_reason) <= 500),
  add check ((removed_at is null) = (removal_reason is null));
create unique index on role_grant (person_id, role) where removed_at is null;
-- The regulator and the central bank looked on as observers; they are authorities, who see more than an observer.
update role_grant set role = 'authority' where role = 'observer' and person_id in (
  select person.id from person join institution on institution.id = person.institution_id
  where institution.kind in ('regulator', 'central_bank'));

-- Who has left may never sign in again; what they did keeps their name.
alter table person
  add column left_at timestamptz,
  add column left_reason text check (length(left_reason) <= 500),
  add column two_factor_enabled boolean not null default false;

-- seen_at: last request, for the idle limit. confirmed_at: when the person last proved who they are in this session,
-- which dangerous acts ask for again. method: how they came in.
alter table session
  add column seen_at timestamptz,
  add column confirmed_at timestamptz,
  add column method text not null default 'password'
    check (method in ('password', 'passkey', 'second_factor', 'recovery_code', 'invitation', 'break_glass', 'sso'));

-- What the secretariat sets while the program runs; every change is in the trail. One row a name.
create table setting (
  name       text primary key check (length(name) between 1 and 60),
  value      jsonb not null,
  changed_by uuid references person,
  changed_at timestamptz not null
);

-- A mail to one person that is no request to report: an invitation, a code, a reminder. Handed over at least once under
-- one Message-ID. `about`: the page it belongs to. contact_address_id: the address under test, when that is its reason.
create table letter (
  id         uuid primary key default gen_random_uuid(),
  address    text not null check (length(address) between 3 and 254),
  subject    text not null check (length(subject) between 1 and 200 and subject !~ '[\r\n]'),
  body       text not null check (length(body) <= 20000),
  about      text not null,
  label      tlp not null,
  purpose    text not null check (length(purpose) between 1 and 40),
  contact_address_id uuid,
  message_id text not null unique,
  state      text not null default 'waiting' check (state in ('waiting', 'sent', 'perhaps', 'failed', 'bounced')),
  attempts   int not null default 0,
  -- When it is due. Who sends it moves this ahead first: should they die, it is due again.
  next_try_at timestamptz not null,
  answer     text,
  queued_at  timestamptz not null,
  sent_at    timestamptz
);
create index on letter (next_try_at) where state = 'waiting';
create index on letter (queued_at);
create index on letter (contact_address_id) where contact_address_id is not null;

-- Texts that a person writes for others carry their label. An official notice is for the whole market unless its
-- registrar says otherwise; what an institution reports is for itself and those who run the command centre.
alter table official_notice add column label tlp not null default 'green';
alter table report add column label tlp not null default 'amber_strict';
alter table situation add column label tlp not null default 'green';
alter table round add column label tlp not null default 'green';

grant update on role_grant to noroshi_app;
revoke delete on role_grant from noroshi_app;
grant select, insert, update on setting, letter to noroshi_app;
