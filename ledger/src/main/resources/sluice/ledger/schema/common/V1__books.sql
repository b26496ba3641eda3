-- One row: the number and hash of the last entry. Who writes locks it first, so that entries have one order.
create table head (
  id integer not null primary key check (id = 1),
  entry bigint not null check (entry >= 0),
  hash varchar(64) not null
);
insert into head values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

create table account (
  kind varchar(24) not null,
  owner varchar(64) not null,
  asset varchar(256) not null,
  micros bigint not null,
  primary key (kind, owner, asset),
  check (case when kind in ('HOT', 'COLD', 'UNSOLIDIFIED', 'NETWORK_FEES') then micros <= 0 else micros >= 0 end)
);
create index account_of_owner on account (owner, asset);

create table entry (
  number bigint not null primary key,
  kind varchar(24) not null,
  reference varchar(160) not null,
  at_seconds bigint not null,
  hash varchar(64) not null,
  unique (kind, reference)
);

create table posting (
  entry bigint not null references entry (number),
  line integer not null,
  kind varchar(24) not null,
  owner varchar(64) not null,
  asset varchar(256) not null,
  micros bigint not null check (micros <> 0),
  primary key (entry, line)
);
create index posting_of_account on posting (owner, kind, asset, entry);

create table member (
  address varchar(40) not null primary key,
  at_seconds bigint not null
);

-- Keys that stand for a member in channels: role PAYER signs vouchers, role PAYEE is paid.
create table alias (
  address varchar(40) not null primary key,
  member varchar(40) not null references member (address),
  role varchar(8) not null check (role in ('PAYER', 'PAYEE'))
);

create table channel (
  id varchar(64) not null primary key,
  payer varchar(40) not null references member (address),
  payer_key varchar(40) not null unique,
  payee varchar(40) not null references member (address),
  payee_alias varchar(40) not null,
  asset varchar(256) not null,
  deposit bigint not null check (deposit > 0),
  paid bigint not null check (paid >= 0),
  refunded bigint not null check (refunded >= 0),
  state varchar(8) not null check (state in ('OPEN', 'CLOSING', 'CLOSED')),
  opened_at bigint not null,
  expires_at bigint not null,
  grace_seconds bigint not null,
  refund_at bigint not null,
  check (paid + refunded <= deposit),
  check (state <> 'CLOSED' or paid + refunded = deposit)
);
create index channel_due on channel (refund_at) where state <> 'CLOSED';
create index channel_of_payer on channel (payer);
create index channel_of_payee on channel (payee);

create table request (
  member varchar(40) not null,
  idempotency_key varchar(36) not null,
  body_hash varchar(64) not null,
  answer text not null,
  at_seconds bigint not null,
  primary key (member, idempotency_key)
);
