-- What books and chain had of an asset when they were last compared and differed.
create table chain_difference (
  asset varchar(256) not null primary key,
  height bigint not null,
  booked bigint not null,
  found bigint not null
);
