package sluice.ledger.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.PayoutRules;
import sluice.ledger.proof.ProofBook;
import sluice.ledger.proof.ProofJson;
import sluice.metrics.Exposition;
import tools.jackson.databind.node.ObjectNode;

/** Calls that anybody may make. */
final class PublicCalls {
  private static final String DOCUMENT = "openapi.json";

  private final Hub hub;
  private final ProofBook proofs;
  private final Metrics metrics;
  private final ApiSettings settings;

  PublicCalls(Hub hub, ProofBook proofs, Metrics metrics, ApiSettings settings) {
    this.hub = hub;
    this.proofs = proofs;
    this.metrics = metrics;
    this.settings = settings;
    metrics.gauge("entries", "Entries of the journal.", this::entries);
    metrics.gauge(
        "withdrawals_under_way",
        "Withdrawals that are not on the chain.",
        () -> hub.underWay().size());
  }

  List<Route> routes() {
    return List.of(
        Route.open("/v1/hub", call -> ok(hubInfo())),
        Route.open("/v1/proof/latest", this::proof),
        Route.open("/v1/openapi.json", call -> ApiResponse.json(200, document())),
        Route.open("/health", call -> health()),
        Route.open("/metrics", this::metrics));
  }

  private ObjectNode hubInfo() {
    PayoutRules payouts = hub.payouts();
    ObjectNode info =
        Json.object()
            .put("hub", hub.domain().hub().hex())
            .put("address", hub.address().hex())
            .put("chain", Long.toString(hub.domain().chainId()));
    hub.assets().stream().sorted().forEach(info.putArray("assets")::add);
    info.put("faucet", Long.toString(settings.faucetMicros()));
    if (payouts.isOpen()) {
      info.putObject("withdrawals")
          .put("min", Long.toString(payouts.minMicros()))
          .put("fee", Long.toString(payouts.feeMicros()));
    }
    return info;
  }

  private ApiResponse proof(Call call) {
    return proofs
        .latest(call.parameter("asset"))
        .map(total -> ok(ProofJson.of(total)))
        .orElseThrow(() -> new ApiProblem(404, "NOT_FOUND", "nothing was counted yet"));
  }

  private ApiResponse health() {
    try {
      return ok(Json.object().put("status", "up").put("entries", Long.toString(entries())));
    } catch (RuntimeException e) {
      return ApiResponse.json(503, Json.text(Json.object().put("status", "down")));
    }
  }

  private ApiResponse metrics(Call call) {
    if (!settings.publicMetrics() && !call.request().remote().isLoopbackAddress()) {
      throw new ApiProblem(403, "FORBIDDEN", "metrics are for this machine only");
    }
    Exposition told = metrics.told(call.request().header("accept").orElse(""));
    return new ApiResponse(200, told.type(), told.body());
  }

  private long entries() {
    return hub.look(handle -> handle.createQuery("select entry from head").mapTo(Long.class).one());
  }

  /** The description of all calls, as OpenAPI has it. */
  static String document() {
    try (InputStream in =
        Objects.requireNonNull(PublicCalls.class.getResourceAsStream(DOCUMENT), DOCUMENT)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ApiResponse ok(ObjectNode node) {
    return ApiResponse.json(200, Json.text(node));
  }
}
