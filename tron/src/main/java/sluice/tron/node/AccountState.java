package sluice.tron.node;

import java.util.Map;

/**
 * What an account has.
 *
 * @param exists whether the chain knows it: an unknown one has nothing
 * @param sun of TRX
 * @param tokens smallest units of TRC-10 tokens, by id
 */
public record AccountState(boolean exists, long sun, Map<String, Long> tokens) {
  public AccountState {
    tokens = Map.copyOf(tokens);
  }

  /** What it has of a token. */
  public long token(String id) {
    return tokens.getOrDefault(id, 0L);
  }
}
