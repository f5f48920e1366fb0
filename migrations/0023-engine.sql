-- Deliveries, so that each can be accounted for whatever dies in between.
-- claims: how often a worker took it, which tells one worker's claim from any later one; it never goes back.
-- takeovers: how many of those were from a worker that had died.
-- tries: what came of each attempt, [{"claim": 1, "kind": "deferred", "answer": "451 …", "at": …}]; a claim without one died with its worker.
-- followed_at: when its failure was looked at: another address of the same person, or the next step of the ladder.
-- is_held: over what one address gets in an hour; bundle_id: the one mail that says it together with others.
alter table delivery
  add column claims int not null default 0,
  add column takeovers int not null default 0,
  add column tries jsonb not null default '[]' check (jsonb_typeof(tries) = 'array'),
  add column followed_at timestamptz,
  add column is_held boolean not null default false,
  add column bundle_id uuid references delivery;
-- What was sent before is not followed up now.
update delivery set claims = attempts, followed_at = queued_at;
create index on delivery (receipt_id) where state = 'failed' and followed_at is null;
create index on delivery (next_try_at) where is_held and bundle_id is null and state = 'waiting';
create index on delivery (bundle_id) where bundle_id is not null and state = 'waiting';
create index on delivery (queued_at) where state = 'waiting';
-- Every row goes through three states within seconds: what they leave behind is cleared early, or each claim would step over it.
alter table delivery set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

-- When some process last handed something over: another that cannot is then alone with its trouble, and the channel is not lost.
alter table channel_state add column handed_over_at timestamptz;
