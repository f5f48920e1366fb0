-- What a check showed is what a release sends; roles of the desk take two people; no picture keeps what its reader may not see;
-- red is for the desk; an address is nobody's before it is confirmed.

-- What a notice would have done when it was last written or put forward: ids and digests, never names or addresses. Of two checks
-- that differ it says who came and went.
create table notice_check (
  notice_id uuid primary key references notice,
  digest    text not null check (digest ~ '^[0-9a-f]{64}$'),
  parts     jsonb not null,
  kept_at   timestamptz not null
);
alter table notice_check enable row level security;
alter table notice_check force row level security;
create policy reading on notice_check for select using ((select reader_may('delivery.see')));
create policy adding on notice_check for insert with check ((select reader_may('notice.draft')));
create policy changing on notice_check for update using ((select reader_may('notice.draft')));
grant select, insert, update on notice_check to noroshi_app;

-- Who is to have a role of the desk, by an invitation or by a grant: it counts when another of the desk has agreed. Where there is no
-- other, it counts at once, and says so (agreed_at without agreed_by).
create table desk_entry (
  id            uuid primary key,
  person_id     uuid references person,
  invitation_id uuid unique references invitation,
  roles         text[] not null check (roles <@ '{secretariat,secretariat_approver,auditor}'::text[] and roles <> '{}'),
  reason        text not null check (length(reason) between 1 and 500),
  asked_by      uuid not null references person,
  asked_at      timestamptz not null,
  agreed_by     uuid references person,
  agreed_at     timestamptz,
  refused_by    uuid references person,
  refused_at    timestamptz,
  check (person_id is not null or invitation_id is not null),
  check (agreed_by is null or agreed_at is not null),
  check ((refused_by is null) = (refused_at is null)),
  check (agreed_at is null or refused_at is null),
  constraint by_another check (agreed_by not in (asked_by, person_id))
);
create index on desk_entry (person_id);
create unique index on desk_entry (person_id, roles) where invitation_id is null and agreed_at is null and refused_at is null;
alter table desk_entry enable row level security;
alter table desk_entry force row level security;
create policy reading on desk_entry for select using ((select reader_may('rights.see')));
create policy adding on desk_entry for insert with check
  ((select reader_is_program()) or ((select reader_may('role.grant')) and asked_by = (select reader_person())));
create policy changing on desk_entry for update using ((select reader_may('desk-entry.agree')))
  with check ((select reader_is_program()) or agreed_by = (select reader_person()) or refused_by = (select reader_person()));
grant select, insert, update (person_id, agreed_by, agreed_at, refused_by, refused_at) on desk_entry to noroshi_app;

-- Invitations that are open now were nobody's to agree to.
insert into desk_entry (id, invitation_id, roles, reason, asked_by, asked_at)
select gen_random_uuid(), id, array(select role from unnest(roles) as role where role in ('secretariat', 'secretariat_approver', 'auditor')),
  reason, invited_by, invited_at
from invitation
where kind = 'invitation' and accepted_at is null and ended_at is null and invited_by is not null
  and roles && '{secretariat,secretariat_approver,auditor}'::text[];

-- The second wall: no role of the desk without an entry that counts.
create policy desk_by_two on role_grant as restrictive for insert with check ((select reader_is_program())
  or role not in ('secretariat', 'secretariat_approver', 'auditor')
  or exists (select from desk_entry as entry
    where entry.person_id = role_grant.person_id and role_grant.role = any (entry.roles) and entry.agreed_at is not null));
-- Who agrees, an approver perhaps, gives what was asked for.
create policy adding_agreed on role_grant for insert with check ((select reader_may('desk-entry.agree'))
  and role in ('secretariat', 'secretariat_approver', 'auditor'));

-- The pictures that proposals keep name sites and reports by id alone; who they are is asked when they are read, with the reader's
-- rights. Sites that are gone since have lost their name.
update proposal set matches = coalesce((
  select jsonb_agg(match || jsonb_build_object('sites', coalesce((
    select jsonb_agg(jsonb_build_object('site_id', site.id, 'report_id', report.id, 'area_code', found->'area_code',
      'intensity', found->'intensity', 'grade', found->'grade', 'words', found->'words', 'is_possible', found->'is_possible') order by place)
    from jsonb_array_elements(match->'sites') with ordinality as sites (found, place)
    left join site on site.institution_id = (found->>'institution_id')::uuid and site.kind = found->>'site_kind'
      and site.address = found->>'address' and match->>'kind' <> 'command_centre_set_up'
    left join lateral (select id from report where report.institution_id = (found->>'institution_id')::uuid and report.mode = 'actual'
      and report.command_centre = 'set_up' and report.reported_at <= proposal.evaluated_at
      and match->>'kind' = 'command_centre_set_up' order by reported_at desc limit 1) as report on true
  ), '[]'::jsonb)) order by nth)
  from jsonb_array_elements(matches) with ordinality as each (match, nth)), '[]'::jsonb);

update proposal set title_ja = '機関が対策本部を設置', title_en = 'An institution has set up its command centre'
where event_key like 'reports:%';

-- TLP:RED is for whom it was sent to and the desk: auditors see that there was something, in the trail, and not what it said.
drop policy reading on notice;
create policy reading on notice for select using (
  ((select reader_may('delivery.see')) and (label <> 'red' or (select reader_may('notice.release'))))
  or ((select reader_may('notice.see')) and state = 'released' and label <> 'red')
  or (state = 'released' and id in (select notice_id from receipt where institution_id = (select reader_institution()))));
drop policy reading on rendering;
create policy reading on rendering for select using (((select reader_may('delivery.see')) and notice_id in (select id from notice))
  or notice_id in (select notice_id from receipt where institution_id = (select reader_institution())));

drop policy reading on official_notice;
create policy reading on official_notice for select using ((select reader_may('official-notice.register'))
  or ((select reader_may('official-notice.see')) and (label in ('clear', 'green')
    or (label = 'amber' and (select reader_may('directory.see')))
    or (label = 'amber_strict' and (select reader_may('report.see-all')))
    or (label = 'red' and (select reader_may('notice.release'))))));

-- An address that is not confirmed may be invited by several houses; the first who confirms it has it.
drop index invitation_email_idx;
create unique index on invitation (institution_id, email) where ended_at is null and kind = 'invitation';
