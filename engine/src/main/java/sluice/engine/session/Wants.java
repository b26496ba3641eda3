package sluice.engine.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.rate.PeerRate;
import sluice.engine.rate.Rank;
import sluice.engine.swarm.Source;
import sluice.engine.torrent.Announcing;
import sluice.engine.torrent.Reading;
import sluice.engine.torrent.Torrent;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.Metainfo;

/**
 * Does what users want of torrents: at once with those that run, and from their next run on with
 * others. Loop only.
 */
final class Wants {
  /** So often a read looks whether its torrent has been opened. */
  private static final long OPENING_NANOS = 20_000_000L;

  private final Loop loop;
  private final QueueKeeper queue;
  private final GivenMetadata given;
  private final int usualSlots;

  /** {@code usualSlots}: peers that a torrent may send to if it does not say so itself. */
  Wants(Loop loop, QueueKeeper queue, GivenMetadata given, int usualSlots) {
    this.usualSlots = usualSlots;
    this.loop = loop;
    this.queue = queue;
    this.given = given;
  }

  /** Gives a torrent peers that were not found but named. */
  static Outcome offer(Entry entry, List<Endpoint> peers) {
    entry.torrent().ifPresent(run -> run.offer(peers, Source.USER));
    entry.fetching().ifPresent(run -> run.offer(peers));
    if (entry.isComing()) {
      entry.standby().offer(peers, Source.USER);
    }
    return entry.standby().host().isPresent()
        ? new Outcome.Done()
        : new Outcome.Refused("the torrent does not run");
  }

  /** Does what {@code command} says to {@code entry}; {@code told} is called once. */
  void run(Entry entry, Command command, Consumer<Outcome> told) {
    Runnable done = () -> told.accept(new Outcome.Done());
    switch (command) {
      case Command.Start s -> {
        start(entry, false);
        done.run();
      }
      case Command.Force f -> {
        start(entry, true);
        done.run();
      }
      case Command.Stop s -> entry.stop(done);
      case Command.Recheck r -> {
        entry.recheck();
        done.run();
      }
      case Command.Metadata(Metainfo metainfo) -> told.accept(given.to(entry, metainfo));
      case Command.Remove r -> entry.leave(done);
      case Command.Files change -> entry.errands().add(change, told);
      case Command.Select(FileSelection files) -> {
        select(entry, files);
        done.run();
      }
      case Command.Order order -> {
        order(entry, order);
        done.run();
      }
      case Command.Reannounce r -> {
        entry.standby().announcing().ifPresent(Announcing::again);
        done.run();
      }
      case Command.Trackers(var tiers) -> told.accept(trackers(entry, tiers));
      case Command.Due due -> told.accept(due(entry, due));
      case Command.NothingDue n -> {
        entry.torrent().ifPresent(run -> run.wishes().nothingDue());
        done.run();
      }
      case Command.Limits(long down, long up) ->
          told.accept(limit(entry, spec -> spec.limits(down, up)));
      case Command.Classed(String name) ->
          told.accept(limit(entry, spec -> spec.terms(spec.terms().in(name))));
      case Command.Ranked(Rank rank) ->
          told.accept(limit(entry, spec -> spec.terms(spec.terms().rank(rank))));
      case Command.PeerRates(PeerRate each) ->
          told.accept(limit(entry, spec -> spec.terms(spec.terms().peerRate(each))));
      case Command.OnePeer(Endpoint peer, PeerRate rate) -> told.accept(limit(entry, peer, rate));
      case Command.MaxPeers(int most) -> {
        maxPeers(entry, most);
        done.run();
      }
      case Command.UploadSlots(int slots) -> {
        uploadSlots(entry, slots);
        done.run();
      }
      case Command.SuperSeed(boolean on) -> {
        superSeed(entry, on);
        done.run();
      }
    }
  }

  private void start(Entry entry, boolean forced) {
    queue.force(entry, forced);
    entry.start();
  }

  private static void maxPeers(Entry entry, int most) {
    entry.adjust(spec -> spec.terms(spec.terms().maxPeers(most)));
    entry.torrent().ifPresent(run -> run.maxPeers(entry.spec().terms().mostPeers()));
  }

  private void uploadSlots(Entry entry, int slots) {
    entry.adjust(spec -> spec.terms(spec.terms().uploadSlots(slots)));
    entry
        .torrent()
        .ifPresent(run -> run.wishes().uploadSlots(entry.spec().terms().slots(usualSlots)));
  }

  private static void superSeed(Entry entry, boolean on) {
    picking(entry, p -> new PickOptions(p.files(), p.sequential(), p.ends(), on));
    entry.torrent().ifPresent(run -> run.wishes().superSeed(on));
  }

  /** Reads bytes as soon as their piece is there, unless {@code told} is over before. */
  void read(
      Entry entry,
      Storage.Slice slice,
      Consumer<ByteBuffer> bytes,
      CompletableFuture<Outcome> told) {
    if (told.isDone()) {
      return;
    }
    if (entry.isComing()) {
      entry.standby().wake();
      loop.after(OPENING_NANOS, () -> read(entry, slice, bytes, told));
      return;
    }
    if (entry.torrent().isEmpty()) {
      told.complete(new Outcome.Refused("the torrent does not run"));
      return;
    }
    Reading.Wish wish =
        new Reading.Wish(
            slice,
            told::isDone,
            bytes,
            fault ->
                told.complete(
                    fault.<Outcome>map(Outcome.Failed::new).orElseGet(Outcome.Done::new)));
    if (!entry.torrent().get().wishes().reading().add(wish)) {
      told.complete(new Outcome.Refused("there are no such bytes, or too many reads wait"));
    }
  }

  private static void picking(Entry entry, UnaryOperator<PickOptions> change) {
    entry.adjust(spec -> spec.picking(change.apply(spec.picking())));
  }

  private static void select(Entry entry, FileSelection files) {
    picking(entry, p -> new PickOptions(files, p.sequential(), p.ends(), p.superSeeding()));
    entry.torrent().ifPresent(run -> run.wishes().select(files));
  }

  private static void order(Entry entry, Command.Order order) {
    picking(
        entry, p -> new PickOptions(p.files(), order.sequential(), order.ends(), p.superSeeding()));
    entry
        .torrent()
        .map(Torrent::wishes)
        .ifPresent(wishes -> {
          wishes.sequential(order.sequential());
          wishes.ends(order.ends());
        });
  }

  private Outcome due(Entry entry, Command.Due due) {
    if (entry.torrent().isEmpty()) {
      return new Outcome.Refused("the torrent does not run");
    }
    long at = loop.now() + due.within().toNanos();
    return entry.torrent().get().wishes().due(due.piece(), at)
        ? new Outcome.Done()
        : new Outcome.Refused("there is no such piece, or too many are due");
  }

  private static Outcome trackers(Entry entry, List<List<String>> tiers) {
    if (entry.fetching().isPresent()) {
      return new Outcome.Refused("the trackers of a magnet are those of its link");
    }
    if (entry.spec().trackers()) {
      entry
          .standby()
          .announcing()
          .ifPresent(announcing -> announcing.trackers(entry.hashes().wire(), tiers));
    }
    return new Outcome.Done();
  }

  /** Changes how fast {@code entry} is, if it runs at once. */
  private Outcome limit(Entry entry, UnaryOperator<TorrentSpec> change) {
    entry.adjust(change);
    entry
        .torrent()
        .map(Torrent::bandwidth)
        .ifPresent(b -> b.limits(entry.spec().limits(), loop.now()));
    return new Outcome.Done();
  }

  private static Outcome limit(Entry entry, Endpoint peer, PeerRate rate) {
    if (entry.torrent().isEmpty()) {
      return new Outcome.Refused("the torrent does not run");
    }
    entry.torrent().get().bandwidth().limitPeer(peer, rate);
    return new Outcome.Done();
  }
}
