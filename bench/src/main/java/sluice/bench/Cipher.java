package sluice.bench;

/** What both sides do to the bytes of their connection. */
enum Cipher {
  /** Nothing. */
  PLAIN,

  /** Both require message stream encryption with RC4. */
  RC4
}
