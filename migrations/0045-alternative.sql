-- 代替 (S0-45, S0-54): a function that runs on an alternative is neither normal nor partly disrupted (0052). What was stored before
-- stays valid as it is.
alter domain condition drop constraint condition_check;
alter domain condition add constraint condition_check check (value in ('normal', 'alternative', 'partial', 'stopped', 'resumed', 'unknown'));

-- alternative_from: what stands in; null where it was not said, as in a few words without the form. alternative_other: a line, for what is
-- none of the kinds. normal_at: when normal operation is expected again. All of them are of functions on the alternative alone.
alter table report
  add column alternative_from text check (alternative_from in ('second_centre', 'alternate_office', 'by_hand', 'other')),
  add column alternative_other text not null default '' check (length(alternative_other) <= 100),
  add column normal_at timestamptz,
  add check ((alternative_from is not distinct from 'other') = (alternative_other <> '')),
  add check ((alternative_from is null and normal_at is null)
    or coalesce('alternative' = any (array[order_trading, clearing, settlement, custody, market_data, funds]::text[]), false));
create or replace view report_now with (security_invoker) as
  select report.* from report
  where not is_void and not exists (select from report as later where later.supersedes = report.id);

-- The press 「代替運用中」 behind a link.
alter table reply drop constraint reply_pressed_check;
alter table reply add constraint reply_pressed_check check (pressed ~ '^(acknowledged|normal|alternative|not_normal|choice-[1-9])$');
