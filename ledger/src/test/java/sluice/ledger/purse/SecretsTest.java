package sluice.ledger.purse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.client.HubCarrier;
import sluice.ledger.client.HubException;
import sluice.ledger.serve.LedgerService;
import sluice.ledger.serve.LedgerSettings;
import sluice.ledger.wallet.Keystore;
import sluice.ledger.wallet.KeystoreException;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.trade.Purse.Opened;
import sluice.market.trade.Purse.Signed;
import sluice.market.trade.Till;
import sluice.protocol.digest.Hash;
import sluice.testkit.LogCapture;
import sluice.testkit.Secrets;

/**
 * A hub and two members that trade, with all that is logged at the finest level, all that goes over
 * the line, all files and the text of all objects: in none of it is a private key, be it of the
 * hub, a member or a channel, or a password.
 */
class SecretsTest {
  private static final String COINS = LedgerSettings.TEST_COINS;
  private static final String PASSWORD = "pass Zq7~Kx#41 wörd";

  @TempDir Path folder;
  private final PayKey hubKey = Keystore.newKey();
  private final PayKey payerKey = Keystore.newKey();
  private final PayKey payeeKey = Keystore.newKey();
  private final List<String> line = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final TestLoop loop = new TestLoop();
  private volatile boolean cut;

  /** Asks a hub, and keeps what was said both ways. */
  private final class Overheard implements HubCarrier {
    private final HubCarrier carrier = HubCarrier.direct();

    @Override
    public Answer send(String method, URI target, String body, Map<String, String> headers)
        throws IOException, InterruptedException {
      if (cut) {
        throw new IOException("the line is cut: " + target);
      }
      Answer answer = carrier.send(method, target, body, headers);
      synchronized (line) {
        line.add(method + " " + target + " " + headers + " " + body);
        line.add(answer.toString());
      }
      return answer;
    }

    @Override
    public void close() {
      carrier.close();
    }
  }

  @Test
  void theSearchFindsWhatItIsFor() {
    Secrets secrets = new Secrets().key("key", payerKey.secret()).text("password", PASSWORD);
    byte[] key = payerKey.secret();
    String hex = java.util.HexFormat.of().withUpperCase().formatHex(key);
    for (String leak :
        List.of(
            hex,
            hex.substring(11, 27),
            new java.math.BigInteger(1, key).toString(),
            java.util.Arrays.toString(key),
            java.util.Base64.getEncoder().encodeToString(key),
            java.util.Base64.getEncoder()
                .encodeToString(
                    ("a" + new String(key, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.ISO_8859_1)),
            PASSWORD,
            java.util.Base64.getEncoder()
                .encodeToString(("user:" + PASSWORD).getBytes(StandardCharsets.UTF_8)))) {
      assertThat(secrets.in("before " + leak + " after")).as(leak).isPresent();
    }
    assertThat(secrets.in(hex.substring(0, 15) + " " + payerKey + PASSWORD.substring(1))).isEmpty();
  }

  @Test
  void keysAndPasswordsAreNowhere() throws Exception {
    List<String> logged;
    Secrets secrets =
        new Secrets()
            .key("the hub's key", hubKey.secret())
            .key("the payer's key", payerKey.secret())
            .key("the payee's key", payeeKey.secret())
            .text("the password", PASSWORD);
    try (LogCapture log = LogCapture.start()) {
      keystores();
      LedgerSettings settings =
          LedgerSettings.DEFAULT
              .listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .givingTestCoins();
      String database = "jdbc:sqlite:" + folder.resolve("ledger.db");
      try (LedgerService ledger = LedgerService.start(database, hubKey, settings)) {
        log.deepen();
        trade(ledger.url(), secrets);
        texts.addAll(List.of(ledger.toString(), ledger.hub().toString(), settings.toString()));
      }
      logged = log.lines();
    }
    loop.close();
    assertThat(logged).hasSizeGreaterThan(20);
    assertThat(logged).anyMatch(l -> l.contains("the hub was not reached"));
    assertThat(line).hasSizeGreaterThan(30);
    assertThat(secrets.size()).isGreaterThan(5 * 49);
    nothingIn(secrets, "a log", logged);
    nothingIn(secrets, "the line", line);
    nothingIn(secrets, "the text of an object", texts);
    int files = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(secrets.in(Files.readAllBytes(file))).as("%s", file).isEmpty();
        files++;
      }
    }
    assertThat(files).isGreaterThan(3);
  }

  private static void nothingIn(Secrets secrets, String where, List<String> said) {
    for (String text : said) {
      assertThat(secrets.in(text)).as("%s: %s", where, text).isEmpty();
    }
  }

  private void keystores() throws Exception {
    for (PayKey key : List.of(hubKey, payerKey)) {
      Path file = folder.resolve(key.address().hex() + ".json");
      Keystore made = Keystore.create(file, key, PASSWORD.toCharArray(), 1 << 14);
      Keystore read = Keystore.read(file);
      assertThat(read.open(PASSWORD.toCharArray()).secret()).isEqualTo(key.secret());
      texts.addAll(List.of(made.toString(), read.toString(), key.toString()));
      KeystoreException refused =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              KeystoreException.class, () -> read.open((PASSWORD + "x").toCharArray()));
      keep(refused);
      Path spoilt = folder.resolve("spoilt.json");
      Files.writeString(spoilt, Files.readString(file).replace("\"key\"", "\"k\""));
      keep(
          org.assertj.core.api.Assertions.catchThrowableOfType(
              KeystoreException.class, () -> Keystore.read(spoilt)));
    }
  }

  /** A trace as a crash would print it. */
  private void keep(Throwable failure) {
    java.io.StringWriter trace = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(trace, true));
    texts.add(trace.toString());
  }

  private void trade(URI hub, Secrets secrets) throws Exception {
    try (Trader payee = trader(hub, payeeKey, "payee");
        Trader payer = trader(hub, payerKey, "payer")) {
      payer.member().faucet(COINS, 10_000);
      Opened opened = loop.answer(told -> payer.purse(loop).open(payee.alias(), 100, 1_000, told));
      Opened.Channel channel = (Opened.Channel) opened;
      Hash id = channel.cert().channel();
      Hash nonce = payer.journal().paying(payer.terms().hub()).getFirst().nonce();
      secrets.key("a channel's key", payer.derived("channel", nonce.bytes()).secret());
      byte[] day = Long.toString(Trader.today()).getBytes(StandardCharsets.US_ASCII);
      PayKey alias = payee.derived("alias", day);
      assertThat(alias.address()).isEqualTo(payee.alias());
      secrets.key("the alias's key", alias.secret());
      Signed signed = loop.answer(told -> payer.purse(loop).promise(id, 700, told));
      PaySignature signature = ((Signed.Done) signed).signature();
      Till till = payee.till(loop);
      loop.<Long>answer(told -> till.admit(channel.cert(), channel.signature(), told));
      assertThat(loop.<Boolean>answer(told -> till.take(new Voucher(id, 700), signature, told)))
          .isTrue();
      loop.<Opened>answer(told -> payer.purse(loop).topUp(id, 500, told));
      questions(payer);
      texts.addAll(
          List.of(
              opened.toString(),
              signed.toString(),
              payer.toString(),
              payer.terms().toString(),
              payer.member().toString(),
              payer.purse(loop).toString(),
              payer.journal().paying(payer.terms().hub()).toString(),
              payee.journal().paid(payee.terms().hub()).toString()));
      cut = true;
      payee.settle();
      cut = false;
      payer.settle();
    }
    nobodyAnswers();
  }

  private Trader trader(URI hub, PayKey key, String name) throws Exception {
    return Trader.open(hub, new Overheard(), key, Optional.of(COINS), folder.resolve(name + ".db"));
  }

  /** All that a member may ask, and what is refused to it. */
  private void questions(Trader payer) throws Exception {
    payer.member().balance(COINS);
    payer.member().history(COINS);
    payer.member().channels();
    payer.member().withdrawals();
    assertThatThrownBy(() -> payer.member().proof(COINS)).isInstanceOf(Exception.class);
    for (var refused :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> payer.member().chain(),
            () -> payer.member().faucet("other:coins", 5),
            () -> payer.member().withdraw(COINS, 5, payerKey.address()),
            () -> payer.member().depositAddress(),
            () -> payer.member().open(payeeKey.address(), payerKey.address(), COINS, 5, 60))) {
      HubException failure =
          org.assertj.core.api.Assertions.catchThrowableOfType(HubException.class, refused);
      assertThat(failure).isNotNull();
      keep(failure);
    }
  }

  /** A trader whose hub is away tells of it. */
  private void nobodyAnswers() {
    HubCarrier away =
        new HubCarrier() {
          @Override
          public Answer send(String method, URI target, String body, Map<String, String> headers)
              throws IOException {
            throw new IOException("away: " + target);
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    Throwable failure =
        org.assertj.core.api.Assertions.catchThrowable(() ->
            Trader.open(
                URI.create("http://127.0.0.1:1"),
                away,
                payerKey,
                Optional.of(COINS),
                folder.resolve("payer.db")));
    assertThat(failure).isInstanceOf(IOException.class);
    keep(failure);
  }
}
