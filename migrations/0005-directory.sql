-- The directory: what an institution is called by whom, and how its people are reached.

-- lei: ISO 17442, mic: ISO 10383, each with its check. reading: the name in kana, for searching.
alter table institution
  add column reading text not null default '' check (length(reading) <= 200),
  add column lei text unique check (lei ~ '^[0-9A-Z]{18}[0-9]{2}$'),
  add column mic text unique check (mic ~ '^[0-9A-Z]{4}$'),
  add column parent_id uuid references institution check (parent_id <> id),
  -- When its people last confirmed the entry as a whole, and who did.
  add column confirmed_at timestamptz,
  add column confirmed_by uuid references person;
create index on institution (parent_id) where parent_id is not null;
alter table site drop constraint site_kind_check;
alter table site add check (kind in ('head_office', 'data_centre', 'backup_data_centre', 'alternate_office', 'branch'));

-- A contact's place in the call tree (緊急連絡網, S0-22) is its rank: 1 is called first, and who is not reached is
-- followed by the next. called_by: who passes the call on to them; nobody: the secretariat calls.
-- duties: what they answer for. hours: when they can be reached; first responders (S2-18) come at once at night or on holidays.
alter table contact drop constraint contact_rank_check;
alter table contact add check (rank between 1 and 99);
alter table contact
  add column reading text not null default '' check (length(reading) <= 200),
  add column title text not null default '' check (length(title) <= 100),
  add column duties text[] not null default '{bcp}'
    check (duties <@ '{bcp,executive,system_risk,communications,funding,settlement}'::text[]),
  add column hours text[] not null default '{business,night,holiday}'
    check (hours <@ '{business,night,holiday}'::text[] and cardinality(hours) > 0),
  add column first_responder text[] not null default '{}'
    check (first_responder <@ '{night,holiday}'::text[] and first_responder <@ hours),
  add column called_by uuid references contact check (called_by <> id),
  add column confirmed_at timestamptz,
  add column confirmed_by uuid references person,
  add column changed_at timestamptz not null default now();
create index on contact (person_id) where person_id is not null;

-- One way to reach a contact (S2-19). rank: the order in which ways are tried. address: a mail address in lower case, a number
-- in E.164, or a URL. look: the address as the eye confuses it, so that 'rn' does not pass for 'm'.
-- verified_at: a code sent there came back. tested_at: it last took something. quarantined_at: it last refused, and why.
create table contact_address (
  id             uuid primary key default gen_random_uuid(),
  contact_id     uuid not null references contact,
  institution_id uuid not null references institution,
  means          text not null check (means in ('mail', 'mobile', 'phone', 'priority_phone', 'satellite', 'fax', 'web_push', 'webhook')),
  address        text not null check (length(address) between 3 and 500),
  extension      text not null default '' check (extension ~ '^[0-9]{0,10}$'),
  look           text not null,
  rank           int not null check (rank between 1 and 20),
  -- A mailbox of a role, read by whoever is on duty; person_behind: who that is today.
  is_role_mailbox boolean not null default false,
  person_behind  text not null default '' check (length(person_behind) <= 100),
  verified_at    timestamptz,
  tested_at      timestamptz,
  quarantined_at timestamptz,
  quarantine_reason text,
  removed_at     timestamptz,
  check (is_role_mailbox or person_behind = '')
);
create index on contact_address (contact_id) where removed_at is null;
create index on contact_address (institution_id) where removed_at is null;
-- A mail tells for whom it is answered: no two contacts share an address that people sign in or answer with.
create unique index on contact_address (address) where removed_at is null and means = 'mail';
create unique index on contact_address (contact_id, rank) where removed_at is null;
create index on contact_address (look) where removed_at is null;

insert into contact_address (contact_id, institution_id, means, address, look, rank, removed_at)
select id, institution_id, 'mail', mail, mail, 1, removed_at from contact;
-- Numbers as they were written; the next change of the entry brings them into E.164.
insert into contact_address (contact_id, institution_id, means, address, look, rank, removed_at)
select id, institution_id, 'phone', phone, phone, 2, removed_at from contact where length(phone) >= 3;
alter table contact drop column mail, drop column phone;

alter table letter add foreign key (contact_address_id) references contact_address;

-- A current contact with its first usable mail and its first number (RFC 3966: '+81312345678;ext=12'): for lists, and for asking.
create view contact_card with (security_invoker) as
select contact.*,
  (select address from contact_address as a where a.contact_id = contact.id and a.means = 'mail' and a.removed_at is null
    and a.quarantined_at is null order by a.rank limit 1) as mail,
  (select address || case when extension = '' then '' else ';ext=' || extension end
    from contact_address as a where a.contact_id = contact.id and a.removed_at is null
    and a.means in ('mobile', 'phone', 'priority_phone', 'satellite') order by a.rank limit 1) as phone
from contact where removed_at is null;

grant select on contact_card to noroshi_app;
grant select, insert, update on contact_address to noroshi_app;
