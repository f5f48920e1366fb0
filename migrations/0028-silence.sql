-- Silence is counted per round, not per asking: an asking that repeats or corrects another goes on where that one stood.
-- Both null: this is the first asking that its institution has not answered.
alter table receipt
  -- Since when it has been silent: when the first asking of the round that it has not answered was opened.
  add column silent_since timestamptz,
  -- By when it was to answer that one. A correction sets a time of its own.
  add column wanted_by timestamptz;

-- What is open while this is put in place has been silent since the first asking after its last answer, and stays on the call list.
update receipt set silent_since = silent.opened_at, wanted_by = silent.answer_by,
  call_since = coalesce(receipt.call_since, silent.call_since)
from (
  select receipt.id, min(earlier.opened_at) as opened_at, min(notice.answer_by) as answer_by, min(earlier.call_since) as call_since
  from receipt
  join notice asked on asked.id = receipt.notice_id and asked.round_id is not null
  join notice on notice.round_id = asked.round_id and notice.asking < asked.asking
  join receipt earlier on earlier.notice_id = notice.id and earlier.institution_id = receipt.institution_id
  where receipt.closed_at is null and notice.asking > coalesce((
    select max(said.asking) from receipt answered join notice said on said.id = answered.notice_id
    where said.round_id = asked.round_id and answered.institution_id = receipt.institution_id and answered.closed_how = 'answered'), 0)
  group by receipt.id) silent
where silent.id = receipt.id;
