package sluice.engine.fake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Resolver;

/** Names from a table; literals are themselves. */
public final class FakeResolver implements Resolver {
  private final Loop loop;
  private final Map<String, List<InetAddress>> names = new LinkedHashMap<>();
  private final Map<String, List<String>> texts = new LinkedHashMap<>();

  /** Hosts whose texts were asked for. */
  public final List<String> asked = new ArrayList<>();

  public FakeResolver(Loop loop) {
    this.loop = loop;
  }

  /** Gives {@code host} these addresses. */
  public void put(String host, String... literals) {
    names.put(host, List.of(literals).stream().map(FakeResolver::address).toList());
  }

  /** Lets the owner of {@code host} say {@code all}. */
  public void say(String host, String... all) {
    texts.put(host, List.of(all));
  }

  @Override
  public void texts(String host, Consumer<List<String>> told) {
    asked.add(host);
    loop.execute(() -> told.accept(texts.getOrDefault(host, List.of())));
  }

  @Override
  public void resolve(String host, Handler handler) {
    List<InetAddress> found =
        host.matches("[0-9.]+|.*:.*")
            ? List.of(address(host))
            : names.getOrDefault(host, List.of());
    loop.execute(() -> {
      if (found.isEmpty()) {
        handler.onFault(new Fault(Fault.Kind.UNKNOWN_HOST, "unknown host " + host));
      } else {
        handler.onResolved(found);
      }
    });
  }

  /** The address that {@code literal} means. */
  public static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
