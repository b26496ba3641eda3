package sluice.ledger.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import sluice.ledger.hub.Channel;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Refusal;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;
import tools.jackson.databind.node.ObjectNode;

/** The calls of a hub: requests to answers, without a network. Any thread. */
public final class Api {
  private static final String KEY = "Idempotency-Key";
  private static final Pattern KEY_FORM = Pattern.compile("[0-9a-fA-F-]{1,36}");
  private static final Pattern CHANNEL =
      Pattern.compile("/v1/channels/([0-9a-f]{64})(/(?:topup|redeem|close))?");
  private static final Map<Refusal, Integer> STATUS =
      Map.of(
          Refusal.UNKNOWN_MEMBER, 404,
          Refusal.UNKNOWN_CHANNEL, 404,
          Refusal.UNKNOWN_PAYEE, 404,
          Refusal.UNKNOWN_ASSET, 404,
          Refusal.NOT_YOURS, 403,
          Refusal.KEY_IN_USE, 409,
          Refusal.CLOSED, 409,
          Refusal.EXPIRED, 409);
  private static final int UNPROCESSABLE = 422;

  private final Hub hub;
  private final Gate gate;

  /**
   * The calls of {@code hub}.
   *
   * @param unixMillis the time
   */
  public Api(Hub hub, LongSupplier unixMillis) {
    this.hub = hub;
    gate = new Gate(hub.domain(), unixMillis);
  }

  /** Answers a request; never throws for what a client sends. */
  public ApiResponse answer(ApiRequest request) {
    try {
      return route(request);
    } catch (ApiProblem e) {
      return problem(e.status(), e.code(), e.detail());
    }
  }

  private ApiResponse route(ApiRequest request) {
    String route = request.method() + " " + request.path();
    return switch (route) {
      case "GET /v1/hub" -> ok(hubInfo());
      case "GET /v1/balance" -> balance(request);
      case "GET /v1/channels" -> ok(Json.channels(hub.channels(gate.member(request))));
      case "POST /v1/accounts" -> once(request, this::register);
      case "POST /v1/keys" -> once(request, this::alias);
      case "POST /v1/channels" -> once(request, this::open);
      default -> channel(request);
    };
  }

  private ObjectNode hubInfo() {
    ObjectNode info =
        Json.object()
            .put("hub", hub.domain().hub().hex())
            .put("address", hub.address().hex())
            .put("chain", Long.toString(hub.domain().chainId()));
    hub.assets().stream().sorted().forEach(info.putArray("assets")::add);
    return info;
  }

  private ApiResponse balance(ApiRequest request) {
    PayAddress member = gate.member(request);
    String asset = request.parameter("asset").orElseThrow(() -> Body.bad("?asset= is missing"));
    return ok(Json.balance(hub.balance(member, asset)));
  }

  private ApiResponse channel(ApiRequest request) {
    var path = CHANNEL.matcher(request.path());
    if (!path.matches()) {
      throw new ApiProblem(404, "NOT_FOUND", request.method() + " " + request.path());
    }
    Hash id = Body.hash("channel", path.group(1));
    String verb = request.method() + " " + (path.group(2) == null ? "" : path.group(2));
    return switch (verb) {
      case "GET " -> show(gate.member(request), id);
      case "POST /topup" -> once(request, (member, body) -> topUp(member, id, body));
      case "POST /redeem" -> once(request, (member, body) -> redeem(id, body));
      case "POST /close" -> once(request, (member, body) -> close(member, id, body));
      default -> throw new ApiProblem(405, "METHOD_NOT_ALLOWED", verb);
    };
  }

  private ApiResponse show(PayAddress member, Hash id) {
    Optional<Channel> channel =
        hub.channel(id).filter(c -> c.payer().equals(member) || c.payee().equals(member));
    return ok(
        Json.channel(channel.orElseThrow(() -> new ApiProblem(404, "UNKNOWN_CHANNEL", id.hex()))));
  }

  /** Reads the body of a request and says what is to be done for it. */
  private interface Call {
    Function<Desk, Outcome<ObjectNode>> of(PayAddress member, byte[] body);
  }

  private Function<Desk, Outcome<ObjectNode>> register(PayAddress member, byte[] body) {
    Body.read(body);
    return desk -> {
      desk.register(member);
      return new Outcome.Done<>(Json.object().put("account", member.hex()));
    };
  }

  private Function<Desk, Outcome<ObjectNode>> alias(PayAddress member, byte[] body) {
    PayAddress alias = Body.read(body, "alias").address("alias");
    return desk -> map(desk.payUnder(member, alias), a -> Json.object().put("alias", a.hex()));
  }

  private Function<Desk, Outcome<ObjectNode>> open(PayAddress member, byte[] body) {
    Body in = Body.read(body, "payerKey", "payee", "asset", "deposit", "ttl");
    PayAddress payerKey = in.address("payerKey");
    PayAddress payee = in.address("payee");
    String asset = in.text("asset");
    long deposit = in.amount("deposit");
    long ttl = in.amount("ttl");
    return desk -> map(desk.open(member, payerKey, payee, asset, deposit, ttl), Json::certified);
  }

  private Function<Desk, Outcome<ObjectNode>> topUp(PayAddress member, Hash id, byte[] body) {
    long more = Body.read(body, "more").amount("more");
    return desk -> map(desk.topUp(member, id, more), Json::certified);
  }

  private Function<Desk, Outcome<ObjectNode>> redeem(Hash id, byte[] body) {
    Body in = Body.read(body, "cumulative", "signature");
    Voucher voucher = new Voucher(id, in.amount("cumulative"));
    PaySignature signature = in.signature("signature");
    if (!hub.isSigned(voucher, signature)) {
      throw new ApiProblem(UNPROCESSABLE, Refusal.BAD_SIGNATURE.name(), id.hex());
    }
    return desk ->
        map(desk.redeem(voucher), paid -> Json.object().put("paid", Long.toString(paid)));
  }

  private Function<Desk, Outcome<ObjectNode>> close(PayAddress member, Hash id, byte[] body) {
    Body.read(body);
    return desk -> map(desk.close(member, id), Json::channel);
  }

  private ApiResponse once(ApiRequest request, Call call) {
    PayAddress member = gate.member(request);
    String key = request.header(KEY).orElse("");
    if (!KEY_FORM.matcher(key).matches()) {
      throw Body.bad("the header " + KEY + " is missing or no UUID");
    }
    Function<Desk, Outcome<ObjectNode>> work = call.of(member, request.body());
    String asked = Keccak.of(request.target().getBytes(UTF_8), request.body()).hex();
    String answer =
        hub.once(member, key, asked, desk -> text(work.apply(desk)))
            .orElseThrow(
                () -> new ApiProblem(409, "KEY_REUSED", KEY + " was used for another request"));
    int space = answer.indexOf(' ');
    return new ApiResponse(
        Integer.parseInt(answer.substring(0, space)), answer.substring(space + 1));
  }

  /** How an answer is kept: status, space, JSON. */
  private static String text(Outcome<ObjectNode> outcome) {
    return switch (outcome) {
      case Outcome.Done<ObjectNode>(ObjectNode node) -> "200 " + Json.text(node);
      case Outcome.Refused<ObjectNode>(Refusal refusal, String detail) ->
          STATUS.getOrDefault(refusal, UNPROCESSABLE)
              + " "
              + Json.text(Json.problem(refusal.name(), detail));
    };
  }

  private static <T> Outcome<ObjectNode> map(Outcome<T> outcome, Function<T, ObjectNode> json) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> new Outcome.Done<>(json.apply(value));
      case Outcome.Refused<T>(Refusal refusal, String detail) ->
          new Outcome.Refused<>(refusal, detail);
    };
  }

  private static ApiResponse ok(ObjectNode node) {
    return new ApiResponse(200, Json.text(node));
  }

  static ApiResponse problem(int status, String code, String detail) {
    return new ApiResponse(status, Json.text(Json.problem(code, detail)));
  }
}
