-- 通達等: of which kind a document of an authority is, who issued it together, by which law, for which area and time, for whom; and which
-- earlier one it extends or replaces.
alter table official_notice
  add column kind text not null default 'directive' check (kind in ('directive', 'request', 'financial_measures', 'liaison')),
  -- Several may issue one together, as a local finance bureau and a branch of the central bank do; `issuer` names them all in one line.
  add column issuers text[] not null default '{}' check (cardinality(issuers) <= 5),
  add column law text not null default '' check (length(law) <= 200),
  -- Codes of prefectures (JIS X 0401); none: everywhere.
  add column prefectures text[] not null default '{}' check (cardinality(prefectures) <= 47),
  -- Towns or districts as the document lists them, in words.
  add column places text not null default '' check (length(places) <= 2000),
  add column period_from date,
  add column period_to date,
  -- For which kinds of institutions and classes of members; none: for all.
  add column to_kinds text[] not null default '{}',
  add column to_memberships text[] not null default '{}',
  -- What it follows: a document that is here already, so that no chain comes back to itself, and that nothing else follows.
  add column follows_id uuid unique references official_notice,
  add column follows_how text check (follows_how in ('extends', 'replaces')),
  add check ((follows_id is null) = (follows_how is null)),
  add check (period_to >= period_from);
alter table official_notice drop constraint official_notice_issuer_check;
alter table official_notice add constraint official_notice_issuer_check check (length(issuer) between 1 and 504);
update official_notice set issuers = array[issuer];
