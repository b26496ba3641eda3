package sluice.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.pick.FileChoice;
import sluice.engine.pick.PickOptions;
import sluice.engine.session.Terms;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.Info;
import sluice.storage.file.Place;

/**
 * How a torrent is added.
 *
 * @param folder holds or will hold its data
 * @param running false: only registered until it is started
 * @param download false: only the data that are there are given to others
 * @param trackers false: announce nowhere
 * @param peers to be connected at once
 * @param webSeeds URLs beside those of the torrent; empty: no web seed is used at all
 * @param downBytesPerSecond receive limit of the torrent; 0 for none
 * @param upBytesPerSecond send limit of the torrent; 0 for none
 * @param picking what is wanted and in which order
 * @param terms its place in the queue and when it has shared enough
 * @param choice of files, made when they are known, instead of that in {@code picking}
 * @param fullAllocation files get their whole room before they are written
 */
public record AddOptions(
    Path folder,
    boolean running,
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    Optional<List<String>> webSeeds,
    long downBytesPerSecond,
    long upBytesPerSecond,
    PickOptions picking,
    Terms terms,
    Optional<FileChoice> choice,
    boolean fullAllocation) {

  public AddOptions {
    folder = folder.toAbsolutePath().normalize();
    peers = List.copyOf(peers);
    webSeeds = webSeeds.map(List::copyOf);
  }

  /** Download into {@code folder} at once, then seed. */
  public static AddOptions into(Path folder) {
    return new AddOptions(
        folder,
        true,
        true,
        true,
        List.of(),
        Optional.of(List.of()),
        0,
        0,
        PickOptions.DEFAULT,
        Terms.DEFAULT,
        Optional.empty(),
        false);
  }

  /** The same with peers to be connected at once. */
  public AddOptions peers(List<HostPort> named) {
    return with(draft -> draft.peers = named);
  }

  /** The same without announces. */
  public AddOptions withoutTrackers() {
    return with(draft -> draft.trackers = false);
  }

  /** The same, registered only. */
  public AddOptions stopped() {
    return with(draft -> draft.running = false);
  }

  /** The same, giving only what is there. */
  public AddOptions withoutDownload() {
    return with(draft -> draft.download = false);
  }

  /** The same with web seeds beside those of the torrent; empty: not even those are used. */
  public AddOptions webSeeds(Optional<List<String>> urls) {
    return with(draft -> draft.webSeeds = urls);
  }

  /** The same with limits in bytes per second; 0 for none. */
  public AddOptions limits(long down, long up) {
    return with(draft -> {
      draft.downBytesPerSecond = down;
      draft.upBytesPerSecond = up;
    });
  }

  /** The same with other wishes. */
  public AddOptions picking(PickOptions options) {
    return with(draft -> draft.picking = options);
  }

  /** The same on other terms. */
  public AddOptions terms(Terms other) {
    return with(draft -> draft.terms = other);
  }

  /** The same with a choice of files that is made when the files are known. */
  public AddOptions choosing(FileChoice files) {
    return with(draft -> draft.choice = Optional.of(files));
  }

  /** The same with files that get their whole room before they are written. */
  public AddOptions allocated() {
    return with(draft -> draft.fullAllocation = true);
  }

  /** The same for a torrent that is known. */
  AddOptions of(Info info) {
    return choice
        .map(c ->
            new PickOptions(
                c.of(info), picking.sequential(), picking.ends(), picking.superSeeding()))
        .map(this::picking)
        .orElse(this);
  }

  /** Where the files are. */
  Place place() {
    Place sparse = Place.of(folder);
    return fullAllocation ? sparse.allocation(Place.Allocation.FULL) : sparse;
  }

  private AddOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** A copy that is being changed. */
  private static final class Draft {
    private final Path folder;
    private boolean running;
    private boolean download;
    private boolean trackers;
    private List<HostPort> peers;
    private Optional<List<String>> webSeeds;
    private long downBytesPerSecond;
    private long upBytesPerSecond;
    private PickOptions picking;
    private Terms terms;
    private Optional<FileChoice> choice;
    private boolean fullAllocation;

    Draft(AddOptions from) {
      folder = from.folder;
      running = from.running;
      download = from.download;
      trackers = from.trackers;
      peers = from.peers;
      webSeeds = from.webSeeds;
      downBytesPerSecond = from.downBytesPerSecond;
      upBytesPerSecond = from.upBytesPerSecond;
      picking = from.picking;
      terms = from.terms;
      choice = from.choice;
      fullAllocation = from.fullAllocation;
    }

    AddOptions options() {
      return new AddOptions(
          folder,
          running,
          download,
          trackers,
          peers,
          webSeeds,
          downBytesPerSecond,
          upBytesPerSecond,
          picking,
          terms,
          choice,
          fullAllocation);
    }
  }
}
