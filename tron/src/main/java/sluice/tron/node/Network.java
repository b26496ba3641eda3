package sluice.tron.node;

import java.util.Arrays;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/** The public networks of TRON, known by the ids of their first blocks. */
public enum Network {
  MAINNET("00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc"),
  SHASTA("0000000000000000de1aa88295e1fcf982742f773e0419c5a9c134c994a9059e"),
  NILE("0000000000000000d698d4192c56cb6be724a558448e2684802de4d6cd8690dc");

  private final String genesis;

  Network(String genesis) {
    this.genesis = genesis;
  }

  /** The id of its first block. */
  public Hash genesis() {
    return Hash.ofHex(genesis);
  }

  /** The network that begins with a block; empty for a private chain. */
  public static Optional<Network> of(Hash genesis) {
    return Arrays.stream(values()).filter(n -> n.genesis().equals(genesis)).findFirst();
  }

  /** The number of a chain in signatures: the last four bytes of its first block's id. */
  public static long chainId(Hash genesis) {
    byte[] id = genesis.bytes();
    long number = 0;
    for (int i = id.length - 4; i < id.length; i++) {
      number = number << Byte.SIZE | (id[i] & 0xff);
    }
    return number;
  }
}
