package sluice.market.wire;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.market.money.Price;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/** A message of the payment extension. The payer is who downloads, the payee who uploads. */
public sealed interface PayMessage {

  /**
   * The payer offers to pay.
   *
   * @param number grows with each bid of a connection
   * @param most the highest price that is paid; {@link Price#FREE} takes the bid back
   * @param microsPerSecond what is offered each second, for the proportional policy only
   * @param validSeconds how long it counts
   * @param asset id of the asset
   * @param hub identity of the hub
   */
  record Bid(
      long number, Price most, long microsPerSecond, int validSeconds, String asset, Hash hub)
      implements PayMessage {}

  /**
   * The payee sells: it comes before the unchoke that it is about.
   *
   * @param bid number of the bid that is answered
   * @param award number of the award
   * @param price what is to be paid
   * @param leaseSeconds how long it counts
   * @param windowBytes how much may be unpaid
   * @param payee alias of the payee's account
   * @param hub identity of the hub
   * @param policy how the price was found
   * @param evidence signed evidence of that, opaque
   */
  record Award(
      long bid,
      long award,
      Price price,
      int leaseSeconds,
      long windowBytes,
      PayAddress payee,
      Hash hub,
      int policy,
      Optional<BString> evidence)
      implements PayMessage {}

  /** The payer shows a channel and the hub's signature of it. */
  record Open(ChannelCert cert, PaySignature signature) implements PayMessage {}

  /** The payer pays. */
  record Pay(Voucher voucher, PaySignature signature, OptionalLong award) implements PayMessage {}

  /**
   * The payee has accepted.
   *
   * @param cumulative micro-units of the highest voucher
   * @param windowBytes how much may be unpaid
   */
  record Ack(Hash channel, long cumulative, long windowBytes) implements PayMessage {}

  /**
   * The payee asks for money.
   *
   * @param dueMicros what is owed in all
   * @param unpaidBytes for how many bytes
   * @param graceMillis how long it waits
   */
  record Need(Hash channel, long dueMicros, long unpaidBytes, int graceMillis)
      implements PayMessage {}

  /** Either ends an award. */
  record Done(long award, End reason) implements PayMessage {}

  /** Something was refused. */
  record Fault(FaultCode code, String text) implements PayMessage {}

  /** A message of a type that this version does not know; to be passed over. */
  record Unknown(long type) implements PayMessage {}

  /** Why an award ends. */
  enum End {
    NORMAL(0),
    OUTBID(1),
    PRICE(2),
    BUDGET(3),
    BAD_DATA(4),
    TIMEOUT(5);

    private final int code;

    End(int code) {
      this.code = code;
    }

    /** Its number on the wire. */
    public int code() {
      return code;
    }

    static Optional<End> of(long code) {
      return Arrays.stream(values()).filter(end -> end.code == code).findAny();
    }
  }

  /** Why something was refused. */
  enum FaultCode {
    UNKNOWN_HUB_OR_ASSET(1),
    BAD_CERTIFICATE(2),
    BAD_SIGNATURE(3),
    NOT_INCREASING(4),
    EXCEEDS_DEPOSIT(5),
    EXPIRING(6),
    PRICE_ABOVE_BID(7),
    UNSUPPORTED(8),
    RATE_LIMITED(9);

    private final int code;

    FaultCode(int code) {
      this.code = code;
    }

    /** Its number on the wire. */
    public int code() {
      return code;
    }

    static Optional<FaultCode> of(long code) {
      return Arrays.stream(values()).filter(fault -> fault.code == code).findAny();
    }
  }
}
