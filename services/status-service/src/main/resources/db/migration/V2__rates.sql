-- How fast content arrives, from one report of a peer to its next.

-- the peer's own time of its last report of progress, to take the difference from
alter table holding add column progressed_at timestamp with time zone;
alter table holding add column wan_rate double precision default 0 not null;
alter table holding add column lan_rate double precision default 0 not null;
-- HQ's time when the rates were reckoned: an old rate is no rate
alter table holding add column rated_at timestamp with time zone;

create index holding_by_site on holding (package_ref, site_id);
