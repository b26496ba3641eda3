package sluice.bench;

/** How both sides carry the bytes of their connection. */
enum Carrier {
  /** TCP, as they are. */
  PLAIN,

  /** TCP, and both require message stream encryption with RC4. */
  RC4,

  /** By uTP and nothing else (BEP 29). */
  UTP
}
