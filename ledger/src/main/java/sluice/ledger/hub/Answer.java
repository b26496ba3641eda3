package sluice.ledger.hub;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import sluice.market.sign.PayAddress;

/** What was answered to a request that carries a key. */
record Answer(String bodyHash, String text) {
  static Optional<Answer> find(Handle handle, PayAddress member, String key) {
    return handle
        .createQuery(
            "select body_hash, answer from request where member = ? and idempotency_key = ?")
        .bind(0, member.hex())
        .bind(1, key)
        .map((row, context) -> new Answer(row.getString(1), row.getString(2)))
        .findOne();
  }

  static void keep(Handle handle, PayAddress member, String key, Answer answer, long nowSeconds) {
    handle.execute(
        "insert into request (member, idempotency_key, body_hash, answer, at_seconds)"
            + " values (?, ?, ?, ?, ?)",
        member.hex(),
        key,
        answer.bodyHash(),
        answer.text(),
        nowSeconds);
  }
}
