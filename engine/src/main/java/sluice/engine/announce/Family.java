package sluice.engine.announce;

/** An address family in which peers can reach us, so that trackers are told about it (BEP 7). */
public enum Family {
  IPV4,
  IPV6
}
