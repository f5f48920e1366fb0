-- A file that somebody chose for a notice, kept while they correct the rest of the form; it goes into the notice, or after a day.
create table notice_upload (
  id          uuid primary key default gen_random_uuid(),
  file_name   text not null check (length(file_name) between 1 and 200),
  media_type  text not null check (length(media_type) <= 100),
  digest      text not null check (digest ~ '^[0-9a-f]{64}$'),
  size        int not null check (size > 0),
  content     bytea not null,
  uploaded_by uuid not null references person,
  uploaded_at timestamptz not null
);
alter table notice_upload enable row level security;
alter table notice_upload force row level security;
create policy own on notice_upload for all
  using ((select reader_is_program()) or (select reader_may('notice.draft')) and uploaded_by = (select reader_person()));
create policy finding_old on notice_upload for select
  using ((select reader_may('notice.draft')) and uploaded_at < now() - interval '1 day');
create policy removing_old on notice_upload for delete
  using ((select reader_may('notice.draft')) and uploaded_at < now() - interval '1 day');
grant select, insert, delete on notice_upload to noroshi_app;

-- is_original: the official notice as it was registered, written by the program.
alter table notice_attachment add column is_original boolean not null default false;
-- same_as: the attachment of an earlier asking whose content this one has, so that what is asked again copies no file.
alter table notice_attachment alter column content drop not null;
alter table notice_attachment add column same_as uuid references notice_attachment, add check ((content is null) = (same_as is not null));
-- What was released keeps its attachments, and gets no new ones; the program copies those of a notice that it repeats.
drop policy adding on notice_attachment;
create policy adding on notice_attachment for insert with check ((select reader_is_program())
  or ((select reader_may('notice.draft')) and notice_id in (select id from notice where state in ('draft', 'submitted'))));
drop policy removing on notice_attachment;
create policy removing on notice_attachment for delete using
  ((select reader_may('notice.draft')) and notice_id in (select id from notice where state in ('draft', 'submitted')));

-- Why the one who was to release it sent it back; gone when it is put forward again.
alter table notice
  add column returned_by uuid references person,
  add column returned_at timestamptz,
  add column return_reason text check (length(return_reason) between 1 and 500),
  add check ((returned_by is null) = (returned_at is null) and (returned_at is null) = (return_reason is null));
create index on notice (state) where state in ('draft', 'submitted');
