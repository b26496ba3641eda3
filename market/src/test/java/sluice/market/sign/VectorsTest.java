package sluice.market.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import sluice.market.Vectors;
import sluice.market.money.Price;
import sluice.market.wire.PayCodec;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayOffer;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.digest.Hash;

/**
 * What the specification's test vectors say: they are computed by a program in another language
 * that shares nothing with this one, so that others find the same.
 */
class VectorsTest {
  private static final String ASSET = "tron:0x2b6653dc/trc10:1002000";
  private static final Hash HUB = Keccak.of("example-hub".getBytes(US_ASCII));
  private static final Hash CHANNEL = Keccak.of("example-channel".getBytes(US_ASCII));
  private static final Domain DOMAIN = Domain.of(Domain.TRON_MAINNET, HUB);
  private static final long CUMULATIVE = 1_234_567;
  private static final String TREE = "tree.";

  private final PayKey payer = key(BigInteger.valueOf(0x11));
  private final PayKey payee = key(BigInteger.valueOf(0x22));
  private final PayKey hubKey = key(BigInteger.valueOf(0x33));
  private final Map<String, String> ours = new TreeMap<>();
  private final ChannelCert cert =
      new ChannelCert(
          CHANNEL,
          payer.address(),
          payee.address(),
          ChannelCert.asset(ASSET),
          10_000_000,
          1_700_000_000,
          1_700_604_800,
          86_400);

  private static PayKey key(BigInteger secret) {
    byte[] bytes = new byte[32];
    PaySignature.put(secret, bytes, 0);
    return PayKey.of(bytes).orElseThrow();
  }

  @Test
  void ourValuesAreThoseOfTheSpecification() {
    hashes();
    keys();
    signatures();
    amounts();
    messages();
    Map<String, String> theirs = new TreeMap<>(Vectors.all());
    theirs.keySet().removeIf(name -> name.startsWith(TREE)); // the ledger's
    assertThat(ours).containsExactlyInAnyOrderEntriesOf(theirs);
  }

  @Test
  void theMessagesAreReadAsWhatTheyAre() {
    List<Map.Entry<String, String>> rows =
        Vectors.all().entrySet().stream().filter(e -> e.getKey().startsWith("message.")).toList();
    assertThat(rows).hasSizeGreaterThan(10);
    for (Map.Entry<String, String> row : rows) {
      byte[] bytes = HexFormat.of().parseHex(row.getValue());
      PayMessage read = PayCodec.decode(ByteBuffer.wrap(bytes));
      assertThat(PayCodec.encode(read)).as(row.getKey()).isEqualTo(bytes);
    }
  }

  /** The file is what the program beside it computes. */
  @Test
  void theFileIsWhatItsProgramSays() throws Exception {
    Process python;
    try {
      python =
          new ProcessBuilder("python3", Vectors.FOLDER.resolve("vectors.py").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException absent) {
      if ("true".equals(System.getenv("CI"))) {
        throw absent;
      }
      System.out.println("skipped: python3 is not installed, " + absent.getMessage());
      abort("python3 is not installed");
      return;
    }
    String said = new String(python.getInputStream().readAllBytes(), US_ASCII);
    assertThat(python.waitFor()).isZero();
    assertThat(said).isEqualTo(Files.readString(Vectors.FOLDER.resolve("vectors.tsv")));
  }

  private void hashes() {
    byte[] long137 = new byte[137];
    for (int i = 0; i < long137.length; i++) {
      long137[i] = (byte) i;
    }
    ours.put("keccak.empty", Keccak.of(new byte[0]).hex());
    ours.put("keccak.137", Keccak.of(long137).hex());
    ours.put("type.domain", TypedData.typeHash(Domain.TYPE).hex());
    ours.put("type.voucher", TypedData.typeHash(Voucher.TYPE).hex());
    ours.put("type.cert", TypedData.typeHash(ChannelCert.TYPE).hex());
    ours.put("type.request", TypedData.typeHash(SignedRequest.TYPE).hex());
    ours.put("type.liabilities", TypedData.typeHash(Liabilities.TYPE).hex());
    ours.put("hub", HUB.hex());
    ours.put("channel", CHANNEL.hex());
    ours.put("asset", ChannelCert.asset(ASSET).hex());
    ours.put("separator.tron", DOMAIN.separator().hex());
    ours.put("separator.nile", Domain.of(Domain.TRON_NILE, HUB).separator().hex());
  }

  private void keys() {
    for (BigInteger secret :
        List.of(
            BigInteger.ONE,
            BigInteger.valueOf(0x11),
            BigInteger.valueOf(0x22),
            BigInteger.valueOf(0x33),
            Curve.ORDER.subtract(BigInteger.ONE))) {
      ours.put("identity." + secret.toString(16), key(secret).identity().hex());
      ours.put("address." + secret.toString(16), key(secret).address().hex());
    }
    ours.put("channelOf.payer", DOMAIN.channelOf(payer.address()).hex());
  }

  private void signed(String name, String suffix, PayKey by, Hash digest) {
    ours.put(name + ".digest" + suffix, digest.hex());
    ours.put(name + ".signature" + suffix, by.sign(digest).toString());
  }

  private void signatures() {
    for (long cumulative : new long[] {0, 1, CUMULATIVE, Long.MAX_VALUE}) {
      Hash digest = new Voucher(CHANNEL, cumulative).digest(DOMAIN);
      signed("voucher", "." + cumulative, payer, digest);
    }
    SignedRequest request =
        new SignedRequest(
            "POST",
            "/v1/channels?x=1",
            Keccak.of("{\"cumulative\":\"1234567\"}".getBytes(US_ASCII)),
            1_700_000_000_000L,
            "000102030405060708090a0b0c0d0e0f");
    signed("request", "", payer, request.digest(DOMAIN));
    Liabilities owed =
        new Liabilities(
            ChannelCert.asset(ASSET),
            18,
            Hash.ofHex(Vectors.value("tree.root")),
            3,
            7,
            CHANNEL,
            1_700_000_000);
    signed("liabilities", "", hubKey, owed.digest(DOMAIN));
    ours.put("cert.wire", HexFormat.of().formatHex(cert.encode()));
    signed("cert", "", hubKey, cert.digest(DOMAIN));
  }

  private void amounts() {
    Vectors.all().keySet().stream()
        .filter(name -> name.startsWith("due."))
        .forEach(name -> {
          String[] parts = name.split("\\.", -1);
          ours.put(name, due(Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        });
  }

  private static String due(long bytes, long price) {
    try {
      return Long.toString(new Price(price).due(bytes));
    } catch (ArithmeticException tooMuch) {
      return "error";
    }
  }

  private void message(String name, PayMessage message) {
    ours.put("message." + name, HexFormat.of().formatHex(PayCodec.encode(message)));
  }

  private void messages() {
    Price most = new Price(209_715);
    message("bid", new PayMessage.Bid(3, most, 0, 60, ASSET, HUB));
    message("bid.spending", new PayMessage.Bid(3, most, 500_000, 60, ASSET, HUB));
    message("bid.back", new PayMessage.Bid(4, Price.FREE, 0, 60, ASSET, HUB));
    message("award", award(Optional.empty()));
    message("award.evidence", award(Optional.of(BString.of("evidence"))));
    message("open", new PayMessage.Open(cert, hubKey.sign(cert.digest(DOMAIN))));
    Voucher voucher = new Voucher(CHANNEL, CUMULATIVE);
    PaySignature signature = payer.sign(voucher.digest(DOMAIN));
    message("voucher", new PayMessage.Pay(voucher, signature, OptionalLong.empty()));
    message("voucher.award", new PayMessage.Pay(voucher, signature, OptionalLong.of(7)));
    message("ack", new PayMessage.Ack(CHANNEL, CUMULATIVE, 32_768));
    message("need", new PayMessage.Need(CHANNEL, 1_300_000, 65_536, 5_000));
    message("done", new PayMessage.Done(7, PayMessage.End.OUTBID));
    message("error", new PayMessage.Fault(PayMessage.FaultCode.NOT_INCREASING, "not increasing"));
    message("unknown", new PayMessage.Unknown(64));
    Optional<Price> floor = Optional.of(new Price(100_000));
    handshake("both", new PayOffer(List.of(ASSET), floor, List.of(HUB), 3 | 32, 1 << 20));
    handshake("payer", new PayOffer(List.of(ASSET), Optional.empty(), List.of(HUB), 1, 0));
  }

  private PayMessage.Award award(Optional<BString> evidence) {
    return new PayMessage.Award(
        3, 7, new Price(200_000), 15, 16_384, payee.address(), HUB, 32, evidence);
  }

  private void handshake(String name, PayOffer offer) {
    ours.put("handshake." + name, HexFormat.of().formatHex(Bencode.write(offer.encode())));
  }
}
