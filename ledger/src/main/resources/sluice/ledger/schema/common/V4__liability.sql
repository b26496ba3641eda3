-- What the hub has said that it owes, and to whom.
create table liability (
  number bigint not null primary key,
  asset varchar(256) not null,
  total bigint not null check (total >= 0),
  root varchar(64) not null,
  entry bigint not null,
  head varchar(64) not null,
  at_seconds bigint not null,
  seed varchar(64) not null,
  signature varchar(130) not null
);
create index liability_of_asset on liability (asset, number);

create table liability_leaf (
  number bigint not null references liability (number),
  member varchar(40) not null,
  amount bigint not null check (amount > 0),
  primary key (number, member)
);
