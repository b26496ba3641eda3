/** The hub: accounts, channels and the double-entry books behind the bandwidth market. */
module sluice.ledger {
  requires static transitive org.jspecify;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires io.helidon.common.configurable;
  requires io.helidon.common.pki;
  requires io.helidon.common.tls;
  requires io.helidon.webserver;
  requires sluice.metrics;
  requires java.net.http;
  requires java.sql;
  requires org.bouncycastle.provider;
  requires org.jdbi.v3.core;
  requires org.xerial.sqlitejdbc;
  requires tools.jackson.dataformat.toml;
  requires transitive tools.jackson.databind;
  requires transitive sluice.market;
  requires transitive sluice.protocol;

  exports sluice.ledger.api;
  exports sluice.ledger.book;
  exports sluice.ledger.client;
  exports sluice.ledger.gateway;
  exports sluice.ledger.hub;
  exports sluice.ledger.proof;
  exports sluice.ledger.purse;
  exports sluice.ledger.serve;
  exports sluice.ledger.store;
  exports sluice.ledger.wallet;
}
