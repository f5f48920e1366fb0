-- What members see of each other once a board was returned (業務状況情報): by name or as counts only, decided by the council, said by
-- one person and put in force by another. Every change is a version; none is overwritten.

-- made_by null: it came with the program. Of who has said nothing at all there is nothing to date.
create table member_view (
  version           int primary key check (version > 0),
  shows_functions   boolean not null,
  shows_bcp         boolean not null,
  shows_said_at     boolean not null,
  shows_next_update boolean not null,
  reason            text not null check (length(reason) between 1 and 500),
  made_by           uuid references person,
  made_at           timestamptz not null,
  check (version = 1 or made_by is not null),
  -- A time by name is somebody's word by name: where there is no word there is no time.
  constraint times_need_words check (shows_functions or shows_bcp or not (shows_said_at or shows_next_update))
);
alter table member_view enable row level security;
alter table member_view force row level security;
create policy reading on member_view for select using ((select reader_is_signed_in()));
create policy adding on member_view for insert with check
  (reader_may('member-view.propose') and ((select reader_is_program()) or made_by = (select reader_person())));
grant select, insert on member_view to noroshi_app;

create table member_view_decision (
  version    int primary key references member_view,
  decision   text not null check (decision in ('agreed', 'refused')),
  decided_by uuid not null references person,
  decided_at timestamptz not null
);
alter table member_view_decision enable row level security;
alter table member_view_decision force row level security;
create policy reading on member_view_decision for select using ((select reader_is_signed_in()));
-- The second wall: nobody puts in force what they said themselves.
create policy adding on member_view_decision for insert with check (reader_may('member-view.decide')
  and ((select reader_is_program()) or decided_by = (select reader_person()))
  and (decision = 'refused' or exists (select from member_view as view
    where view.version = member_view_decision.version and view.made_by is distinct from decided_by)));
grant select, insert on member_view_decision to noroshi_app;

-- Every participant by name. Where firms have reported before, they were told that others see counts only: there it stays so
-- until the council decides.
insert into member_view (version, shows_functions, shows_bcp, shows_said_at, shows_next_update, reason, made_by, made_at)
  select 1, is_new, is_new, is_new, is_new,
    case when is_new then '初期値：市場参加者の業務状況を名前で提供する / As installed: by name'
      else '更新前の取扱い：市場参加者は件数だけ / As before this version: counts only' end, null, now()
  from (select not exists (select from report)) as found (is_new);

-- What is in force at a moment: the newest version that was agreed to by then.
create function member_view_at(moment timestamptz) returns setof member_view language sql stable as $$
  select view.* from member_view as view
  where view.made_by is null or exists (select from member_view_decision as decision
    where decision.version = view.version and decision.decision = 'agreed' and decision.decided_at <= moment)
  order by view.version desc limit 1 $$;

-- Whether an institution was asked in a situation: a gathering is for those alone.
create function was_asked(in_situation uuid, of_institution uuid) returns boolean language sql stable as $$
  select exists (select from receipt join notice on notice.id = receipt.notice_id
    where notice.situation_id = in_situation and receipt.institution_id = of_institution) $$;

-- Whether the standing picture would give an institution what was not returned to it: what was reported in an emergency, while it is
-- open, and after its closing, and in a gathering from the beginning, for as long as one of its reports is an institution's last and
-- still holds. A gathering is returned to those alone whom it asked.
create function holds_unreturned(moment timestamptz, of_institution uuid) returns boolean language sql stable as $$
  select exists (select from situation where mode = 'actual'
    and (returned_at is null or (centre_set_up_at is null and not was_asked(situation.id, of_institution)))
    and ((closed_at is null and centre_set_up_at is not null) or exists (
      select from report_now report where report.situation_id = situation.id and report.next_update_at > moment
        and not exists (select from report_now newer where newer.institution_id = report.institution_id
          and newer.mode = 'actual' and newer.reported_at > report.reported_at)))) $$;

-- The one window through the wall around reports: what a member is told of every institution that has said something. Only what was
-- returned (of no situation: the newest actual word of each); of participants only what the council lets be seen by name, at the
-- moment pictured (the closing, of what is closed) and at present; never damage, remarks, people, plans: these columns are not here. It looks as the
-- program does and says who may: whoever is signed in and sees situations. Whoever is not, gets no row.
create function told_to_members(asked uuid, asked_mode mode, moment timestamptz, present timestamptz) returns table (
  institution_id uuid, order_trading text, clearing text, settlement text, custody text,
  market_data text, funds text, bcp text, said_at timestamptz, next_update_at timestamptz, is_expired boolean,
  last_order_trading text, last_clearing text, last_settlement text, last_custody text,
  last_market_data text, last_funds text, is_after_return boolean
) language plpgsql as $$
#variable_conflict use_column
declare
  -- Only a superuser may give a function a setting of its own: it takes the scope on, and gives it back.
  scope_before text := coalesce(current_setting('noroshi.scope', true), '');
begin
  perform set_config('noroshi.scope', 'program', true);
  return query with pictured as (
    select situation.returned_at from situation
      where situation.id = asked and situation.mode = asked_mode and situation.returned_at is not null
        and (situation.centre_set_up_at is not null or was_asked(situation.id, reader_institution())
          or strpos(' ' || coalesce(current_setting('noroshi.may', true), '') || ' ', ' board.see-all ') > 0)
    union all select null where asked is null and asked_mode = 'actual' and not holds_unreturned(moment, reader_institution())
  ), seen as (
    select pictured.returned_at, now_seen.shows_functions and then_seen.shows_functions as functions,
      now_seen.shows_bcp and then_seen.shows_bcp as bcp, now_seen.shows_said_at and then_seen.shows_said_at as said_at,
      now_seen.shows_next_update and then_seen.shows_next_update as next_update
    from pictured, member_view_at(present) as now_seen, member_view_at(moment) as then_seen
    where reader_person() is not null
      and strpos(' ' || coalesce(current_setting('noroshi.may', true), '') || ' ', ' operating-status.see ') > 0
      -- Whoever is of a bureau reads what it supervises, whatever other role they hold.
      and (strpos(' ' || coalesce(current_setting('noroshi.may', true), '') || ' ', ' directory.see-supervised ') = 0
        or strpos(' ' || coalesce(current_setting('noroshi.may', true), '') || ' ', ' directory.see ') > 0)
  ), said as (
    select distinct on (report.institution_id) report.*, institution.is_infrastructure as is_open,
      report.next_update_at <= moment as has_expired, seen.returned_at,
      -- What was reported in something that has closed is shown no wider than at its closing.
      seen.functions and coalesce(closed.shows_functions, true) as functions,
      seen.bcp and coalesce(closed.shows_bcp, true) as shows_bcp,
      seen.said_at and coalesce(closed.shows_said_at, true) as shows_said_at,
      seen.next_update and coalesce(closed.shows_next_update, true) as shows_next_update,
      -- In the standing picture whoever spoke last in what was not returned to all has no word.
      asked is not null or report.situation_id is null
        or (place.returned_at is not null and place.centre_set_up_at is not null) as is_given
    from seen cross join report_now as report join institution on institution.id = report.institution_id
    left join situation as place on place.id = report.situation_id
    left join lateral (select * from member_view_at(place.closed_at) where place.closed_at is not null) as closed on true
    where report.mode = asked_mode and (asked is null or report.situation_id = asked)
    order by report.institution_id, report.reported_at desc
  )
  select said.institution_id,
    case when (is_open or functions) and not has_expired then said.order_trading end,
    case when (is_open or functions) and not has_expired then said.clearing end,
    case when (is_open or functions) and not has_expired then said.settlement end,
    case when (is_open or functions) and not has_expired then said.custody end,
    case when (is_open or functions) and not has_expired then said.market_data end,
    case when (is_open or functions) and not has_expired then said.funds end,
    case when (is_open or shows_bcp) and not has_expired then said.bcp::text end,
    case when is_open or shows_said_at then coalesce(said.written_at, said.reported_at) end,
    case when is_open or shows_next_update then said.next_update_at end,
    case when is_open or functions or shows_bcp then has_expired end,
    case when (is_open or functions) and has_expired then said.order_trading end,
    case when (is_open or functions) and has_expired then said.clearing end,
    case when (is_open or functions) and has_expired then said.settlement end,
    case when (is_open or functions) and has_expired then said.custody end,
    case when (is_open or functions) and has_expired then said.market_data end,
    case when (is_open or functions) and has_expired then said.funds end,
    case when is_open or shows_said_at then said.reported_at > said.returned_at end
  from said where is_given and (is_open or functions or shows_bcp);
  perform set_config('noroshi.scope', scope_before, true);
end $$;
