-- Written for H2 and PostgreSQL alike. Times are UTC; byte counts are bytes.

create table kafka_cluster (
    id varchar not null primary key
);

create table kafka_offset (
    topic varchar not null,
    partition_no integer not null,
    next_offset bigint not null,
    primary key (topic, partition_no)
);

-- What was seen of each agent's event numbers: see ReplayWindow.
create table replay_window (
    agent varchar not null,
    topic varchar not null,
    start_no bigint not null,
    highest bigint not null,
    seen bigint not null,
    touched timestamp with time zone not null,
    primary key (agent, topic, start_no)
);

create table event (
    id bigint generated always as identity primary key,
    type varchar not null,
    time timestamp with time zone not null,
    site_id uuid,
    segment_id uuid,
    peer_id uuid,
    boot_id uuid,
    data varchar not null
);

create table site (
    id uuid not null primary key,
    revision bigint not null,
    name varchar not null,
    kind varchar not null,
    networks varchar not null
);

create table computer (
    id uuid not null primary key,
    revision bigint not null,
    name varchar not null
);

create table segment (
    id uuid not null primary key,
    site_id uuid not null,
    uplink_id uuid,
    uplink_address varchar,
    term bigint not null,
    members integer not null,
    elected_at timestamp with time zone
);

create table peer (
    id uuid not null primary key,
    site_id uuid not null,
    segment_id uuid not null,
    joined boolean not null,
    hostname varchar,
    address varchar,
    interface_name varchar,
    agent_version varchar,
    macs varchar not null,
    labels varchar not null,
    problems varchar not null,
    policy_revision bigint not null,
    last_seen timestamp with time zone not null,
    left_at timestamp with time zone,
    graceful boolean
);
create index peer_by_segment on peer (segment_id);

create table package (
    ref varchar not null primary key,
    revision bigint not null,
    bytes bigint not null,
    files integer not null,
    retired boolean not null,
    built_at timestamp with time zone not null
);

create table package_build (
    id uuid not null primary key,
    ref varchar not null,
    stage varchar not null,
    files_done integer not null,
    files integer not null,
    bytes_done bigint not null,
    bytes bigint not null,
    failure varchar,
    updated_at timestamp with time zone not null
);

create table holding (
    peer_id uuid not null,
    package_ref varchar not null,
    segment_id uuid not null,
    site_id uuid not null,
    bytes_held bigint not null,
    bytes bigint not null,
    complete boolean not null,
    wan_bytes bigint not null,
    lan_bytes bigint not null,
    seconds double precision,
    updated_at timestamp with time zone not null,
    primary key (peer_id, package_ref)
);

create table boot (
    id uuid not null primary key,
    seq bigint generated always as identity,
    site_id uuid not null,
    segment_id uuid not null,
    mac varchar not null,
    state varchar not null,
    state_rank integer not null,
    started_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    computer_id uuid,
    architecture integer,
    vendor_class varchar,
    smbios_guid varchar,
    attempt integer,
    package_ref varchar,
    reply_form varchar,
    responder varchar,
    responder_peer_id uuid,
    reasons varchar,
    ignored_count integer not null,
    files integer not null,
    bytes bigint not null,
    seconds double precision,
    failure varchar
);
create unique index boot_by_seq on boot (seq);
create index boot_by_mac on boot (mac);

create table boot_step (
    boot_id uuid not null,
    event_id varchar not null,
    hlc bigint not null,
    time timestamp with time zone not null,
    type varchar not null,
    peer_id uuid not null,
    data varchar not null,
    primary key (boot_id, event_id)
);

-- What pxemesh.topology shall say next, by key; written in the projection's transaction, deleted once Kafka has it.
create table topology_outbox (
    topic_key varchar not null primary key,
    version bigint not null,
    type varchar not null,
    data varchar not null
);
