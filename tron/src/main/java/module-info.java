/**
 * TRON: keys, transfers, the node client, a chain in one process, and the ledger's gateway to it.
 */
module sluice.tron {
  requires static transitive org.jspecify;
  requires com.google.common;
  requires com.google.protobuf;
  requires io.grpc;
  requires io.grpc.netty.shaded;
  requires io.grpc.protobuf;
  requires io.grpc.stub;
  requires org.bouncycastle.provider;
  requires transitive sluice.ledger;
  requires transitive sluice.market;
  requires transitive sluice.protocol;
  requires trident;

  exports sluice.tron.devnet;
  exports sluice.tron.gateway;
  exports sluice.tron.key;
  exports sluice.tron.node;
  exports sluice.tron.tx;
}
