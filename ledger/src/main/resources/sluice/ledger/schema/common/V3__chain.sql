-- What members have asked to be paid out on the chain. The bytes that pay are kept before they are sent.
create table withdrawal (
  id varchar(64) not null primary key,
  member varchar(40) not null references member (address),
  asset varchar(256) not null,
  amount bigint not null check (amount > 0),
  fee bigint not null check (fee >= 0),
  destination varchar(40) not null,
  state varchar(9) not null check (state in ('REQUESTED', 'BUILT', 'SENT', 'PAID', 'RETURNED')),
  number bigint not null unique,
  at_seconds bigint not null,
  txid varchar(64) unique,
  raw varchar(4096),
  expires_at bigint,
  check ((state = 'REQUESTED') = (txid is null) or state = 'RETURNED')
);
create index withdrawal_of_member on withdrawal (member, number);
create index withdrawal_under_way on withdrawal (number) where state in ('REQUESTED', 'BUILT', 'SENT');

-- One row: the chain that the hub is on, the last final block that was looked at, and why the gateway stands still.
create table chain (
  id integer not null primary key check (id = 1),
  genesis varchar(64) not null,
  height bigint not null,
  block varchar(64) not null,
  block_seconds bigint not null,
  halted varchar(512)
);
