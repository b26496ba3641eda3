package sluice.protocol.nat;

/** What is mapped: a port of TCP or of UDP. */
public enum Transport {
  TCP(6, 2),
  UDP(17, 1);

  final int pcp;
  final int pmp;

  Transport(int pcp, int pmp) {
    this.pcp = pcp;
    this.pmp = pmp;
  }
}
