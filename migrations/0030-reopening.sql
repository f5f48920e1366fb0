-- A situation that was closed by mistake is opened again by two of the desk: one asks, with the reason and the words for the
-- public, another agrees; until then nothing changes. The situation itself forgets its closing then, so what that was stands
-- here. What ended with the closing (askings, links, messages on their way) does not come back.
create table reopening (
  id             uuid primary key,
  situation_id   uuid not null,
  mode           mode not null,
  reason         text not null check (length(reason) between 1 and 2000),
  text_ja        text not null check (length(text_ja) between 1 and 1000),
  text_en        text not null check (length(text_en) between 1 and 1000),
  closed_at      timestamptz not null,
  closed_by      uuid references person,
  closing_reason text not null,
  asked_by       uuid not null references person,
  asked_at       timestamptz not null,
  decision       text check (decision in ('agreed', 'dropped')),
  decided_by     uuid references person,
  decided_at     timestamptz,
  foreign key (situation_id, mode) references situation (id, mode),
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  constraint by_another check (decision <> 'agreed' or decided_by <> asked_by)
);
-- One waits at a time.
create unique index on reopening (situation_id) where decision is null;
alter table reopening enable row level security;
alter table reopening force row level security;
create policy reading on reopening for select using ((select reader_may('board.see-all')));
create policy adding on reopening for insert with check ((select reader_may('situation.reopen')) and asked_by = (select reader_person()));
create policy changing on reopening for update using ((select reader_may('situation.reopen')));
grant select, insert, update (decision, decided_by, decided_at) on reopening to noroshi_app;

-- Who agrees opens the situation, and tells the public.
drop policy changing on situation;
create policy changing on situation for update
  using ((select reader_may('situation.change') or reader_may('situation.close') or reader_may('situation.reopen')
    or reader_may('report.file') or reader_may('notice.release')))
  with check ((select reader_may('situation.change') or reader_may('situation.close') or reader_may('situation.reopen')));
drop policy adding on publication;
create policy adding on publication for insert
  with check ((select reader_may('publication.publish') or reader_may('situation.reopen')));
