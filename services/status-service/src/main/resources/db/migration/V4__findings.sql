-- What each peer saw at its last look at its segment; a new look replaces all that it saw before.
create table segment_survey (
    segment_id uuid not null,
    peer_id uuid not null,
    site_id uuid not null,
    looked_at timestamp with time zone not null,
    primary key (segment_id, peer_id)
);

create table segment_finding (
    segment_id uuid not null,
    peer_id uuid not null,
    code varchar not null,
    server varchar not null,
    symptom varchar not null,
    meaning varchar not null,
    cure varchar not null,
    detail varchar not null,
    since timestamp with time zone not null,
    primary key (segment_id, peer_id, code, server)
);
