-- What the public top page says besides situations: who runs the portal, where to ask, where else to look. A row per version.
create table top_page (
  version integer primary key check (version > 0),
  operator_ja text not null,
  operator_en text not null,
  contact_ja text not null,
  contact_en text not null,
  links jsonb not null,
  made_by uuid not null references person,
  made_at timestamptz not null
);
create view top_page_now with (security_invoker) as select * from top_page order by version desc limit 1;
grant select, insert on top_page to noroshi_app;
grant select on top_page_now to noroshi_app;
alter table top_page enable row level security;
alter table top_page force row level security;
-- The links stand on everybody's home; what is on the public page is no secret.
create policy reading on top_page for select using ((select reader_is_signed_in()));
create policy adding on top_page for insert with check ((select reader_may('top-page.edit')));
