package sluice.tracker.http;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import sluice.protocol.address.IpLiteral;

/** Proxies that are believed when they tell for whom they ask. Any thread. */
final class Proxies {
  private final Set<Sender> believed;
  private final String header;

  Proxies(HttpOptions options) {
    this.believed = options.proxies().stream().map(Sender::of).collect(Collectors.toSet());
    this.header = options.proxies().isEmpty() ? "" : options.forwardHeader();
  }

  /** The header in which they tell it; empty if nobody is believed. */
  String header() {
    return header;
  }

  /**
   * Who asks by a connection of {@code remote}: itself, or, if it is a proxy, for whom it asks by
   * what its header says. Of the addresses there the last one counts that is no proxy: all before
   * it are what strangers have said. Nobody if it says nothing of use.
   */
  Optional<Sender> client(Sender remote, Supplier<String> forwarded) {
    if (!believed.contains(remote)) {
      return Optional.of(remote);
    }
    String[] names = forwarded.get().split(",", -1);
    for (int i = names.length - 1; i >= 0; i--) {
      Optional<Sender> sender = IpLiteral.parse(names[i].strip()).map(Sender::of);
      if (sender.isEmpty() || !believed.contains(sender.get())) {
        return sender;
      }
    }
    return Optional.empty();
  }
}
