-- One row: up to which time, in seconds of Unix time, channels have ended when theirs was over.
create table seen (
  id integer not null primary key check (id = 1),
  seconds bigint not null
);
