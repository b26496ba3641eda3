package sluice.protocol.dns;

/** What is asked of a name. */
public enum DnsType {
  /** IPv4 addresses. */
  A(1),
  /** IPv6 addresses. */
  AAAA(28),
  /** Texts. */
  TXT(16);

  final int code;

  DnsType(int code) {
    this.code = code;
  }
}
