package sluice.cli.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.metainfo.InfoHashes;

/** A session whose events and snapshots are written down by the test. */
final class FakeSession implements Session, Session.Factory {
  private final List<EngineEvent> atStart = new ArrayList<>();
  private final Map<InfoHashes, List<EngineEvent>> atAdd = new LinkedHashMap<>();
  private final List<Kept> kept = new ArrayList<>();
  final List<Item> resumed = new ArrayList<>();
  private final List<TorrentSnapshot> snapshots = new ArrayList<>();
  private Consumer<EngineEvent> events = event -> {};
  private BiConsumer<FakeSession, Integer> onLook = (session, looks) -> {};
  private int looks;
  int stops;

  FakeSession atStart(EngineEvent... told) {
    atStart.addAll(List.of(told));
    return this;
  }

  FakeSession keeps(Item item, boolean runs) {
    kept.add(new Kept(item, runs));
    return this;
  }

  FakeSession atAdd(Item item, EngineEvent... told) {
    atAdd.put(item.id(), List.of(told));
    return this;
  }

  /** Runs at each look at the snapshots, with the number of looks before it. */
  FakeSession onLook(BiConsumer<FakeSession, Integer> action) {
    onLook = action;
    return this;
  }

  void tell(EngineEvent event) {
    events.accept(event);
  }

  void show(TorrentSnapshot... all) {
    snapshots.clear();
    snapshots.addAll(List.of(all));
  }

  @Override
  public Session open(Consumer<EngineEvent> receiver) {
    events = receiver;
    return this;
  }

  @Override
  public CompletionStage<Void> start() {
    atStart.forEach(events);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public List<Kept> kept() {
    return kept;
  }

  @Override
  public CompletionStage<?> resume(InfoHashes torrent, Item item) {
    resumed.add(item);
    atAdd.getOrDefault(torrent, List.of()).forEach(events);
    return CompletableFuture.completedFuture(torrent);
  }

  @Override
  public CompletionStage<?> add(Item item) {
    List<EngineEvent> told = atAdd.get(item.id());
    if (told == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("is there already"));
    }
    told.forEach(events);
    return CompletableFuture.completedFuture(item.id());
  }

  @Override
  public List<TorrentSnapshot> snapshot() {
    onLook.accept(this, looks++);
    return List.copyOf(snapshots);
  }

  @Override
  public CompletionStage<Void> stop() {
    stops++;
    return CompletableFuture.completedFuture(null);
  }
}
