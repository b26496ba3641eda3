package sluice.interop;

/** What the two sides of a transfer want of encryption (message stream encryption). */
enum Cipher {
  /** Both take plain connections only. */
  PLAIN,

  /** Both require RC4. */
  RC4,

  /** Ours begins plain and takes either, as it does when it is not told; the other requires RC4. */
  EITHER;

  /** The value of our option. */
  String policy() {
    return switch (this) {
      case PLAIN -> "off";
      case RC4 -> "forced";
      case EITHER -> "allowed";
    };
  }
}
