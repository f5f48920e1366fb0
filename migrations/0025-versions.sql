-- What people edit is kept in versions: every change adds a row, none is overwritten, and taking something out of use is its last
-- version, which says once more what the one before it said. The newest of each is in the view <thing>_now.

-- Of saved groups there was one row, which each change wrote over.
alter table audience_group drop constraint audience_group_pkey, alter column version drop default;
drop index audience_group_name_ja_idx;
drop index audience_group_name_en_idx;
update audience_group set made_by = changed_by, made_at = changed_at;
-- What they said before is in the trail.
insert into audience_group (id, version, name_ja, name_en, audience, made_by, made_at, changed_by, changed_at)
select now.id, (line.details->>'version')::int, line.details->>'name_ja', line.details->>'name_en', line.details->'audience',
  line.person_id, line.at, line.person_id, line.at
from audience_group as now join trail as line on line.about = '/audiences/' || now.id
where line.action in ('audience-group.added', 'audience-group.changed') and line.person_id is not null
  and (line.details->>'version')::int < now.version;
insert into audience_group (id, version, name_ja, name_en, audience, made_by, made_at, changed_by, changed_at, removed_by, removed_at)
select id, version + 1, name_ja, name_en, audience, removed_by, removed_at, removed_by, removed_at, removed_by, removed_at
from audience_group where removed_at is not null;
update audience_group set removed_at = null, removed_by = null where exists
  (select from audience_group as next where next.id = audience_group.id and next.version = audience_group.version + 1);
alter table audience_group
  drop column changed_by, drop column changed_at, drop column removed_by,
  add primary key (id, version);
drop policy changing on audience_group;
revoke update on audience_group from noroshi_app;

-- A removed template had the moment of its removal in each of its versions.
alter table notice_template drop constraint notice_template_code_version_key, drop constraint notice_template_pkey cascade;
insert into notice_template (code, version, kind, severity, label, name_ja, name_en, subject_ja, subject_en, text_ja, text_en,
  answer_wanted, choices, answer_minutes, made_by, made_at, removed_at)
select distinct on (code) code, version + 1, kind, severity, label, name_ja, name_en, subject_ja, subject_en, text_ja, text_en,
  answer_wanted, choices, answer_minutes,
  (select person_id from trail where about = '/notice-templates/' || code and action = 'template.removed' order by id desc limit 1),
  removed_at, removed_at
from notice_template where removed_at is not null order by code, version desc;
update notice_template set removed_at = null where exists
  (select from notice_template as next where next.code = notice_template.code and next.version = notice_template.version + 1);
-- A notice names the one version that it was made from, a receipt the one that it was opened with: these keep an id.
alter table notice_template add primary key (code, version), add unique (id);
alter table notice add foreign key (template_id) references notice_template (id);
drop policy writing on notice_template;
create policy adding on notice_template for insert with check ((select reader_may('template.edit')));
revoke update on notice_template from noroshi_app;

alter table ladder drop constraint ladder_severity_scope_version_key, drop constraint ladder_pkey cascade;
alter table ladder add primary key (severity, scope, version), add unique (id);
alter table receipt add foreign key (ladder_id) references ladder (id);

alter table criterion rename column edited_by to made_by;
alter table criterion rename column edited_at to made_at;

create view audience_group_now with (security_invoker) as
  select distinct on (id) * from audience_group order by id, version desc;
create view notice_template_now with (security_invoker) as
  select distinct on (code) * from notice_template order by code, version desc;
create view ladder_now with (security_invoker) as
  select distinct on (severity, scope) * from ladder order by severity, scope, version desc;
create view criterion_now with (security_invoker) as
  select distinct on (id) * from criterion order by id, version desc;
grant select on audience_group_now, notice_template_now, ladder_now, criterion_now to noroshi_app;
