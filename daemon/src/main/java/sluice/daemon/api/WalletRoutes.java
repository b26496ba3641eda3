package sluice.daemon.api;

import java.io.IOException;
import java.util.Optional;
import sluice.daemon.shelf.EventLog;
import sluice.daemon.trade.Trade;
import sluice.daemon.trade.TradeDesk;
import sluice.daemon.trade.TradeTerms;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The wallet and the market, and what happened lately. */
record WalletRoutes(ApiContext context) {
  private static final Body TERMS =
      Body.of(
          "buying: boolean",
          "selling: boolean",
          "price: integer",
          "budget: integer",
          "torrentBudget: integer",
          "dayBudget: integer",
          "floor: integer");

  void addTo(OwnCalls calls) {
    calls.call("GET", "/wallet", Scope.WALLET, "What there is, earned and spent.", r -> wallet());
    calls.call(
        "PATCH",
        "/wallet",
        Scope.WALLET,
        "Changes prices and budgets, in micro-units; a budget of a torrent or a day of 0 is none."
            + " What is changed holds at once.",
        TERMS,
        this::change);
    calls.get("/log", "What happened lately.", this::log, "after");
  }

  private Reply wallet() {
    TradeDesk desk = context.trade();
    TradeTerms terms = desk.terms();
    ObjectNode wallet =
        Json.object()
            .put("configured", desk.trade().isPresent())
            .put("buying", terms.buying())
            .put("selling", terms.selling())
            .put("price", terms.price())
            .put("budget", terms.budget())
            .put("torrentBudget", terms.torrentBudget())
            .put("dayBudget", terms.dayBudget())
            .put("floor", terms.floor());
    ArrayNode history = wallet.putArray("history");
    ArrayNode trades = wallet.putArray("trades");
    if (desk.trade().isPresent()) {
      Trade trade = desk.trade().get();
      Trade.Sums sums;
      try {
        sums = trade.sums();
      } catch (IOException e) {
        throw new Problem(502, "ledger", "the ledger does not answer: " + e.getMessage());
      }
      wallet
          .put("available", sums.available())
          .put("locked", sums.locked())
          .put("earned", sums.earned())
          .put("spent", sums.spent());
      for (Trade.Sums past : desk.history(sums)) {
        history.addObject().put("earned", past.earned()).put("spent", past.spent());
      }
      for (Trade.Deal deal : trade.deals()) {
        trades
            .addObject()
            .put("number", deal.number())
            .put("millis", deal.millis())
            .put("kind", deal.kind())
            .put("peer", deal.peer())
            .put("text", deal.text());
      }
    }
    return Json.reply(wallet);
  }

  private Reply change(Request request) {
    ObjectNode body = Json.readObject(request.body());
    TradeTerms before = context.trade().terms();
    try {
      context
          .trade()
          .terms(
              new TradeTerms(
                  Json.flag(body, "buying").orElse(before.buying()),
                  Json.flag(body, "selling").orElse(before.selling()),
                  amount(body, "price").orElse(before.price()),
                  amount(body, "budget").orElse(before.budget()),
                  amount(body, "torrentBudget").orElse(before.torrentBudget()),
                  amount(body, "dayBudget").orElse(before.dayBudget()),
                  amount(body, "floor").orElse(before.floor())));
    } catch (IllegalArgumentException e) {
      throw Problem.bad(String.valueOf(e.getMessage()));
    }
    return wallet();
  }

  /** An amount, exactly as it is written; {@code null} is none. */
  private static Optional<Long> amount(ObjectNode body, String name) {
    JsonNode node = body.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    } else if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw Problem.bad(name + " is no whole number of micro-units");
    }
    return Optional.of(node.longValue());
  }

  private Reply log(Request request) {
    long after =
        request
            .field("after")
            .filter(text -> text.matches("-?[0-9]{1,18}"))
            .map(Long::parseLong)
            .orElse(-1L);
    ObjectNode answer = Json.object();
    ArrayNode lines = answer.putArray("lines");
    for (EventLog.Line line : context.log().after(after)) {
      lines
          .addObject()
          .put("number", line.number())
          .put("millis", line.millis())
          .put("level", line.level().name().toLowerCase(java.util.Locale.ROOT))
          .put("text", line.text());
    }
    return Json.reply(answer);
  }
}
