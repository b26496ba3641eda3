package sluice.ledger.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sluice.ledger.hub.Channel;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Refusal;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;
import tools.jackson.databind.node.ObjectNode;

/** Calls about channels. */
final class ChannelCalls {
  private final Hub hub;

  ChannelCalls(Hub hub) {
    this.hub = hub;
  }

  List<Route> routes() {
    return List.of(
        Route.once(
            "/v1/channels", List.of("payerKey", "payee", "asset", "deposit", "ttl"), this::open),
        Route.read("/v1/channels", (member, call) -> Json.channels(hub.channels(member))),
        Route.read("/v1/channels/{channel}", this::show),
        Route.once("/v1/channels/{channel}/topup", List.of("more"), this::topUp),
        Route.once(
            "/v1/channels/{channel}/redeem", List.of("cumulative", "signature"), this::redeem),
        Route.once("/v1/channels/{channel}/close", List.of(), this::close));
  }

  private ObjectNode show(PayAddress member, Call call) {
    Hash id = call.id("channel");
    Optional<Channel> channel =
        hub.channel(id).filter(c -> c.payer().equals(member) || c.payee().equals(member));
    return Json.channel(
        channel.orElseThrow(() -> new ApiProblem(404, "UNKNOWN_CHANNEL", id.hex())));
  }

  private Function<Desk, Outcome<ObjectNode>> open(PayAddress member, Call call) {
    Body in = call.body();
    PayAddress payerKey = in.address("payerKey");
    PayAddress payee = in.address("payee");
    String asset = in.text("asset");
    long deposit = in.amount("deposit");
    long ttl = in.amount("ttl");
    return desk ->
        Json.map(desk.open(member, payerKey, payee, asset, deposit, ttl), Json::certified);
  }

  private Function<Desk, Outcome<ObjectNode>> topUp(PayAddress member, Call call) {
    Hash id = call.id("channel");
    long more = call.body().amount("more");
    return desk -> Json.map(desk.topUp(member, id, more), Json::certified);
  }

  private Function<Desk, Outcome<ObjectNode>> redeem(PayAddress member, Call call) {
    Hash id = call.id("channel");
    Voucher voucher = new Voucher(id, call.body().amount("cumulative"));
    PaySignature signature = call.body().signature("signature");
    if (!hub.isSigned(voucher, signature)) {
      throw hub.channel(id).isEmpty()
          ? new ApiProblem(404, Refusal.UNKNOWN_CHANNEL.name(), id.hex())
          : new ApiProblem(422, Refusal.BAD_SIGNATURE.name(), id.hex());
    }
    return desk ->
        Json.map(desk.redeem(voucher), paid -> Json.object().put("paid", Long.toString(paid)));
  }

  private Function<Desk, Outcome<ObjectNode>> close(PayAddress member, Call call) {
    Hash id = call.id("channel");
    return desk -> Json.map(desk.close(member, id), Json::channel);
  }
}
