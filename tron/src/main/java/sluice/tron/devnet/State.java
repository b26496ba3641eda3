package sluice.tron.devnet;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tron.trident.proto.Contract.AssetIssueContract;
import sluice.market.sign.PayAddress;

/** Accounts and tokens: those of a chain, or what differs from them while something is tried. */
final class State {
  private static final int FIRST_TOKEN = 1_000_001;

  private final Optional<State> below;
  private final Map<PayAddress, Account> accounts = new HashMap<>();
  private final Map<String, AssetIssueContract> tokens = new LinkedHashMap<>();

  private State(Optional<State> below) {
    this.below = below;
  }

  static State empty() {
    return new State(Optional.empty());
  }

  /** What is changed in it is not changed here until it is committed. */
  State on() {
    return new State(Optional.of(this));
  }

  /** An equal one that goes its own way; of a chain's state only. */
  State copy() {
    State copy = empty();
    copy.accounts.putAll(accounts);
    copy.tokens.putAll(tokens);
    return copy;
  }

  Optional<Account> find(PayAddress address) {
    Account here = accounts.get(address);
    return here != null ? Optional.of(here) : below.flatMap(state -> state.find(address));
  }

  void put(PayAddress address, Account account) {
    accounts.put(address, account);
  }

  Optional<AssetIssueContract> token(String id) {
    AssetIssueContract here = tokens.get(id);
    return here != null ? Optional.of(here) : below.flatMap(state -> state.token(id));
  }

  String nextToken() {
    return Integer.toString(FIRST_TOKEN + tokenCount());
  }

  private int tokenCount() {
    return tokens.size() + below.map(State::tokenCount).orElse(0);
  }

  void issue(AssetIssueContract token) {
    tokens.put(token.getId(), token);
  }

  /** Makes the changes in the state below; what was there before. */
  Undo commit() {
    State base = below.orElseThrow();
    Map<PayAddress, Optional<Account>> before = new HashMap<>();
    accounts.forEach((address, account) -> {
      before.put(address, Optional.ofNullable(base.accounts.get(address)));
      base.accounts.put(address, account);
    });
    base.tokens.putAll(tokens);
    return new Undo(before, Map.copyOf(tokens));
  }

  /** Takes a commit back; the last one first. */
  void undo(Undo undo) {
    undo.accounts()
        .forEach((address, before) -> {
          if (before.isPresent()) {
            accounts.put(address, before.get());
          } else {
            accounts.remove(address);
          }
        });
    undo.tokens().keySet().forEach(tokens::remove);
  }

  /** What a commit has changed. */
  record Undo(Map<PayAddress, Optional<Account>> accounts, Map<String, AssetIssueContract> tokens) {
    static final Undo NOTHING = new Undo(Map.of(), Map.of());
  }
}
