package sluice.tron.devnet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tron.trident.proto.Chain.Transaction;
import sluice.protocol.digest.Hash;

/** Transactions that wait for a block, in the order in which they came. */
final class Pool {
  private final Map<Hash, Transaction> waiting = new LinkedHashMap<>();
  private final List<Later> later = new ArrayList<>();
  private final List<Optional<Transaction.Result.contractResult>> failures = new ArrayList<>();

  private record Later(Transaction transaction, long height) {}

  int size() {
    return waiting.size();
  }

  boolean has(Hash txid) {
    return waiting.containsKey(txid);
  }

  void add(Hash txid, Transaction transaction) {
    waiting.put(txid, transaction);
  }

  void remove(Hash txid) {
    waiting.remove(txid);
  }

  void clear() {
    waiting.clear();
    later.clear();
  }

  void take(Pool other) {
    waiting.putAll(other.waiting);
  }

  Map<Hash, Transaction> all() {
    return waiting;
  }

  List<Transaction> first(int most) {
    return waiting.values().stream().limit(most).toList();
  }

  void later(Transaction transaction, long height) {
    later.add(new Later(transaction, height));
  }

  /** Those whose time has come; they are no longer kept. */
  List<Transaction> due(long height) {
    List<Transaction> due =
        later.stream().filter(l -> l.height() <= height).map(Later::transaction).toList();
    later.removeIf(l -> l.height() <= height);
    return due;
  }

  void failNext(Optional<Transaction.Result.contractResult> result) {
    failures.add(result);
  }

  /** How the next transaction fails; empty if it need not. */
  Optional<Transaction.Result> failure() {
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    Transaction.Result.Builder result = Transaction.Result.newBuilder();
    failures.removeFirst().ifPresent(result::setContractRet);
    return Optional.of(result.build());
  }

  /** The transaction as a block has it. */
  static Transaction with(Transaction transaction, Optional<Transaction.Result> failure) {
    Transaction.Result result =
        failure.orElseGet(() ->
            Transaction.Result.newBuilder()
                .setContractRet(Transaction.Result.contractResult.SUCCESS)
                .build());
    return Transaction.newBuilder(transaction).addRet(result).build();
  }

  static boolean isSuccess(Transaction transaction) {
    return transaction.getRet(0).getContractRet() == Transaction.Result.contractResult.SUCCESS;
  }
}
