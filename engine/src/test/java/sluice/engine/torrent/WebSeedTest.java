package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeDownload;
import sluice.engine.pick.PickOptions;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Reach;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.metainfo.MetainfoBuilder;

/** A torrent and one web seed, whose part the test plays. */
class WebSeedTest {
  private static final String URL = "http://user:secret@web.test/dir/";
  private final Content content = Content.of(6, 2, MetainfoBuilder.Version.V1);
  private final TorrentWorld world = new TorrentWorld(content, 64);
  private final byte[] file = file();
  private int answered;

  private byte[] file() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 6; i++) {
      all.writeBytes(content.slice(i, 0, content.layout().pieceLength()));
    }
    return all.toByteArray();
  }

  private void start() {
    world.start(
        content.metainfo(),
        new TorrentOptions(
            true,
            false,
            List.of(),
            TorrentLimits.of(0, 0),
            50,
            8,
            Optional.of(List.of(URL, "nonsense")),
            false,
            PickOptions.DEFAULT));
    world.pump();
  }

  private FakeDownload next() {
    return world.http.downloads.get(answered++);
  }

  @Test
  void fetchesTheFileInOneRange() {
    start();
    FakeDownload only = next();
    assertThat(only.range().uri()).isEqualTo(URI.create(URL + "content"));
    assertThat(only.range().from()).isZero();
    assertThat(only.range().to()).isEqualTo(file.length);
    only.send(file);
    world.run(1);
    assertThat(world.told).contains("completed");
    assertThat(world.torrent().counters().wasted()).isZero();
    assertThat(world.isClean()).isTrue();
  }

  @Test
  void falseDataEndTheWebSeedAndItsUserInfoIsNotShown() {
    start();
    byte[] wrong = file.clone();
    wrong[20_000] ^= 1;
    next().send(wrong);
    world.run(1);
    assertThat(world.told).contains("web seed http://web.test/dir/ sent false data, dropped");
    assertThat(world.torrent().picker().have().count()).isEqualTo(5);
    world.run(30);
    assertThat(world.http.downloads).hasSize(1);
    world.run(5, world.seed(1));
    assertThat(world.told).contains("completed");
  }

  @Test
  void aWrongLengthIsToldAndNothingIsTaken() {
    start();
    next().answer(new Http.Answer.Part(0, file.length, OptionalLong.of(file.length + 1)));
    world.run(30);
    assertThat(world.told).anyMatch(t -> t.contains("bytes there, not " + file.length));
    assertThat(world.http.downloads).hasSize(1).allMatch(FakeDownload::isClosed);
    assertThat(world.torrent().counters().downloaded()).isZero();
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    start();
    next()
        .answer(
            new Http.Answer.Refused(503, OptionalLong.empty(), OptionalLong.of(60_000_000_000L)));
    world.run(55);
    assertThat(world.http.downloads).hasSize(1);
    world.run(10);
    next().send(file);
    world.run(1);
    assertThat(world.told).contains("completed");
  }

  @Test
  void followsRedirectsButNoCircles() {
    start();
    for (int i = 0; i < 5; i++) {
      next().answer(new Http.Answer.Moved(URI.create("http://other.test/" + i), i == 0));
    }
    FakeDownload last = world.http.downloads.getLast();
    assertThat(last.range().uri()).isEqualTo(URI.create("http://other.test/4"));
    assertThat(last.range().reach()).isEqualTo(Reach.PUBLIC);
    last.answer(new Http.Answer.Moved(URI.create("http://other.test/9"), false));
    world.run(30);
    assertThat(world.told).anyMatch(t -> t.contains("redirects"));
    assertThat(world.http.downloads).hasSize(6);
  }

  @Test
  void goesOnAfterABrokenConnection() {
    start();
    FakeDownload first = next();
    first.answer(new Http.Answer.Part(0, file.length, OptionalLong.of(file.length)));
    java.nio.ByteBuffer some = java.nio.ByteBuffer.wrap(file, 0, 50_000);
    first.receive(some);
    first.fail(new Fault(Fault.Kind.CLOSED, "gone"));
    for (int i = 0; i < 60 && !world.told.contains("completed"); i++) {
      world.run(1);
      while (answered < world.http.downloads.size()) {
        next().send(file);
      }
    }
    assertThat(world.told).contains("completed");
    assertThat(world.isClean()).isTrue();
  }

  @Test
  void aSilentServerIsGivenUpAndPeersTakeOver() {
    start();
    next();
    world.run(30, world.seed(1));
    assertThat(world.told).contains("completed");
    assertThat(world.http.downloads).allMatch(FakeDownload::isClosed);
    assertThat(world.isClean()).isTrue();
  }

  @Test
  void stopsWithTheTorrent() {
    start();
    world.torrent().stop(() -> {});
    world.run(1);
    assertThat(next().isClosed()).isTrue();
    assertThat(world.isClean()).isTrue();
  }
}
