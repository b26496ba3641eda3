-- Addresses on the chain that stand for one member each: what comes there is the member's.
create table deposit_address (
  address varchar(40) not null primary key,
  member varchar(40) not null unique references member (address),
  number integer not null unique check (number > 0)
);

-- Why nothing is paid out although blocks are read, and up to which block books and chain were compared.
alter table chain add column held varchar(512);
alter table chain add column compared bigint not null default 0;

alter table withdrawal add column built_at bigint;
