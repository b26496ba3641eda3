package sluice.market.sign;

import sluice.protocol.digest.Hash;

/**
 * A promise of the payer: on this channel the payee may take {@code cumulative} in all. A larger
 * one replaces a smaller one, so neither loss nor repetition changes what is owed.
 *
 * @param channel name of the channel, 32 bytes
 * @param cumulative micro-units, all that was ever promised on the channel
 */
public record Voucher(Hash channel, long cumulative) {
  static final String TYPE = "Voucher(bytes32 channel,uint256 cumulative)";

  public Voucher {
    if (channel.length() != Hash.SHA256_BYTES || cumulative < 0) {
      throw new IllegalArgumentException("voucher of " + cumulative + " on " + channel);
    }
  }

  /** What the payer signs. */
  public Hash digest(Domain domain) {
    return new TypedData(TYPE).bytes32(channel).uint(cumulative).digest(domain.separator());
  }
}
