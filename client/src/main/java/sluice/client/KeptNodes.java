package sluice.client;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sluice.engine.dht.Dht;
import sluice.engine.port.Loop;
import sluice.engine.session.Engine;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.address.IpText;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;

/**
 * Nodes of the DHT from one run to the next: a setting of the state folder with a line for each,
 * written every ten minutes and at the end. Any thread.
 */
final class KeptNodes {
  static final String KEY = "dht-nodes";

  private static final long SAVE_NANOS = 600_000_000_000L;
  private static final int ID_DIGITS = 2 * NodeId.BYTES;

  private static final int MAX_PORT = 65_535;

  private final Engine engine;
  private final Torrents torrents;
  private final Loop loop;

  KeptNodes(Engine engine, Torrents torrents, Loop loop) {
    this.engine = engine;
    this.torrents = torrents;
    this.loop = loop;
  }

  /** Gives the engine the nodes that were written down, and writes them down from here on. */
  void restore() {
    List<NodeInfo> known = read(torrents.settings().getOrDefault(KEY, ""));
    engine.dht(dht -> {
      if (dht.isOn()) {
        dht.restore(known);
        loop.after(SAVE_NANOS, () -> saveAgain(dht));
      }
    });
  }

  private void saveAgain(Dht dht) {
    write(dht);
    loop.after(SAVE_NANOS, () -> saveAgain(dht));
  }

  /** Writes down the nodes that are known; done when that is safe. */
  CompletionStage<?> save() {
    CompletableFuture<CompletionStage<?>> saved = new CompletableFuture<>();
    engine.dht(dht -> saved.complete(write(dht)));
    return saved.thenCompose(stage -> stage);
  }

  private CompletionStage<?> write(Dht dht) {
    List<NodeInfo> nodes = dht.contacts(Dht.MAX_SAVED);
    return nodes.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : torrents.set(KEY, text(nodes));
  }

  static String text(List<NodeInfo> nodes) {
    StringBuilder lines = new StringBuilder();
    for (NodeInfo node : nodes) {
      Endpoint at = node.endpoint();
      lines
          .append(node.id())
          .append(' ')
          .append(IpText.of(at.address()))
          .append(' ')
          .append(at.port())
          .append('\n');
    }
    return lines.toString();
  }

  /** The nodes in {@code text}; lines that are none are skipped. */
  static List<NodeInfo> read(String text) {
    List<NodeInfo> nodes = new ArrayList<>();
    text.lines().limit(Dht.MAX_SAVED).forEach(line -> node(line).ifPresent(nodes::add));
    return nodes;
  }

  private static Optional<NodeInfo> node(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3
        || !parts[0].matches("[0-9a-f]{" + ID_DIGITS + "}")
        || !parts[2].matches("[1-9][0-9]{0,4}")
        || Integer.parseInt(parts[2]) > MAX_PORT) {
      return Optional.empty();
    }
    NodeId id = NodeId.of(HexFormat.of().parseHex(parts[0]));
    int port = Integer.parseInt(parts[2]);
    return IpLiteral.parse(parts[1]).map(address -> new NodeInfo(id, new Endpoint(address, port)));
  }
}
