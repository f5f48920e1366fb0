-- 連絡先情報: the contact point of each institution (連絡窓口): a section and its phones, no person. Apart from the private call tree,
-- which stays with its institution; this is for every member. Every change is a version; none is overwritten.

-- is_on_behalf: entered by the secretariat. phone as `writePhone` writes it; '': none.
create table contact_point (
  institution_id uuid not null references institution,
  version        int not null check (version > 0),
  section_ja     text not null check (length(section_ja) between 1 and 100),
  section_en     text not null check (length(section_en) <= 100),
  phone          text not null check (phone ~ '^\+[0-9]{4,20}(;ext=[0-9]{1,10})?$'),
  mail           text not null check (length(mail) <= 254),
  office_name    text not null check (length(office_name) <= 100),
  office_address text not null check (length(office_address) <= 200),
  office_phone   text not null check (office_phone ~ '^(\+[0-9]{4,20}(;ext=[0-9]{1,10})?)?$'),
  is_on_behalf   boolean not null,
  made_by        uuid references person,
  made_at        timestamptz not null,
  primary key (institution_id, version),
  constraint office_has_name check (office_name <> '' or (office_address = '' and office_phone = ''))
);
alter table contact_point enable row level security;
alter table contact_point force row level security;
create policy reading on contact_point for select using ((select reader_is_signed_in()));
create policy adding on contact_point for insert with check (reader_may_in('contact-point.edit', institution_id)
  and ((select reader_is_program()) or made_by = (select reader_person())));
grant select, insert on contact_point to noroshi_app;
create view contact_point_now with (security_invoker) as
  select distinct on (institution_id) * from contact_point order by institution_id, version desc;
grant select on contact_point_now to noroshi_app;

-- From where the institution works now, as it says itself; since: since when.
create table work_place (
  institution_id uuid not null references institution,
  version        int not null check (version > 0),
  place          text not null check (place in ('main_office', 'alternate_office', 'home', 'other')),
  note           text not null check (length(note) <= 100),
  since          timestamptz not null,
  is_on_behalf   boolean not null,
  made_by        uuid references person,
  made_at        timestamptz not null,
  primary key (institution_id, version),
  check (since <= made_at),
  constraint other_is_said check (place <> 'other' or note <> '')
);
alter table work_place enable row level security;
alter table work_place force row level security;
create policy reading on work_place for select using ((select reader_is_signed_in()));
create policy adding on work_place for insert with check (reader_may_in('contact-point.edit', institution_id)
  and ((select reader_is_program()) or made_by = (select reader_person())));
grant select, insert on work_place to noroshi_app;
create view work_place_now with (security_invoker) as
  select distinct on (institution_id) * from work_place order by institution_id, version desc;
grant select on work_place_now to noroshi_app;
