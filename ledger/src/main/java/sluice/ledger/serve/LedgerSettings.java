package sluice.ledger.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import sluice.ledger.api.ApiSettings;
import sluice.ledger.api.TlsFiles;

/**
 * How a hub is run.
 *
 * @param listen where it answers
 * @param database its JDBC address; empty for SQLite in the state folder
 * @param chainId part of what it signs; 0 for a hub that is on no chain
 * @param assets ids of the assets that it keeps
 * @param graceSeconds how long vouchers are redeemed after a channel's end
 * @param maxLifeSeconds longest life of a channel
 * @param proofSeconds how often it publishes what it owes
 * @param tls certificate and key; empty for HTTP without TLS
 */
public record LedgerSettings(
    InetSocketAddress listen,
    Optional<String> database,
    long chainId,
    Set<String> assets,
    long graceSeconds,
    long maxLifeSeconds,
    long proofSeconds,
    ApiSettings api,
    Optional<TlsFiles> tls) {
  /** The asset of a hub with a faucet: worth nothing. */
  public static final String TEST_COINS = "test:coins";

  /** The most that the faucet of test coins gives at once: a million coins. */
  public static final long TEST_FAUCET_MICROS = 1_000_000_000_000L;

  /** Port at which a hub answers when nobody says otherwise. */
  public static final int DEFAULT_PORT = 7_070;

  public static final LedgerSettings DEFAULT =
      new LedgerSettings(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT),
          Optional.empty(),
          0,
          Set.of(),
          86_400,
          30 * 86_400,
          3_600,
          ApiSettings.DEFAULT,
          Optional.empty());

  public LedgerSettings {
    assets = Set.copyOf(assets);
    if (proofSeconds < 1) {
      throw new IllegalArgumentException("proofs every " + proofSeconds + " seconds");
    }
  }

  /** The same at another address. */
  public LedgerSettings listening(InetSocketAddress address) {
    return new LedgerSettings(
        address, database, chainId, assets, graceSeconds, maxLifeSeconds, proofSeconds, api, tls);
  }

  /** The same on another database. */
  public LedgerSettings on(String url) {
    return new LedgerSettings(
        listen,
        Optional.of(url),
        chainId,
        assets,
        graceSeconds,
        maxLifeSeconds,
        proofSeconds,
        api,
        tls);
  }

  /** The same with test coins, which it gives away. */
  public LedgerSettings givingTestCoins() {
    return new LedgerSettings(
        listen,
        database,
        chainId,
        Set.of(TEST_COINS),
        graceSeconds,
        maxLifeSeconds,
        proofSeconds,
        api.giving(TEST_FAUCET_MICROS),
        tls);
  }
}
