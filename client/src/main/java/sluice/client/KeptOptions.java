package sluice.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.engine.pick.Priority;
import sluice.engine.rate.PeerRate;
import sluice.engine.session.Terms;
import sluice.protocol.address.HostPort;
import sluice.state.record.FilePriorities;
import sluice.state.record.Limits;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentOptions;
import sluice.state.record.Wanted;
import sluice.state.record.Ways;

/** How torrents are added, as records of the store, and back. */
final class KeptOptions {
  private static final List<Priority> LEVELS =
      List.of(Priority.SKIP, Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.FIRST);

  /** Place of the ordinary priority among the levels: its record is zero. */
  private static final int ORDINARY = 2;

  private KeptOptions() {}

  /** How the torrent was added that is recorded as {@code torrent}, with all that changed since. */
  static AddOptions of(Torrent torrent, FilePriorities priorities) {
    TorrentOptions kept = torrent.options();
    Ways ways = kept.ways();
    return new AddOptions(
        Path.of(torrent.savePath()),
        torrent.wanted() != Wanted.STOPPED,
        ways.download(),
        ways.trackers(),
        ways.peers().stream().flatMap(KeptOptions::peer).toList(),
        ways.webSeeds() ? Optional.of(ways.moreWebSeeds()) : Optional.empty(),
        kept.limits().downloadBytesPerSecond(),
        kept.limits().uploadBytesPerSecond(),
        new PickOptions(
            selection(priorities),
            kept.sequential(),
            kept.firstAndLastFirst(),
            kept.superSeeding()),
        KeptTerms.of(torrent),
        Optional.empty(),
        kept.fullAllocation());
  }

  /** The record of a torrent that is added like this; what is too long for one is left out. */
  static TorrentOptions record(AddOptions options) {
    PickOptions picking = options.picking();
    Ways ways =
        new Ways(
            options.download(),
            options.trackers(),
            options.webSeeds().isPresent(),
            some(options.webSeeds().orElse(List.of()), Ways.MAX_WEB_SEEDS, Ways.MAX_URL_CHARS),
            some(
                options.peers().stream().map(HostPort::toString).toList(),
                Ways.MAX_PEERS,
                Ways.MAX_PEER_CHARS));
    Terms terms = options.terms();
    PeerRate each = terms.peerRate();
    return TorrentOptions.DEFAULT
        .withLimits(
            Limits.INHERITED
                .rates(options.upBytesPerSecond(), options.downBytesPerSecond())
                .maxPeers(terms.maxPeers())
                .peerRates(each.up(), each.down())
                .uploadSlots(terms.uploadSlots()))
        .withOrder(picking.sequential(), picking.ends(), picking.superSeeding())
        .withShareLimits(KeptTerms.record(terms.share()))
        .withLabels("", List.of(), terms.bandwidthClass())
        .withPriority(terms.rank().number())
        .withFullAllocation(options.fullAllocation())
        .withWays(ways);
  }

  static FilePriorities priorities(FileSelection selection) {
    byte[] values = new byte[Math.min(selection.files().size(), FilePriorities.MAX_FILES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (LEVELS.indexOf(selection.of(i)) - ORDINARY);
    }
    return FilePriorities.of(values);
  }

  private static FileSelection selection(FilePriorities priorities) {
    Priority[] files = new Priority[priorities.count()];
    for (int i = 0; i < files.length; i++) {
      files[i] = LEVELS.get(Math.clamp(priorities.get(i) + ORDINARY, 0, LEVELS.size() - 1));
    }
    return new FileSelection(List.of(files));
  }

  private static List<String> some(List<String> all, int most, int longest) {
    return all.stream().filter(text -> text.length() <= longest).limit(most).toList();
  }

  /** The peer that {@code text} names, if it does. */
  private static Stream<HostPort> peer(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon));
    boolean literal = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      return host.isEmpty()
          ? Stream.empty()
          : Stream.of(new HostPort(literal ? host.substring(1, host.length() - 1) : host, port));
    } catch (IllegalArgumentException notAPeer) {
      return Stream.empty();
    }
  }
}
