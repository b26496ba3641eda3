package sluice.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sluice.cli.CapturedConsole;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.choice.FileChoice;
import sluice.cli.choice.Picking;
import sluice.cli.progress.JsonReporter;
import sluice.cli.source.Given;
import sluice.engine.pick.FileSelection;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.engine.port.Fault;
import sluice.engine.session.EngineEvent.Checked;
import sluice.engine.session.EngineEvent.Completed;
import sluice.engine.session.EngineEvent.Faulted;
import sluice.engine.session.EngineEvent.Listening;
import sluice.engine.session.EngineEvent.MetadataReceived;
import sluice.engine.session.EngineEvent.NotListening;
import sluice.engine.session.EngineEvent.SharedEnough;
import sluice.engine.session.EngineEvent.TrackerAnswered;
import sluice.engine.session.EngineEvent.TrackerFailed;
import sluice.engine.torrent.TrackerAnswer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

class TransferTest {
  private static final Goal GET =
      new Goal(true, false, Optional.empty(), Optional.empty(), Optional.empty());
  private static final Goal SEED =
      new Goal(false, true, Optional.of(2.0), Optional.of(Duration.ofHours(1)), Optional.empty());
  private static final Endpoint LOCAL = new Endpoint(InetAddress.getLoopbackAddress(), 6881);
  private static final String URL = "http://t.example:80/secretpasskey/announce";

  private final Item one = Torrents.item("one", URL);
  private final Item two = Torrents.item("two");
  private final CapturedConsole captured = new CapturedConsole();
  private final FakeSession session = new FakeSession().atStart(new Listening(LOCAL));

  private ExitCode run(Goal goal, boolean mustListen, Item... items) throws InterruptedException {
    var console = captured.console();
    var reporter = new JsonReporter(console.out(), console.err(), items.length > 1);
    return new Transfer(List.of(items), goal, mustListen, reporter).run(session);
  }

  private List<String> events() {
    return captured.outLines().stream()
        .map(l -> l.replaceAll(".*\"event\":\"(\\w+)\".*", "$1"))
        .toList();
  }

  @Test
  void aDownloadEndsWhenItIsComplete() throws InterruptedException {
    session.atAdd(one, new Checked(one.id(), 0.1, 0, 3), new Completed(one.id()));
    session.show(Torrents.snapshot(one, 20_000, 0, 1));
    assertThat(run(GET, false, one)).isEqualTo(ExitCode.OK);
    assertThat(events()).containsExactly("listening", "checked", "complete", "progress");
    assertThat(captured.out()).contains("\"downloaded\":40000,\"uploaded\":0,\"total\":40000");
    assertThat(session.stops).isEqualTo(1);
  }

  @Test
  void whatIsThereAlreadyIsComplete() throws InterruptedException {
    session.atAdd(one, new Checked(one.id(), 0.1, 3, 3));
    assertThat(run(GET, false, one)).isEqualTo(ExitCode.OK);
    assertThat(events()).containsExactly("listening", "checked", "complete");
  }

  @Test
  void aSeedGoesOnUntilTheRatioIsReached() throws InterruptedException {
    session.atAdd(one, new Checked(one.id(), 0.1, 3, 3));
    session.show(Torrents.snapshot(one, 40_000, 79_999, 1));
    session.onLook((s, looks) -> {
      if (looks == 2) {
        s.tell(new SharedEnough(one.id(), ShareAction.STOP));
      }
    });
    assertThat(run(SEED, false, one)).isEqualTo(ExitCode.OK);
    assertThat(events()).startsWith("listening", "checked", "seeding", "progress");
    assertThat(events()).doesNotContain("complete");
  }

  @Test
  void aSeedTimeOfNothingEndsAtOnce() throws InterruptedException {
    session.atAdd(
        one, new Checked(one.id(), 0.1, 3, 3), new SharedEnough(one.id(), ShareAction.STOP));
    session.show(Torrents.snapshot(one, 40_000, 0, 0));
    Goal goal =
        new Goal(true, true, Optional.empty(), Optional.of(Duration.ZERO), Optional.empty());
    assertThat(run(goal, false, one)).isEqualTo(ExitCode.OK);
    assertThat(events()).startsWith("listening", "checked", "complete", "seeding");
  }

  @Test
  void theGoalIsTheRuleOfTheSession() {
    assertThat(SEED.rule())
        .isEqualTo(
            new ShareRule(
                Bound.at(2_000),
                Bound.at(TimeUnit.HOURS.toNanos(1)),
                Bound.inherit(),
                Optional.empty()));
    assertThat(GET.rule()).isEqualTo(ShareRule.INHERIT);
  }

  @Test
  void aSeedWithoutAnyRightPieceIsAnError() throws InterruptedException {
    session.atAdd(one, new Checked(one.id(), 0.1, 0, 3));
    assertThat(run(SEED, false, one)).isEqualTo(ExitCode.INVALID);
    assertThat(captured.out()).contains("\"code\":6").contains("by --dir");
  }

  @Test
  void aSeedOfSomePiecesWarnsAndSeeds() throws InterruptedException {
    session.atAdd(
        one, new Checked(one.id(), 0.1, 2, 3), new SharedEnough(one.id(), ShareAction.STOP));
    session.show(Torrents.snapshot(one, 32_768, 100_000, 0));
    assertThat(run(SEED, false, one)).isEqualTo(ExitCode.OK);
    assertThat(events()).startsWith("listening", "checked", "seeding");
    assertThat(captured.err()).contains("1 of 3 pieces are missing or wrong");
    assertThat(captured.out()).contains("\"downloaded\":32768");
  }

  @Test
  void eachFaultHasItsCodeAndSaysWhatToDo() throws InterruptedException {
    session.atAdd(one, fault(one, Fault.Kind.NO_SPACE));
    assertThat(run(GET, false, one)).isEqualTo(ExitCode.FAILED);
    assertThat(captured.err()).contains("free some space and run the same command again");
    assertThat(captured.err().lines()).hasSize(1);
  }

  @Test
  void aMissingFileIsNotFound() throws InterruptedException {
    session.atAdd(one, fault(one, Fault.Kind.MISSING));
    assertThat(run(GET, false, one)).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void someOfSeveralThatFailAreUnfinished() throws InterruptedException {
    session.atAdd(one, fault(one, Fault.Kind.NO_PERMISSION));
    session.atAdd(two, new Checked(two.id(), 0.1, 3, 3));
    assertThat(run(GET, false, one, two)).isEqualTo(ExitCode.UNFINISHED);
    assertThat(events()).containsExactly("listening", "error", "checked", "complete");
    assertThat(captured.err()).contains("choose another folder by --dir");
  }

  @Test
  void aTorrentThatCannotBeAddedFails() throws InterruptedException {
    assertThat(run(GET, false, one)).isEqualTo(ExitCode.FAILED);
    assertThat(captured.err()).contains("cannot be added: is there already");
  }

  @Test
  void aPortThatWasAskedForMustBeFree() {
    FakeSession deaf = new FakeSession();
    deaf.atStart(new NotListening(LOCAL, new Fault(Fault.Kind.ADDRESS, "address in use")));
    var console = captured.console();
    var reporter = new JsonReporter(console.out(), console.err(), false);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> new Transfer(List.of(one), GET, true, reporter).run(deaf))
        .withMessageContaining("choose another port by --port")
        .matches(p -> p.exit() == ExitCode.FAILED);
    assertThat(deaf.stops).isEqualTo(1);
  }

  @Test
  void aTrackerThatFailsIsToldOnceAndWithoutItsPasskey() throws InterruptedException {
    session.atAdd(
        one,
        new Checked(one.id(), 0.1, 0, 3),
        new TrackerFailed(one.id(), URL, "connection refused"),
        new TrackerFailed(one.id(), URL, "connection refused"),
        new TrackerAnswered(
            one.id(), new TrackerAnswer(URL, 0, OptionalInt.empty(), OptionalInt.empty(), 0)),
        new TrackerFailed(one.id(), URL, "timed out"),
        new Completed(one.id()));
    assertThat(run(GET, false, one)).isEqualTo(ExitCode.OK);
    assertThat(captured.err().lines()).hasSize(2);
    assertThat(captured.err())
        .contains("tracker http://t.example:80 cannot be used: connection refused;")
        .contains("timed out")
        .doesNotContain("passkey");
  }

  @Test
  void aStopFromOutsideEndsTheRunOnce() throws InterruptedException {
    session.atAdd(one, new Checked(one.id(), 0.1, 0, 3));
    var console = captured.console();
    var reporter = new JsonReporter(console.out(), console.err(), false);
    Transfer transfer = new Transfer(List.of(one), GET, false, reporter);
    session.onLook((s, looks) -> {
      if (looks == 0) {
        transfer.stop();
      }
    });
    assertThat(transfer.run(session)).isEqualTo(ExitCode.UNFINISHED);
    assertThat(session.stops).isEqualTo(1);
  }

  @Test
  void onlyADownloadThatCannotGoOnIsHopeless() {
    Task tracked = new Task(one);
    assertThat(tracked.isHopeless()).isFalse();
    assertThat(tracked.trackerFailed(URL)).isTrue();
    assertThat(tracked.isHopeless()).isTrue();
    tracked.trackerAnswered(URL);
    assertThat(tracked.isHopeless()).isFalse();
    assertThat(new Task(two).isHopeless()).as("waits for others").isFalse();
    Item named = new Item(two.given(), two.folder(), true, true, List.of(Torrents.PEER));
    assertThat(new Task(named).isHopeless()).as("has named peers").isTrue();
  }

  @Test
  void aMagnetGoesOnUnderTheHashesOfItsMetadata() throws InterruptedException {
    Metainfo hybrid = Torrents.hybrid("film");
    InfoHashes known = new InfoHashes(hybrid.info().hashes().v1(), Optional.empty());
    Item magnet = Torrents.magnet(known, Torrents.PEER);
    session.atAdd(magnet, new MetadataReceived(known, hybrid, FileSelection.ALL));
    session.onLook((s, looks) -> {
      if (looks == 0) {
        s.tell(new Checked(hybrid.info().hashes(), 0.1, 0, 3));
        s.tell(new Completed(hybrid.info().hashes()));
      }
    });
    assertThat(run(GET, false, magnet, two)).isEqualTo(ExitCode.UNFINISHED);
    assertThat(events()).startsWith("listening", "metadata").contains("checked", "complete");
    String hash = known.best().hex();
    assertThat(captured.out())
        .contains("{\"event\":\"metadata\",\"torrent\":\"" + hash + "\",\"name\":\"film\"")
        .contains("{\"event\":\"complete\",\"torrent\":\"" + hash);
  }

  @Test
  void progressOfAMagnetSaysThatMetadataAreFetched() throws InterruptedException {
    Item magnet = Torrents.magnet(one.id());
    session.atAdd(magnet);
    session.onLook((s, looks) -> {
      s.show(Torrents.snapshot(magnet, 0, 0, 1));
      if (looks == 1) {
        s.tell(new MetadataReceived(one.id(), metainfo(one), FileSelection.ALL));
        s.tell(new Checked(one.id(), 0.1, 3, 3));
      }
    });
    assertThat(run(GET, false, magnet)).isEqualTo(ExitCode.OK);
    assertThat(events()).startsWith("listening", "progress").contains("metadata", "complete");
    assertThat(captured.outLines().get(1)).contains("\"phase\":\"metadata\"");
    assertThat(captured.err()).contains("no tracker and no peer is known").contains("by --peer");
  }

  @Test
  void aMagnetWhoseDataWereNeverThereIsNotSeeded() throws InterruptedException {
    Item magnet = Torrents.magnet(one.id(), Torrents.PEER);
    session.atAdd(magnet, new MetadataReceived(one.id(), metainfo(one), FileSelection.ALL));
    assertThat(run(SEED, false, magnet)).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(captured.err()).contains("one does not exist; give the folder");
  }

  @Test
  void whoFindsNobodyForAMagnetIsToldSo() {
    Item magnet = Torrents.magnet(one.id(), Torrents.PEER);
    assertThat(new Task(magnet).isHopeless()).isTrue();
    assertThat(Advice.nobody(magnet, 60))
        .hasMessageContaining("nobody tells what the magnet link stands for")
        .hasMessageContaining("use the .torrent file");
  }

  private static Metainfo metainfo(Item item) {
    return ((Given.TorrentFile) item.given()).metainfo();
  }

  private static Faulted fault(Item item, Fault.Kind kind) {
    return new Faulted(item.id(), new Fault(kind, "write failed"));
  }

  private Item kept(Item item, String folder) {
    Given given = new Given.Kept(item.id(), item.name(), true);
    return new Item(given, Path.of(folder), true, true, List.of());
  }

  @Test
  void whatIsWantedWasThereFromTheStart() throws InterruptedException {
    session.atAdd(one, new Checked(one.id(), 0.1, 1, 3));
    session.show(Torrents.seeding(one, 1, 3));
    assertThat(run(GET, false, one)).isEqualTo(ExitCode.OK);
    assertThat(events()).containsExactly("listening", "checked", "complete", "progress");
  }

  @Test
  void aKeptTorrentThatWaitsForPeersIsComplete() throws InterruptedException {
    session.keeps(kept(one, "there"), true).show(Torrents.seeding(one, 3, 3));
    assertThat(run(GET, false)).isEqualTo(ExitCode.OK);
    assertThat(events()).containsExactly("listening", "complete", "progress");
    assertThat(session.resumed).isEmpty();
  }

  @Test
  void aStoppedTorrentThatIsNamedGoesOnWhereItWasBegun() throws InterruptedException {
    session.keeps(kept(one, "there"), false).keeps(kept(two, "there"), false);
    session.atAdd(one, new Checked(one.id(), 0.1, 3, 3));
    assertThat(run(GET, false, one)).isEqualTo(ExitCode.OK);
    assertThat(session.resumed).extracting(Item::id).containsExactly(one.id());
    assertThat(session.resumed).extracting(Item::folder).containsExactly(Path.of("there"));
    assertThat(captured.err()).contains("one: goes on in there, where it was begun");
  }

  @Test
  void stoppedTorrentsAloneAreNothingToDo() {
    session.keeps(kept(one, "there"), false).keeps(kept(two, "there"), false);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> run(GET, false))
        .withMessageContaining("all kept torrents (2) are stopped; name one")
        .matches(p -> p.exit() == ExitCode.NOT_FOUND);
  }

  @Test
  void aChoiceThatTheMetadataDoNotAllowFailsTheTorrent() throws InterruptedException {
    Item magnet = Torrents.magnet(one.id(), Torrents.PEER);
    Item wrong =
        new Item(
            magnet.given(),
            magnet.folder(),
            true,
            true,
            List.of(),
            Optional.empty(),
            new Picking(FileChoice.parse(List.of("2")), false, false));
    session.atAdd(wrong, new MetadataReceived(one.id(), metainfo(one), FileSelection.ALL));
    assertThat(run(GET, false, wrong)).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(captured.err()).contains("there is no file 2; it has one file: 1 one");
  }

  @Test
  void seedingEndsWhenNobodyTakesAnythingForAWhile() {
    long minute = TimeUnit.MINUTES.toNanos(1);
    Goal goal =
        new Goal(
            true, true, Optional.empty(), Optional.empty(), Optional.of(Duration.ofMinutes(10)));
    Task task = new Task(one);
    assertThat(task.isSeeded(goal, Torrents.snapshot(one, 0, 0, 1), 0)).isFalse();
    assertThat(task.isSeeded(goal, Torrents.snapshot(one, 0, 5, 1), 9 * minute)).isFalse();
    assertThat(task.isSeeded(goal, Torrents.snapshot(one, 0, 5, 1), 18 * minute)).isFalse();
    assertThat(task.isSeeded(goal, Torrents.snapshot(one, 0, 5, 1), 19 * minute))
        .as("the session is asked first")
        .isFalse();
    assertThat(task.isSeeded(goal, Torrents.snapshot(one, 0, 5, 1), 20 * minute)).isTrue();
  }
}
