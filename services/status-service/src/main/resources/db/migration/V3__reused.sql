-- Bytes that a peer copied from other packages on its own disk.
alter table holding add column reused_bytes bigint default 0 not null;
