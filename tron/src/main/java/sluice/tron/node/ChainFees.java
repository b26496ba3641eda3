package sluice.tron.node;

import java.util.HashMap;
import java.util.Map;
import org.tron.trident.proto.Response.ChainParameters;

/**
 * What a chain charges at the time; voted by its members, so to be read again now and then.
 *
 * @param sunPerByte price of bandwidth beyond the free one
 * @param freeBytes bandwidth that an account has for nothing in 24 hours
 * @param activationSun for an account that comes into being, to whoever makes it
 * @param systemActivationSun the same, beside it
 * @param memoSun for a transaction with a memo
 * @param issueSun for a new TRC-10 token
 */
public record ChainFees(
    long sunPerByte,
    long freeBytes,
    long activationSun,
    long systemActivationSun,
    long memoSun,
    long issueSun) {
  /** What a chain counts beside the bytes of each transaction. */
  public static final int RESULT_BYTES = 64;

  /** Bandwidth of a transfer of a TRC-10 token with a signature, at most. */
  public static final int TRANSFER_BYTES = 290;

  /** As java-tron's private chains have it. */
  public static final ChainFees PRIVATE =
      new ChainFees(10, 5_000, 100_000, 0, 1_000_000, 1_024_000_000);

  /** As the main network was said to have it; only for chains that imitate it. */
  public static final ChainFees LIKE_MAINNET =
      new ChainFees(1_000, 600, 100_000, 1_000_000, 1_000_000, 1_024_000_000);

  /** What a node's parameters say; a key without a value is 0. */
  static ChainFees of(ChainParameters parameters) throws NodeException {
    Map<String, Long> values = new HashMap<>();
    parameters
        .getChainParameterList()
        .forEach(parameter -> values.put(parameter.getKey(), parameter.getValue()));
    return new ChainFees(
        value(values, "getTransactionFee"),
        value(values, "getFreeNetLimit"),
        value(values, "getCreateAccountFee"),
        value(values, "getCreateNewAccountFeeInSystemContract"),
        value(values, "getMemoFee"),
        value(values, "getAssetIssueFee"));
  }

  private static long value(Map<String, Long> values, String key) throws NodeException {
    Long value = values.get(key);
    if (value == null || value < 0) {
      throw new NodeException(
          NodeException.Kind.LIES, "its chain parameters have no " + key + ": " + value);
    }
    return value;
  }

  /** What a transfer of a token costs, in sun. */
  public long transferSun(boolean isNewAccount, long freeBytesLeft) {
    if (isNewAccount) {
      return activationSun + systemActivationSun;
    }
    return freeBytesLeft >= TRANSFER_BYTES ? 0 : Math.multiplyExact(sunPerByte, TRANSFER_BYTES);
  }
}
