package sluice.ledger.api;

/**
 * What an API allows.
 *
 * @param faucetMicros most that is given away at once; 0 for none. For coins that are worth nothing
 * @param addressPerSecond requests of one address or /64
 * @param memberPerSecond requests of one member
 * @param publicMetrics whether others than this machine may read the metrics
 */
public record ApiSettings(
    long faucetMicros, int addressPerSecond, int memberPerSecond, boolean publicMetrics) {
  public static final ApiSettings DEFAULT = new ApiSettings(0, 200, 100, false);

  /** How many seconds' worth of requests may come at once. */
  static final int BURST_SECONDS = 10;

  public ApiSettings {
    if (faucetMicros < 0 || addressPerSecond < 1 || memberPerSecond < 1) {
      throw new IllegalArgumentException("a faucet of " + faucetMicros + ", or a rate below 1");
    }
  }

  /** The same with a faucet. */
  public ApiSettings giving(long micros) {
    return new ApiSettings(micros, addressPerSecond, memberPerSecond, publicMetrics);
  }
}
