-- One rule for every way an answer comes in (0036): what loses nothing of what stands is taken, anything else waits for a person.

-- A press behind a link that was not taken is kept as a reply is: pressed says which button, text what was written with it.
-- removed: whoever said it no longer speaks for the institution.
alter table reply drop constraint reply_channel_check, drop constraint reply_finding_check;
alter table reply
  add constraint reply_channel_check check (channel in ('mail', 'sms', 'link')),
  add constraint reply_finding_check check (finding in
    ('taken', 'again', 'unclear', 'no_code', 'late', 'over', 'other_sender', 'removed', 'unknown', 'automatic')),
  add column pressed text check (pressed ~ '^(acknowledged|normal|not_normal|choice-[1-9])$'),
  add check ((channel = 'link') = (pressed is not null));

-- What was pressed by mistake is taken back by a report of its own, which says again what stood before; where nothing did, it is void.
alter table report
  add column takes_back uuid unique references report,
  add column taken_back_at timestamptz,
  add column is_void boolean not null default false,
  add check ((takes_back is null) = (taken_back_at is null)),
  add check (not is_void or takes_back is not null);
-- What each institution says now, by situation: the end of each chain, unless it took back the only thing that was said.
create view report_now with (security_invoker) as
  select report.* from report
  where not is_void and not exists (select from report as later where later.supersedes = report.id);
grant select on report_now to noroshi_app;

-- An answer that was taken back stays readable, and is nobody's first any more.
alter table answer
  add column taken_back_at timestamptz,
  add check (taken_back_at is null or not is_first);
create policy changing on answer for update using ((select reader_is_program()));
grant update (is_first, taken_back_at) on answer to noroshi_app;

-- Since when somebody of the institution has wanted to be rung.
alter table receipt add column call_wanted_at timestamptz;

-- What a contact was sent before this moment no longer answers for the institution: a phone was lost, a mail passed on.
alter table contact add column links_voided_at timestamptz;
