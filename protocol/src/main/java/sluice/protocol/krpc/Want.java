package sluice.protocol.krpc;

/** The families of which nodes are asked for (BEP 32); none leaves it to the socket's family. */
public record Want(boolean ipv4, boolean ipv6) {
  public static final Want UNSAID = new Want(false, false);
  public static final Want BOTH = new Want(true, true);
}
