package sluice.ledger.api;

import java.util.function.Function;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Outcome;
import sluice.market.sign.PayAddress;
import tools.jackson.databind.node.ObjectNode;

/** What a route does, by who may ask. */
sealed interface Handler {
  /** Anybody may ask. */
  non-sealed interface Open extends Handler {
    ApiResponse answer(Call call);
  }

  /** A question of who signed it. */
  non-sealed interface Read extends Handler {
    ObjectNode answer(PayAddress member, Call call);
  }

  /** A change by who signed it, which counts once; reads the call before the transaction. */
  non-sealed interface Once extends Handler {
    Function<Desk, Outcome<ObjectNode>> of(PayAddress member, Call call);
  }
}
