-- Which transaction the gateway stands still for, if it is for one.
alter table chain add column halted_tx varchar(64);

-- Each time that an operator has let a gateway go on that had stood still, and why.
create table resumption (
  number bigint not null primary key check (number > 0),
  at_seconds bigint not null,
  halted varchar(512) not null,
  txid varchar(64),
  reason varchar(100) not null
);
create index resumption_of_transaction on resumption (txid);
