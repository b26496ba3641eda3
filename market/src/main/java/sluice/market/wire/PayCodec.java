package sluice.market.wire;

import java.nio.ByteBuffer;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.Voucher;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.text.Shown;
import sluice.protocol.wire.ProtocolException;

/**
 * {@link PayMessage} to the payload of an extended message and back: one bencoded dictionary, read
 * strictly (sorted keys, canonical integers). Unknown keys are passed over, an unknown type is
 * {@link PayMessage.Unknown}; anything else that is not as it must be is a violation.
 */
public final class PayCodec {
  /** Largest payload that is read. */
  public static final int MAX_BYTES = 4_096;

  /** Longest life of a bid. */
  public static final int MAX_BID_SECONDS = 300;

  /** Longest lease of an award. */
  public static final int MAX_LEASE_SECONDS = 3_600;

  private static final int MAX_GRACE_MILLIS = 600_000;
  private static final int MAX_ERROR_BYTES = 128;
  private static final BencodeLimits LIMITS = new BencodeLimits(MAX_BYTES, 4, 64);

  private static final int BID = 0;
  private static final int AWARD = 1;
  private static final int OPEN = 2;
  private static final int VOUCHER = 3;
  private static final int ACK = 4;
  private static final int NEED = 5;
  private static final int DONE = 6;
  private static final int ERROR = 7;

  private PayCodec() {}

  /**
   * Reads the remaining bytes of {@code payload}, which stay unread.
   *
   * @throws ProtocolException when they are no message of the extension
   */
  public static PayMessage decode(ByteBuffer payload) {
    if (payload.remaining() > MAX_BYTES) {
      throw PayReader.violation("message of " + payload.remaining() + " bytes");
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    PayReader in = new PayReader(dictionary(bytes));
    long type = in.number("t", Long.MAX_VALUE);
    return message(type, in);
  }

  private static BDictionary dictionary(byte[] bytes) {
    try {
      if (Bencode.parse(bytes, LIMITS) instanceof BDictionary root) {
        return root;
      }
    } catch (BencodeException e) {
      throw PayReader.violation("" + e.getMessage());
    }
    throw PayReader.violation("message is not a dictionary");
  }

  private static PayMessage message(long type, PayReader in) {
    return switch ((int) Math.min(type, ERROR + 1)) {
      case BID ->
          new PayMessage.Bid(
              in.number("n", Long.MAX_VALUE),
              in.price("r"),
              in.optional("w").orElse(0),
              (int) in.number("x", MAX_BID_SECONDS),
              in.text("a"),
              in.hash("h"));
      case AWARD -> award(in);
      case OPEN -> open(in);
      case VOUCHER ->
          new PayMessage.Pay(
              new Voucher(in.hash("c"), in.number("m", Long.MAX_VALUE)),
              in.signature("s"),
              in.optional("i"));
      case ACK ->
          new PayMessage.Ack(
              in.hash("c"), in.number("m", Long.MAX_VALUE), in.number("w", Long.MAX_VALUE));
      case NEED ->
          new PayMessage.Need(
              in.hash("c"),
              in.number("d", Long.MAX_VALUE),
              in.number("b", Long.MAX_VALUE),
              (int) in.number("g", MAX_GRACE_MILLIS));
      case DONE -> {
        long reason = in.number("y", Long.MAX_VALUE);
        yield new PayMessage.Done(
            in.number("i", Long.MAX_VALUE),
            PayMessage.End.of(reason).orElseThrow(() -> PayReader.violation("y is " + reason)));
      }
      case ERROR -> fault(in);
      default -> new PayMessage.Unknown(type);
    };
  }

  private static PayMessage award(PayReader in) {
    return new PayMessage.Award(
        in.number("n", Long.MAX_VALUE),
        in.number("i", Long.MAX_VALUE),
        in.price("r"),
        (int) in.number("d", MAX_LEASE_SECONDS),
        in.number("w", Long.MAX_VALUE),
        in.address("k"),
        in.hash("h"),
        (int) in.number("m", Integer.MAX_VALUE),
        in.string("s", PayReader.MAX_TEXT_BYTES));
  }

  private static PayMessage open(PayReader in) {
    ChannelCert cert =
        ChannelCert.decode(in.bytes("e", ChannelCert.BYTES))
            .orElseThrow(() -> PayReader.violation("e is no certificate"));
    if (!cert.channel().equals(in.hash("c"))) {
      throw PayReader.violation("the certificate is of another channel");
    }
    return new PayMessage.Open(cert, in.signature("s"));
  }

  private static PayMessage fault(PayReader in) {
    long code = in.number("y", Long.MAX_VALUE);
    String text = in.string("z", MAX_ERROR_BYTES).map(BString::utf8).orElse("");
    return new PayMessage.Fault(
        PayMessage.FaultCode.of(code).orElseThrow(() -> PayReader.violation("y is " + code)),
        Shown.text(text, MAX_ERROR_BYTES));
  }

  /** The payload of an extended message. */
  public static byte[] encode(PayMessage message) {
    BDictionary.Builder out = BDictionary.builder();
    switch (message) {
      case PayMessage.Bid bid -> {
        out.put("t", BID).put("n", bid.number()).put("r", bid.most().perMebibyte());
        out.put("x", bid.validSeconds()).put("a", bid.asset()).put("h", bid.hub().bytes());
        if (bid.microsPerSecond() > 0) {
          out.put("w", bid.microsPerSecond());
        }
      }
      case PayMessage.Award award -> award(out, award);
      case PayMessage.Open(var cert, var signature) ->
          out.put("t", OPEN)
              .put("c", cert.channel().bytes())
              .put("e", cert.encode())
              .put("s", signature.bytes());
      case PayMessage.Pay(var voucher, var signature, var award) -> {
        out.put("t", VOUCHER).put("c", voucher.channel().bytes());
        out.put("m", voucher.cumulative()).put("s", signature.bytes());
        award.ifPresent(number -> out.put("i", number));
      }
      case PayMessage.Ack(var channel, long cumulative, long window) ->
          out.put("t", ACK).put("c", channel.bytes()).put("m", cumulative).put("w", window);
      case PayMessage.Need(var channel, long due, long unpaid, int grace) ->
          out.put("t", NEED)
              .put("c", channel.bytes())
              .put("d", due)
              .put("b", unpaid)
              .put("g", grace);
      case PayMessage.Done(long award, var reason) ->
          out.put("t", DONE).put("i", award).put("y", reason.code());
      case PayMessage.Fault(var code, String text) ->
          out.put("t", ERROR).put("y", code.code()).put("z", text);
      case PayMessage.Unknown(long type) -> out.put("t", type);
    }
    return Bencode.write(out.build());
  }

  private static void award(BDictionary.Builder out, PayMessage.Award award) {
    out.put("t", AWARD)
        .put("n", award.bid())
        .put("i", award.award())
        .put("r", award.price().perMebibyte())
        .put("d", award.leaseSeconds())
        .put("w", award.windowBytes())
        .put("k", award.payee().bytes().bytes())
        .put("h", award.hub().bytes())
        .put("m", award.policy());
    award.evidence().ifPresent(evidence -> out.put("s", evidence));
  }
}
