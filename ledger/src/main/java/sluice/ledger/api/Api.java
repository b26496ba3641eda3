package sluice.ledger.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import sluice.ledger.gateway.Gateway;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.Outcome;
import sluice.ledger.proof.ProofBook;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import tools.jackson.databind.node.ObjectNode;

/** The calls of a hub: requests to answers, without a network. Any thread. */
public final class Api {
  static final String KEY = "Idempotency-Key";
  private static final Pattern KEY_FORM = Pattern.compile("[0-9a-fA-F-]{1,36}");
  private static final String OTHER = "other";
  private static final int NETWORK_BYTES = 8;

  private final Hub hub;
  private final Gate gate;
  private final List<Route> routes = new ArrayList<>();
  private final Metrics metrics = new Metrics();
  private final RateLimit<Object> addresses;
  private final RateLimit<PayAddress> members;

  /** The calls of {@code hub} with the usual limits and no faucet. */
  public Api(Hub hub, LongSupplier unixMillis) {
    this(hub, new ProofBook(hub), unixMillis, ApiSettings.DEFAULT);
  }

  /** The calls of {@code hub}, which is on no chain. */
  public Api(Hub hub, ProofBook proofs, LongSupplier unixMillis, ApiSettings settings) {
    this(hub, proofs, unixMillis, settings, Optional.empty());
  }

  /**
   * The calls of {@code hub}.
   *
   * @param proofs what it has published
   * @param unixMillis the time
   * @param gateway to the chain that it is on
   */
  public Api(
      Hub hub,
      ProofBook proofs,
      LongSupplier unixMillis,
      ApiSettings settings,
      Optional<Gateway> gateway) {
    this.hub = hub;
    gate = new Gate(hub.domain(), unixMillis);
    routes.addAll(new PublicCalls(hub, proofs, metrics, settings).routes());
    routes.addAll(
        new MemberCalls(hub, proofs, settings.faucetMicros(), gateway.map(Gateway::wallet))
            .routes());
    routes.addAll(new ChannelCalls(hub).routes());
    routes.addAll(new ChainCalls(gateway).routes());
    addresses = limit(settings.addressPerSecond());
    members = limit(settings.memberPerSecond());
  }

  private static <K> RateLimit<K> limit(int perSecond) {
    return new RateLimit<>(perSecond, perSecond * ApiSettings.BURST_SECONDS);
  }

  /** All calls. */
  List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Answers a request; never throws for what a client sends. */
  public ApiResponse answer(ApiRequest request) {
    long start = System.nanoTime();
    Optional<Route> route = Optional.empty();
    ApiResponse response;
    try {
      if (!addresses.take(network(request.remote()), start)) {
        throw tooMany();
      }
      route = Optional.of(route(request));
      response = answer(route.get(), request);
    } catch (ApiProblem e) {
      metrics.refused(e.code());
      response = problem(e.status(), e.code(), e.detail());
    }
    String name = route.map(Route::name).orElse(OTHER);
    metrics.answered(name, response.status(), System.nanoTime() - start);
    return response;
  }

  private Route route(ApiRequest request) {
    boolean isPath = false;
    for (Route route : routes) {
      if (route.match(request.path()).isPresent()) {
        if (route.method().equals(request.method())) {
          return route;
        }
        isPath = true;
      }
    }
    String asked = request.method() + " " + request.path();
    throw isPath
        ? new ApiProblem(405, "METHOD_NOT_ALLOWED", asked)
        : new ApiProblem(404, "NOT_FOUND", asked);
  }

  private ApiResponse answer(Route route, ApiRequest request) {
    Map<String, String> path = route.match(request.path()).orElseThrow();
    return switch (route.handler()) {
      case Handler.Open open -> open.answer(new Call(request, path, Body.EMPTY));
      case Handler.Read read -> {
        PayAddress member = member(request);
        Call call = new Call(request, path, Body.EMPTY);
        yield ApiResponse.json(200, Json.text(read.answer(member, call)));
      }
      case Handler.Once once -> {
        PayAddress member = member(request);
        String key = key(request);
        Body body = Body.read(request.body(), route.members());
        yield once(member, key, request, once.of(member, new Call(request, path, body)));
      }
    };
  }

  private PayAddress member(ApiRequest request) {
    PayAddress member = gate.member(request);
    if (!members.take(member, System.nanoTime())) {
      throw tooMany();
    }
    return member;
  }

  private static String key(ApiRequest request) {
    String key = request.header(KEY).orElse("");
    if (!KEY_FORM.matcher(key).matches()) {
      throw Body.bad("the header " + KEY + " is missing or no UUID");
    }
    return key;
  }

  private ApiResponse once(
      PayAddress member, String key, ApiRequest request, Function<Desk, Outcome<ObjectNode>> work) {
    String asked = Keccak.of(request.target().getBytes(UTF_8), request.body()).hex();
    String answer =
        hub.once(member, key, asked, desk -> Json.kept(work.apply(desk)))
            .orElseThrow(
                () -> new ApiProblem(409, "KEY_REUSED", KEY + " was used for another request"));
    int space = answer.indexOf(' ');
    return ApiResponse.json(
        Integer.parseInt(answer.substring(0, space)), answer.substring(space + 1));
  }

  /** What is limited together: an address, of IPv6 a /64. */
  private static Object network(InetAddress address) {
    return address instanceof Inet6Address
        ? ByteBuffer.wrap(address.getAddress(), 0, NETWORK_BYTES)
        : address;
  }

  private static ApiProblem tooMany() {
    return new ApiProblem(429, "TOO_MANY", "too many requests; try again in a second");
  }

  static ApiResponse problem(int status, String code, String detail) {
    return ApiResponse.json(status, Json.text(Json.problem(code, detail)));
  }
}
