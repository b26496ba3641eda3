package sluice.ledger.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Certified;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/** What a hub answers is foreign: each body with every number, and with bytes by chance. */
class HubAnswersTest {
  private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 2_000);
  private static final Hash ID = Hash.ofHex("ab".repeat(32));
  private static final PayKey KEY = key(3);
  private static final Pattern AMOUNT = Pattern.compile("\"(\\w+)\":\"[0-9]{1,19}\"");
  private static final Pattern SECONDS =
      Pattern.compile("\"(expires|refund|time|waiting)\":[0-9]+");

  /** What is written where an amount belongs, and is none. */
  private static final List<String> NO_AMOUNTS =
      List.of(
          "\"-9223372036854775809\"",
          "\"-9223372036854775808\"",
          "\"-1\"",
          "\"-0\"",
          "\"00\"",
          "\"01\"",
          "\"+1\"",
          "\" 1\"",
          "\"1.5\"",
          "\"1e3\"",
          "\"0x1\"",
          "\"\"",
          "\"\u0663\"",
          "\"NaN\"",
          "\"9223372036854775808\"",
          "\"18446744073709551616\"",
          "\"99999999999999999999999999999999\"",
          "1",
          "-1",
          "1.5",
          "9223372036854775808",
          "null",
          "true",
          "[]",
          "{}");

  private static final List<String> NO_SECONDS =
      List.of("-1", "1.5", "9223372036854775808", "\"1\"", "null", "[]");

  /** The first second that no calendar has. */
  private static final String END_OF_TIME = Long.toString(Instant.MAX.getEpochSecond() + 1);

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  private interface Question {
    Object ask(HubMember member) throws IOException, InterruptedException, HubException;
  }

  /** Answers whatever it is told to. */
  private static final class Parrot implements HubCarrier {
    private String text = info();

    @Override
    public Answer send(String method, URI target, String body, Map<String, String> headers) {
      return new Answer(200, text);
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private final Parrot parrot = new Parrot();
  private HubClient client;
  private HubMember member;

  @BeforeEach
  void connect() throws Exception {
    client = HubClient.connect(URI.create("http://hub.invalid"), parrot);
    member = client.member(KEY);
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static String info() {
    return "{\"hub\":\"" + ID.hex() + "\",\"chain\":\"1\",\"assets\":[\"test:coins\"]}";
  }

  private static String channel() {
    String address = KEY.address().hex();
    return "{\"channel\":\""
        + ID.hex()
        + "\",\"payer\":\""
        + address
        + "\",\"payee\":\""
        + address
        + "\",\"asset\":\"test:coins\",\"deposit\":\"100\",\"paid\":\"20\",\"refunded\":\"3\","
        + "\"state\":\"OPEN\",\"expires\":1000,\"refund\":2000}";
  }

  private static String certified() {
    ChannelCert cert =
        new ChannelCert(ID, KEY.address(), KEY.address(), ID, 100, 1_000, 2_000, 86_400);
    return "{\"channel\":\""
        + ID.hex()
        + "\",\"certificate\":\""
        + HexFormat.of().formatHex(cert.encode())
        + "\",\"signature\":\""
        + KEY.sign(ID)
        + "\"}";
  }

  private static String proof() {
    String hash = ID.hex();
    return "{\"asset\":\"test:coins\",\"total\":\"100\",\"root\":\""
        + hash
        + "\",\"members\":\"2\",\"entry\":\"7\",\"head\":\""
        + hash
        + "\",\"time\":\"1000\",\"signature\":\""
        + KEY.sign(ID)
        + "\",\"hub\":\""
        + hash
        + "\",\"chain\":\"1\",\"account\":\""
        + KEY.address().hex()
        + "\",\"nonce\":\""
        + hash
        + "\",\"amount\":\"40\",\"index\":\"1\",\"siblings\":[{\"amount\":\"60\",\"hash\":\""
        + hash
        + "\"}]}";
  }

  private static String withdrawal() {
    return "{\"id\":\""
        + ID.hex()
        + "\",\"asset\":\"test:coins\",\"amount\":\"90\",\"fee\":\"10\",\"to\":\""
        + KEY.address().hex()
        + "\",\"state\":\"SENT\",\"time\":1000,\"txid\":\""
        + ID.hex()
        + "\",\"ahead\":\"4\"}";
  }

  private static String chain() {
    return "{\"genesis\":\"00ab\",\"height\":\"70\",\"time\":1000,\"wallet\":\""
        + KEY.address().hex()
        + "\",\"walletText\":\"T\",\"waiting\":3,\"fees\":\"5 TRX\",\"alarms\":[\"late\"]}";
  }

  private static String history(String amount) {
    return "{\"history\":[{\"entry\":\"7\",\"time\":1000,\"kind\":\"DEPOSIT\",\"reference\":\"tx\","
        + "\"account\":\"AVAILABLE\",\"amount\":"
        + amount
        + "}]}";
  }

  /** Each question by the body that answers it. */
  private static Map<String, List<Question>> questions() {
    Voucher voucher = new Voucher(ID, 20);
    Map<String, List<Question>> questions = new HashMap<>();
    questions.put(
        "{\"available\":\"5\",\"locked\":\"6\",\"withdrawing\":\"7\"}",
        List.of(m -> m.balance("test:coins")));
    questions.put("{\"available\":\"5\"}", List.of(m -> m.faucet("test:coins", 5)));
    questions.put("{\"paid\":\"20\"}", List.of(m -> m.redeem(voucher, KEY.sign(ID))));
    questions.put(channel(), List.of(m -> m.channel(ID), m -> m.close(ID)));
    questions.put("{\"channels\":[" + channel() + "]}", List.of(m -> m.channels()));
    questions.put(
        certified(),
        List.of(
            m -> m.topUp(ID, 1), m -> m.open(KEY.address(), KEY.address(), "test:coins", 1, 9)));
    questions.put(proof(), List.of(m -> m.proof("test:coins")));
    PayAddress to = KEY.address();
    questions.put(
        withdrawal(), List.of(m -> m.withdrawal(ID), m -> m.withdraw("test:coins", 100, to)));
    questions.put("{\"withdrawals\":[" + withdrawal() + "]}", List.of(m -> m.withdrawals()));
    questions.put(chain(), List.of(m -> m.chain()));
    questions.put(history("\"-5\""), List.of(m -> m.history("test:coins")));
    questions.put("{\"address\":\"" + to.hex() + "\"}", List.of(m -> m.depositAddress()));
    return questions;
  }

  private static List<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static String with(String text, MatchResult member, String value) {
    return text.substring(0, member.start(1) - 1)
        + "\""
        + member.group(1)
        + "\":"
        + value
        + text.substring(member.end());
  }

  @Test
  void eachNumberOfEachAnswerIsReadStrictly() throws Exception {
    List<String> amounts = new ArrayList<>();
    for (var entry : questions().entrySet()) {
      String right = entry.getKey();
      for (Question question : entry.getValue()) {
        parrot.text = right;
        assertThat(question.ask(member)).isNotNull();
        for (MatchResult amount : found(AMOUNT, right)) {
          amounts.add(amount.group(1));
          NO_AMOUNTS.forEach(no -> refused(question, with(right, amount, no)));
        }
        for (MatchResult seconds : found(SECONDS, right)) {
          NO_SECONDS.forEach(no -> refused(question, with(right, seconds, no)));
          if (!seconds.group(1).equals("waiting")) {
            refused(question, with(right, seconds, END_OF_TIME));
          }
        }
      }
    }
    assertThat(amounts)
        .contains("available", "locked", "withdrawing", "paid", "deposit", "refunded", "total")
        .contains("members", "entry", "time", "chain", "amount", "index")
        .contains("fee", "ahead", "height");
  }

  /** A change is the only amount that may be below zero. */
  @Test
  void changesAreReadStrictly() throws Exception {
    for (long right : List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)) {
      parrot.text = history("\"" + right + "\"");
      assertThat(member.history("test:coins").getFirst().micros()).isEqualTo(right);
    }
    List<String> below = List.of("\"-1\"", "\"" + Long.MIN_VALUE + "\"");
    for (String no : NO_AMOUNTS) {
      if (!below.contains(no)) {
        refused(m -> m.history("test:coins"), history(no));
      }
    }
    for (String no : List.of("\"--1\"", "\"-01\"", "\"-\"", "\"- 1\"")) {
      refused(m -> m.history("test:coins"), history(no));
    }
  }

  @Test
  void whatIsMissingIsNoAnswer() throws Exception {
    for (Question list :
        List.<Question>of(
            m -> m.channels(),
            m -> m.withdrawals(),
            m -> m.history("test:coins"),
            m -> m.chain(),
            m -> m.depositAddress())) {
      refused(list, "{}");
      refused(list, "[]");
    }
    refused(m -> m.chain(), chain().replace("[\"late\"]", "[7]"));
    refused(m -> m.chain(), chain().replace("\"fees\":\"5 TRX\"", "\"fees\":null"));
    refused(m -> m.withdrawal(ID), withdrawal().replace("\"txid\":\"ab", "\"txid\":\"xx"));
    parrot.text = withdrawal().replaceAll(",\"(txid|ahead)\":\"[0-9a-f]+\"", "");
    assertThat(member.withdrawal(ID).txid()).isEmpty();
    assertThat(member.withdrawal(ID).ahead()).isEmpty();
  }

  private void refused(Question question, String text) {
    parrot.text = text;
    assertThatThrownBy(() -> question.ask(member)).as(text).isInstanceOf(IOException.class);
  }

  @Test
  void whoIsNoHubIsRefused() {
    for (String no : NO_AMOUNTS) {
      parrot.text = info().replace("\"chain\":\"1\"", "\"chain\":" + no);
      assertThatThrownBy(() -> HubClient.connect(URI.create("http://hub.invalid"), parrot))
          .as(no)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void bytesByChanceAreAnAnswerOrNone() throws Exception {
    long seed = Long.getLong("sluice.fuzz.seed", 20_261_126L);
    SplittableRandom random = new SplittableRandom(seed);
    List<Map.Entry<String, List<Question>>> all = new ArrayList<>(questions().entrySet());
    all.sort(Map.Entry.comparingByKey());
    int none = 0;
    for (int i = 0; i < ROUNDS; i++) {
      var entry = all.get(random.nextInt(all.size()));
      Question question = entry.getValue().get(random.nextInt(entry.getValue().size()));
      parrot.text = changed(entry.getKey(), random);
      try {
        Optional.of(question.ask(member)).ifPresent(HubAnswersTest::looksRight);
      } catch (IOException e) {
        none++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + i + ": " + parrot.text, e);
      }
    }
    assertThat(none).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  private static void looksRight(Object answer) {
    switch (answer) {
      case Long micros -> assertThat(micros).isNotNegative();
      case Balance balance -> {
        assertThat(balance.availableMicros()).isNotNegative();
        assertThat(balance.lockedMicros()).isNotNegative();
        assertThat(balance.withdrawingMicros()).isNotNegative();
      }
      case ChannelView view -> {
        assertThat(view.depositMicros()).isNotNegative();
        assertThat(view.paidMicros()).isNotNegative();
        assertThat(view.refundedMicros()).isNotNegative();
      }
      case WithdrawalView view -> {
        assertThat(view.micros()).isNotNegative();
        assertThat(view.feeMicros()).isNotNegative();
        assertThat(view.ahead().orElse(0)).isNotNegative();
        assertThat(Instant.ofEpochSecond(view.atSeconds())).isNotNull();
      }
      case ChainView view -> {
        assertThat(view.height()).isNotNegative();
        assertThat(view.waiting()).isNotNegative();
        assertThat(Instant.ofEpochSecond(view.blockSeconds())).isNotNull();
      }
      case ChangeView view -> assertThat(Instant.ofEpochSecond(view.atSeconds())).isNotNull();
      case List<?> views -> views.forEach(HubAnswersTest::looksRight);
      case Certified certified -> assertThat(certified.cert().deposit()).isNotNegative();
      default -> {}
    }
  }

  private static String changed(String right, SplittableRandom random) {
    byte[] bytes = right.getBytes(ISO_8859_1);
    for (int change = random.nextInt(1, 4); change > 0; change--) {
      int at = random.nextInt(bytes.length);
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ 1);
    }
    String text = new String(bytes, ISO_8859_1);
    return random.nextInt(8) == 0 ? text.substring(0, random.nextInt(text.length())) : text;
  }
}
