package sluice.ledger.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Certified;
import sluice.ledger.proof.AccountProof;
import sluice.ledger.proof.ProofJson;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.Domain;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.SignedRequest;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A member of a hub. A call that changes something has a key of its own and is tried three times
 * with it when the line fails, so that it counts once.
 */
public final class HubMember {
  private static final int TRIES = 3;
  private static final int NONCE_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final HubLine line;
  private final Domain domain;
  private final PayKey key;

  HubMember(HubLine line, Domain domain, PayKey key) {
    this.line = line;
    this.domain = domain;
    this.key = key;
  }

  /** Its account. */
  public PayAddress address() {
    return key.address();
  }

  /** Becomes a member; again changes nothing. */
  public void register() throws IOException, InterruptedException, HubException {
    post("/v1/accounts", object());
  }

  /** Will be paid under {@code alias}. */
  public void payUnder(PayAddress alias) throws IOException, InterruptedException, HubException {
    post("/v1/keys", object().put("alias", alias.hex()));
  }

  /** What it has. */
  public Balance balance(String asset) throws IOException, InterruptedException, HubException {
    JsonNode json = get("/v1/balance?asset=" + escaped(asset));
    return new Balance(
        Answers.micros(json, "available"),
        Answers.micros(json, "locked"),
        Answers.micros(json, "withdrawing"));
  }

  /** Locks {@code deposit} for the payee behind an alias. */
  public Certified open(
      PayAddress payerKey, PayAddress payee, String asset, long deposit, long lifeSeconds)
      throws IOException, InterruptedException, HubException {
    return open(payerKey, payee, asset, deposit, lifeSeconds, UUID.randomUUID());
  }

  /** The same; however often it is asked under the name {@code once}, there is one channel. */
  public Certified open(
      PayAddress payerKey,
      PayAddress payee,
      String asset,
      long deposit,
      long lifeSeconds,
      UUID once)
      throws IOException, InterruptedException, HubException {
    return certified(
        post(
            once,
            "/v1/channels",
            object()
                .put("payerKey", payerKey.hex())
                .put("payee", payee.hex())
                .put("asset", asset)
                .put("deposit", Long.toString(deposit))
                .put("ttl", Long.toString(lifeSeconds))));
  }

  /** Adds to a channel's deposit. */
  public Certified topUp(Hash channel, long more)
      throws IOException, InterruptedException, HubException {
    return topUp(channel, more, UUID.randomUUID());
  }

  /**
   * Adds to a channel's deposit; however often it is asked under the name {@code once}, it is added
   * once.
   */
  public Certified topUp(Hash channel, long more, UUID once)
      throws IOException, InterruptedException, HubException {
    return certified(
        post(
            once,
            "/v1/channels/" + channel.hex() + "/topup",
            object().put("more", Long.toString(more))));
  }

  /** Redeems a voucher; what the channel has paid in all then. */
  public long redeem(Voucher voucher, PaySignature signature)
      throws IOException, InterruptedException, HubException {
    return Answers.micros(
        post(
            "/v1/channels/" + voucher.channel().hex() + "/redeem",
            object()
                .put("cumulative", Long.toString(voucher.cumulative()))
                .put("signature", signature.toString())),
        "paid");
  }

  /** Ends a channel: at once as its payee, after the grace as its payer. */
  public ChannelView close(Hash channel) throws IOException, InterruptedException, HubException {
    return ChannelView.of(post("/v1/channels/" + channel.hex() + "/close", object()));
  }

  /** A channel of its own. */
  public ChannelView channel(Hash channel) throws IOException, InterruptedException, HubException {
    return ChannelView.of(get("/v1/channels/" + channel.hex()));
  }

  /** Its channels, the latest first. */
  public List<ChannelView> channels() throws IOException, InterruptedException, HubException {
    List<ChannelView> channels = new ArrayList<>();
    for (JsonNode channel : Answers.list(get("/v1/channels"), "channels")) {
      channels.add(ChannelView.of(channel));
    }
    return channels;
  }

  /** Takes test coins of a hub that gives them away; what it may spend then. */
  public long faucet(String asset, long micros)
      throws IOException, InterruptedException, HubException {
    return Answers.micros(
        post("/v1/faucet", object().put("asset", asset).put("amount", Long.toString(micros))),
        "available");
  }

  /** Its part in what the hub said last that it owes; not checked. */
  public AccountProof proof(String asset) throws IOException, InterruptedException, HubException {
    JsonNode json = get("/v1/proof/account?asset=" + escaped(asset));
    try {
      return ProofJson.read(json.toString());
    } catch (IllegalArgumentException e) {
      throw new IOException("the hub's proof is none: " + e.getMessage(), e);
    }
  }

  /** What changed its balances, the latest first, 100 lines at the most. */
  public List<ChangeView> history(String asset)
      throws IOException, InterruptedException, HubException {
    List<ChangeView> history = new ArrayList<>();
    JsonNode json = get("/v1/history?asset=" + escaped(asset));
    for (JsonNode line : Answers.list(json, "history")) {
      history.add(ChangeView.of(line));
    }
    return history;
  }

  /** Has coins paid out on the chain; {@code micros} is with the fee. */
  public WithdrawalView withdraw(String asset, long micros, PayAddress to)
      throws IOException, InterruptedException, HubException {
    return WithdrawalView.of(
        post(
            "/v1/withdrawals",
            object().put("asset", asset).put("amount", Long.toString(micros)).put("to", to.hex())));
  }

  /** Its withdrawals, without how many are before them. */
  public List<WithdrawalView> withdrawals() throws IOException, InterruptedException, HubException {
    List<WithdrawalView> withdrawals = new ArrayList<>();
    for (JsonNode withdrawal : Answers.list(get("/v1/withdrawals"), "withdrawals")) {
      withdrawals.add(WithdrawalView.of(withdrawal));
    }
    return withdrawals;
  }

  /** One of its withdrawals. */
  public WithdrawalView withdrawal(Hash id) throws IOException, InterruptedException, HubException {
    return WithdrawalView.of(get("/v1/withdrawals/" + id.hex()));
  }

  /** Its own address on the chain, which is always the same. */
  public PayAddress depositAddress() throws IOException, InterruptedException, HubException {
    try {
      return PayAddress.ofHex(Answers.text(post("/v1/deposit-address", object()), "address"));
    } catch (IllegalArgumentException e) {
      throw new IOException("the hub's address is none: " + e.getMessage(), e);
    }
  }

  /** The chain that the hub is on. */
  public ChainView chain() throws IOException, InterruptedException, HubException {
    return ChainView.of(get("/v1/chain"));
  }

  private JsonNode get(String target) throws IOException, InterruptedException, HubException {
    IOException failure = new IOException("no try");
    for (int i = 0; i < TRIES; i++) {
      try {
        return line.ask("GET", target, "", signed("GET", target, ""));
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private JsonNode post(String target, ObjectNode body)
      throws IOException, InterruptedException, HubException {
    return post(UUID.randomUUID(), target, body);
  }

  private JsonNode post(UUID once, String target, ObjectNode body)
      throws IOException, InterruptedException, HubException {
    String text = MAPPER.writeValueAsString(body);
    IOException failure = new IOException("no try");
    for (int i = 0; i < TRIES; i++) {
      try {
        Map<String, String> headers = signed("POST", target, text);
        headers.put("Idempotency-Key", once.toString());
        return line.ask("POST", target, text, headers);
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private Map<String, String> signed(String method, String target, String body) {
    byte[] bytes = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    String nonce = HexFormat.of().formatHex(bytes);
    long now = System.currentTimeMillis();
    SignedRequest request =
        new SignedRequest(method, target, Keccak.of(body.getBytes(UTF_8)), now, nonce);
    Map<String, String> headers = new HashMap<>();
    headers.put("Bwpay-Account", key.address().hex());
    headers.put("Bwpay-Time", Long.toString(now));
    headers.put("Bwpay-Nonce", nonce);
    headers.put("Bwpay-Signature", key.sign(request.digest(domain)).toString());
    return headers;
  }

  private Certified certified(JsonNode json) throws IOException {
    try {
      ChannelCert cert =
          ChannelCert.decode(HexFormat.of().parseHex(json.path("certificate").asString("")))
              .orElseThrow(() -> new IOException("the hub's certificate is none"));
      PaySignature signature =
          PaySignature.of(HexFormat.of().parseHex(json.path("signature").asString("")))
              .orElseThrow(() -> new IOException("the hub's signature is none"));
      return new Certified(cert, signature);
    } catch (IllegalArgumentException e) {
      throw new IOException("the hub's certificate is none: " + e.getMessage(), e);
    }
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
