package sluice.daemon.web;

import java.util.Set;

/**
 * Who sent a request.
 *
 * @param name of the key or session; empty for nobody
 * @param scopes what they may do
 * @param byCookie whether a browser sent what proves it without being asked to
 */
public record Caller(String name, Set<Scope> scopes, boolean byCookie) {
  /** Somebody of whom nothing is known. */
  public static final Caller NOBODY = new Caller("", Set.of(), false);

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Whether it is known who it is. */
  public boolean isKnown() {
    return !name.isEmpty();
  }
}
