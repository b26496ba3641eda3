package sluice.transport.system;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Resolver;

/**
 * Names resolved by the operating system, each on a virtual thread, as the call blocks. Literals
 * are answered without it. Loop only.
 */
public final class SystemResolver implements Resolver {
  private static final int MAX_LOOKUPS = 256;

  private final Loop loop;
  private final Optional<TextLookups> texts;
  private int lookups;

  /** Answers on {@code loop}; there are no texts. */
  public SystemResolver(Loop loop) {
    this(loop, Optional.empty());
  }

  /** Answers on {@code loop}, and texts by {@code texts}. */
  public SystemResolver(Loop loop, Optional<TextLookups> texts) {
    this.loop = loop;
    this.texts = texts;
  }

  @Override
  public void texts(String host, Consumer<List<String>> told) {
    if (texts.isPresent()) {
      texts.get().ask(host, told);
    } else {
      told.accept(List.of());
    }
  }

  @Override
  public void resolve(String host, Handler handler) {
    assert loop.isCurrent();
    Optional<InetAddress> literal = literal(host);
    if (literal.isPresent()) {
      loop.execute(() -> handler.onResolved(List.of(literal.get())));
      return;
    }
    if (host.isBlank()) {
      loop.execute(() -> handler.onFault(new Fault(Fault.Kind.UNKNOWN_HOST, "empty host name")));
      return;
    }
    if (lookups == MAX_LOOKUPS) {
      loop.execute(
          () -> handler.onFault(new Fault(Fault.Kind.IO, "too many name lookups at once")));
      return;
    }
    lookups++;
    Thread.ofVirtual().name("sluice-lookup").start(() -> lookUp(host, handler));
  }

  private void lookUp(String host, Handler handler) {
    Runnable answer;
    try {
      List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
      answer = () -> handler.onResolved(addresses);
    } catch (UnknownHostException | SecurityException e) {
      Fault fault = new Fault(Fault.Kind.UNKNOWN_HOST, "unknown host: " + host);
      answer = () -> handler.onFault(fault);
    }
    Runnable told = answer;
    loop.execute(() -> {
      lookups--;
      told.run();
    });
  }

  /** An IPv6 literal may stand in brackets. */
  private static Optional<InetAddress> literal(String host) {
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    String bare = brackets ? host.substring(1, host.length() - 1) : host;
    if (!brackets && !bare.matches("[0-9.]+|[0-9a-fA-F:.%]*:.*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException notLiteral) {
      return Optional.empty();
    }
  }
}
