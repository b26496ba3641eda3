package sluice.ledger.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sluice.ledger.book.Account;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Refusal;
import sluice.ledger.hub.Withdrawal;
import sluice.ledger.proof.AccountProof;
import sluice.ledger.proof.ProofBook;
import sluice.ledger.proof.ProofJson;
import sluice.market.sign.PayAddress;
import tools.jackson.databind.node.ObjectNode;

/** Calls about a member and its money: account, balance, history, withdrawals, its proof. */
final class MemberCalls {
  private static final int HISTORY_LINES = 100;

  private final Hub hub;
  private final ProofBook proofs;
  private final long faucetMicros;
  private final Optional<PayAddress> wallet;

  /** {@code wallet}: the address that the hub pays out from, if it is on a chain. */
  MemberCalls(Hub hub, ProofBook proofs, long faucetMicros, Optional<PayAddress> wallet) {
    this.hub = hub;
    this.proofs = proofs;
    this.faucetMicros = faucetMicros;
    this.wallet = wallet;
  }

  List<Route> routes() {
    return List.of(
        Route.once("/v1/accounts", List.of(), this::register),
        Route.once("/v1/keys", List.of("alias"), this::alias),
        Route.once("/v1/faucet", List.of("asset", "amount"), this::faucet),
        Route.read("/v1/balance", this::balance),
        Route.read("/v1/history", this::history),
        Route.once("/v1/withdrawals", List.of("asset", "amount", "to"), this::withdraw),
        Route.read("/v1/withdrawals", this::withdrawals),
        Route.read("/v1/withdrawals/{withdrawal}", this::withdrawal),
        Route.read("/v1/proof/account", this::proof));
  }

  private Function<Desk, Outcome<ObjectNode>> register(PayAddress member, Call call) {
    return desk -> {
      desk.register(member);
      return new Outcome.Done<>(Json.object().put("account", member.hex()));
    };
  }

  private Function<Desk, Outcome<ObjectNode>> alias(PayAddress member, Call call) {
    PayAddress alias = call.body().address("alias");
    return desk -> Json.map(desk.payUnder(member, alias), a -> Json.object().put("alias", a.hex()));
  }

  private Function<Desk, Outcome<ObjectNode>> faucet(PayAddress member, Call call) {
    String asset = call.body().text("asset");
    long micros = call.body().amount("amount");
    String reference = "faucet:" + member.hex() + ":" + call.request().header(Api.KEY).orElse("");
    if (faucetMicros == 0) {
      throw new ApiProblem(403, "NO_FAUCET", "this hub gives nothing away");
    }
    return desk ->
        micros > faucetMicros
            ? new Outcome.Refused<>(Refusal.BAD_AMOUNT, "at most " + faucetMicros)
            : Json.map(
                desk.deposit(member, asset, micros, reference),
                available -> Json.object().put("available", Long.toString(available)));
  }

  private ObjectNode balance(PayAddress member, Call call) {
    String asset = call.parameter("asset");
    if (!Account.isAsset(asset)) {
      throw new ApiProblem(400, "BAD_REQUEST", "asset is 1 to 256 printable characters");
    }
    return Json.balance(hub.balance(member, asset));
  }

  private ObjectNode history(PayAddress member, Call call) {
    long before =
        call.request()
            .parameter("before")
            .map(text -> Body.amount("before", text))
            .orElse(Long.MAX_VALUE);
    return Json.history(hub.history(member, call.parameter("asset"), before, HISTORY_LINES));
  }

  private Function<Desk, Outcome<ObjectNode>> withdraw(PayAddress member, Call call) {
    String asset = call.body().text("asset");
    long micros = call.body().amount("amount");
    PayAddress to = call.body().address("to");
    if (wallet.filter(to::equals).isPresent()) {
      throw new ApiProblem(403, Refusal.FOREIGN_ADDRESS.name(), "the hub's own: " + to.hex());
    }
    return desk -> Json.map(desk.withdraw(member, asset, micros, to), Json::withdrawal);
  }

  private ObjectNode withdrawals(PayAddress member, Call call) {
    ObjectNode root = Json.object();
    var list = root.putArray("withdrawals");
    hub.withdrawals(member).forEach(w -> list.add(Json.withdrawal(w)));
    return root;
  }

  private ObjectNode withdrawal(PayAddress member, Call call) {
    Withdrawal withdrawal =
        hub.withdrawal(call.id("withdrawal"))
            .filter(w -> w.member().equals(member))
            .orElseThrow(() ->
                new ApiProblem(404, "NOT_FOUND", "no withdrawal " + call.path().get("withdrawal")));
    return Json.withdrawal(withdrawal).put("ahead", Long.toString(hub.ahead(withdrawal)));
  }

  private ObjectNode proof(PayAddress member, Call call) {
    AccountProof proof =
        proofs
            .proof(member, call.parameter("asset"))
            .orElseThrow(() ->
                new ApiProblem(404, "NOT_FOUND", "nothing was owed to it when it was counted"));
    return ProofJson.of(proof);
  }
}
