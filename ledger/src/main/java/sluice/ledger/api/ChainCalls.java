package sluice.ledger.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sluice.ledger.gateway.Gateway;
import sluice.ledger.gateway.GatewayStatus;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Outcome;
import sluice.market.sign.PayAddress;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls about the chain that a hub is on. */
final class ChainCalls {
  private final Optional<Gateway> gateway;

  ChainCalls(Optional<Gateway> gateway) {
    this.gateway = gateway;
  }

  List<Route> routes() {
    return List.of(
        Route.open("/v1/chain", call -> ApiResponse.json(200, Json.text(chain()))),
        Route.once("/v1/deposit-address", List.of(), this::depositAddress));
  }

  private Gateway gateway() {
    return gateway.orElseThrow(() -> new ApiProblem(404, "NOT_FOUND", "this hub is on no chain"));
  }

  private ObjectNode chain() {
    GatewayStatus status = gateway().status();
    ObjectNode node =
        Json.object()
            .put("genesis", status.genesis())
            .put("height", Long.toString(status.height()))
            .put("time", status.blockSeconds())
            .put("wallet", status.wallet().hex())
            .put("walletText", status.walletText())
            .put("waiting", status.waiting());
    status.funds().ifPresent(funds -> node.put("fees", funds.fees()));
    ArrayNode alarms = node.putArray("alarms");
    status.alarms().forEach(alarms::add);
    return node;
  }

  private Function<Desk, Outcome<ObjectNode>> depositAddress(PayAddress member, Call call) {
    Gateway chain = gateway();
    return desk ->
        Json.map(
            chain.depositAddress(desk, member),
            address ->
                Json.object().put("address", address.hex()).put("text", chain.text(address)));
  }
}
