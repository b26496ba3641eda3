package sluice.market.sign;

import sluice.protocol.digest.Hash;

/**
 * Where a signature counts: one hub on one chain. It keeps a voucher for one hub from being played
 * to another.
 *
 * @param chainId 728126428 for TRON's main net, 3448148188 for Nile
 * @param hub identity of the hub, 32 bytes
 * @param separator what goes into each digest
 */
public record Domain(long chainId, Hash hub, Hash separator) {
  public static final long TRON_MAINNET = 728_126_428L;
  public static final long TRON_NILE = 3_448_148_188L;

  static final String TYPE =
      "EIP712Domain(string name,string version,uint256 chainId,bytes32 salt)";

  /** The domain of a hub. */
  public static Domain of(long chainId, Hash hub) {
    if (chainId < 0 || hub.length() != Hash.SHA256_BYTES) {
      throw new IllegalArgumentException("chain " + chainId + ", hub " + hub);
    }
    Hash separator =
        new TypedData(TYPE).string("bwpay").string("1").uint(chainId).bytes32(hub).hash();
    return new Domain(chainId, hub, separator);
  }

  /** The id of the channel whose vouchers {@code payerKey} signs. */
  public Hash channelOf(PayAddress payerKey) {
    return Keccak.of(hub.bytes(), payerKey.bytes().bytes());
  }
}
