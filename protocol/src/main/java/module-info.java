/** Bytes to values and back: no clock, no threads, no dependencies. */
module sluice.protocol {
  requires static transitive org.jspecify;

  exports sluice.protocol.address;
  exports sluice.protocol.announce;
  exports sluice.protocol.bencode;
  exports sluice.protocol.digest;
  exports sluice.protocol.dns;
  exports sluice.protocol.filter;
  exports sluice.protocol.krpc;
  exports sluice.protocol.lsd;
  exports sluice.protocol.magnet;
  exports sluice.protocol.merkle;
  exports sluice.protocol.metainfo;
  exports sluice.protocol.mse;
  exports sluice.protocol.nat;
  exports sluice.protocol.proxy;
  exports sluice.protocol.text;
  exports sluice.protocol.utp;
  exports sluice.protocol.wire;
}
