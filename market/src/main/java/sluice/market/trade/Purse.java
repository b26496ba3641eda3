package sluice.market.trade;

import java.util.function.Consumer;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.protocol.digest.Hash;

/**
 * A payer's channels and their keys. Calls return at once; each is answered exactly once, on the
 * loop and not inside the call.
 */
public interface Purse {
  /**
   * Finds a channel with {@code payee} of which at least {@code leastMicros} are not promised, or
   * opens one.
   *
   * @param depositMicros of a channel that is opened, and the most that is promised on one that is
   *     found
   */
  void open(PayAddress payee, long leastMicros, long depositMicros, Consumer<Opened> told);

  /** Locks {@code moreMicros} in a channel, too. */
  void topUp(Hash channel, long moreMicros, Consumer<Opened> told);

  /**
   * Signs a voucher, once it is kept that so much was promised. Nothing is signed that is less than
   * what was promised before, or more than the deposit: it is answered with {@link Signed.Refused}.
   */
  void promise(Hash channel, long cumulativeMicros, Consumer<Signed> told);

  /** Nobody uses the channel; it may be found again. */
  void release(Hash channel);

  /** A channel, or why there is none. */
  sealed interface Opened {
    /**
     * A channel.
     *
     * @param signature the hub's
     * @param promisedMicros what was promised on it before
     */
    record Channel(ChannelCert cert, PaySignature signature, long promisedMicros)
        implements Opened {}

    /** There is none; {@code reason} is for people. */
    record Refused(String reason) implements Opened {}
  }

  /** A signature, or why there is none. */
  sealed interface Signed {
    /** It is kept, and this is the signature. */
    record Done(PaySignature signature) implements Signed {}

    /** Nothing is signed; {@code reason} is for people. */
    record Refused(String reason) implements Signed {}
  }
}
