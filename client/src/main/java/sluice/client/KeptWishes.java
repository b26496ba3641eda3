package sluice.client;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import sluice.engine.pick.FileSelection;
import sluice.engine.rate.PeerRate;
import sluice.engine.rate.Rank;
import sluice.engine.session.Command;
import sluice.protocol.metainfo.InfoHashes;
import sluice.state.StateStore;
import sluice.state.record.Wanted;

/** Writes down what users want of torrents. Any thread. */
record KeptWishes(StateStore store, KeptMetadata metadata, Map<InfoHashes, Long> numbers) {
  /** Writes down {@code command}, before it is done. */
  CompletionStage<?> record(InfoHashes torrent, Command command) {
    Long number = numbers.get(torrent);
    if (number == null) {
      return completedFuture(Optional.empty());
    }
    return switch (command) {
      case Command.Start s -> store.changeTorrent(number, t -> t.withWanted(Wanted.STARTED));
      case Command.Force f -> store.changeTorrent(number, t -> t.withWanted(Wanted.FORCED));
      case Command.Stop s -> store.changeTorrent(number, t -> t.withWanted(Wanted.STOPPED));
      case Command.Recheck r -> completedFuture(Optional.empty());
      // They are recorded once they are used.
      case Command.Metadata m -> completedFuture(Optional.empty());
      case Command.Select(FileSelection files) ->
          store.setPriorities(number, KeptOptions.priorities(files));
      case Command.Order(boolean sequential, boolean ends) ->
          store.changeOptions(number, o -> o.withOrder(sequential, ends, o.superSeeding()));
      case Command.Reannounce r -> completedFuture(Optional.empty());
      case Command.Trackers(var tiers) -> metadata.trackers(number, tiers);
      case Command.Due d -> completedFuture(Optional.empty());
      case Command.NothingDue n -> completedFuture(Optional.empty());
      case Command.Limits(long down, long up) ->
          store.changeOptions(number, o -> o.withLimits(o.limits().rates(up, down)));
      case Command.MaxPeers(int most) ->
          store.changeOptions(number, o -> o.withLimits(o.limits().maxPeers(most)));
      case Command.UploadSlots(int slots) ->
          store.changeOptions(number, o -> o.withLimits(o.limits().uploadSlots(slots)));
      case Command.PeerRates(PeerRate each) ->
          store.changeOptions(
              number, o -> o.withLimits(o.limits().peerRates(each.up(), each.down())));
      case Command.Classed(String name) ->
          store.changeOptions(number, o -> o.withLabels(o.category(), o.tags(), name));
      case Command.Ranked(Rank rank) ->
          store.changeOptions(number, o -> o.withPriority(rank.number()));
      case Command.OnePeer o -> completedFuture(Optional.empty());
      case Command.SuperSeed(boolean on) ->
          store.changeOptions(number, o -> o.withOrder(o.sequential(), o.firstAndLastFirst(), on));
      // These are recorded by the keeper, step by step.
      case Command.Files f -> completedFuture(Optional.empty());
      case Command.Remove r -> {
        numbers.remove(torrent);
        yield store.remove(number);
      }
    };
  }
}
