package sluice.engine.policy;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * When torrents have shared enough that do not say so themselves: the rule of the session and those
 * of bandwidth classes, which come before it.
 *
 * @param session holds where a class says nothing
 * @param classes rules by the name of their class
 */
public record ShareRules(ShareRule session, Map<String, ShareRule> classes) {
  /** Most classes with a rule of their own. */
  public static final int MAX_CLASSES = 64;

  public ShareRules {
    classes = Collections.unmodifiableMap(new TreeMap<>(classes));
    if (classes.size() > MAX_CLASSES) {
      throw new IllegalArgumentException("rules for more than " + MAX_CLASSES + " classes");
    }
  }

  /** One rule for all classes. */
  public static ShareRules of(ShareRule session) {
    return new ShareRules(session, Collections.emptyMap());
  }

  /** The same with another rule of the session. */
  public ShareRules session(ShareRule changed) {
    return new ShareRules(changed, classes);
  }

  /** The same with other rules of classes. */
  public ShareRules classes(Map<String, ShareRule> changed) {
    return new ShareRules(session, changed);
  }

  /** What holds for torrents of the class {@code name}. */
  public ShareRule in(String name) {
    ShareRule own = classes.get(name);
    return own == null ? session : own.or(session);
  }
}
