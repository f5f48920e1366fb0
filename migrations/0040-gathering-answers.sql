-- A proposal may be answered by gathering information, too, besides setting up a command centre, joining it and setting it aside.
alter table proposal
  drop constraint proposal_decision_check,
  add constraint proposal_decision_check check (decision in ('opened', 'gathering', 'set_aside', 'joined'));

-- What the secretariat tells where there is no command centre, or none any more.
alter table notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind in ('command_centre', 'information', 'official', 'report_request', 'practice', 'test', 'correction', 'withdrawal'));
alter table notice_template
  drop constraint notice_template_kind_check,
  add constraint notice_template_kind_check check (kind in ('command_centre', 'information', 'official', 'report_request', 'practice', 'test'));
