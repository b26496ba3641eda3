package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.pick.FileSelection;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.address.HostPort;

/** A file is read while it downloads. */
class FileStreamTest {
  private static final long SEED = 29;
  private static final int SIZE = 6_000_000;

  /** Places of the files in the torrent: a pad is between them. */
  private static final int MOVIE = 0;

  private static final int TEXT = 2;

  @TempDir private Path temp;
  private final byte[] movie = new byte[SIZE];
  private TestTorrent torrent;

  private static EngineConfig engine() {
    return EngineConfig.loopback();
  }

  @BeforeEach
  void make() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("source/set"));
    new Random(SEED).nextBytes(movie);
    Files.write(folder.resolve("movie.mkv"), movie);
    Files.writeString(folder.resolve("readme.txt"), "read me");
    torrent = TestTorrent.of(folder.getParent(), "set");
  }

  /** A seed that gives {@code up} bytes per second; 0 for no limit. */
  private Client seed(long up) throws Exception {
    Client seed = Client.open(ClientConfig.of(engine().limits(0, up)));
    seed.add(torrent.bytes(), AddOptions.into(torrent.folder()).withoutTrackers())
        .awaitCompletion();
    return seed;
  }

  private AddOptions from(Client seed) {
    return AddOptions.into(temp.resolve("copy"))
        .withoutTrackers()
        .peers(List.of(new HostPort("127.0.0.1", seed.port())));
  }

  @Test
  void theWholeFileIsReadWhileItDownloads() throws Exception {
    try (Client seed = seed(0);
        Client leech = Client.open(ClientConfig.of(engine()));
        FileStream stream = leech.add(torrent.bytes(), from(seed)).stream(MOVIE)) {
      assertThat(stream.length()).isEqualTo(SIZE);
      assertThat(stream.readAllBytes()).isEqualTo(movie);
      assertThat(stream.read()).isEqualTo(-1);
      assertThat(stream.position()).isEqualTo(SIZE);
    }
  }

  /** At this rate the whole takes half a minute; what is asked for comes long before. */
  @Test
  void whatIsReadIsFetchedBeforeAllElse() throws Exception {
    try (Client seed = seed(200_000);
        Client leech = Client.open(ClientConfig.of(engine()))) {
      TorrentHandle handle = leech.add(torrent.bytes(), from(seed));
      try (FileStream stream = handle.stream(MOVIE)) {
        for (int place : new int[] {SIZE - 5, 2_500_000, 0, SIZE / 2}) {
          stream.seek(place);
          int count = Math.min(1_000, SIZE - place);
          assertThat(stream.readNBytes(count))
              .as("from " + place)
              .isEqualTo(Arrays.copyOfRange(movie, place, place + count));
        }
        assertThat(stream.skip(100_000)).isEqualTo(100_000);
        assertThat(stream.read()).isEqualTo(movie[SIZE / 2 + 101_000] & 0xff);
        TorrentSnapshot snapshot = handle.snapshot().orElseThrow();
        assertThat(snapshot.haveBytes()).isLessThan(SIZE / 2);
      }
    }
  }

  @Test
  void aFileThatWasNotWantedIsReadAllTheSame() throws Exception {
    try (Client seed = seed(0);
        Client leech = Client.open(ClientConfig.of(engine()))) {
      AddOptions options =
          from(seed).choosing(info -> FileSelection.only(List.of(TEXT), info.files().size()));
      TorrentHandle handle = leech.add(torrent.bytes(), options);
      handle.awaitCompletion();
      try (FileStream stream = handle.stream(MOVIE)) {
        assertThat(stream.readNBytes(1_000)).isEqualTo(Arrays.copyOf(movie, 1_000));
      }
      try (FileStream stream = handle.stream(TEXT)) {
        assertThat(new String(stream.readAllBytes(), StandardCharsets.US_ASCII))
            .isEqualTo("read me");
      }
    }
  }

  @Test
  void aReadThatWaitsEndsWithItsStreamAndWithItsTorrent() throws Exception {
    try (Client alone = Client.open(ClientConfig.of(engine()))) {
      TorrentHandle handle =
          alone.add(torrent.bytes(), AddOptions.into(temp.resolve("copy")).withoutTrackers());
      FileStream closed = handle.stream(MOVIE);
      CompletableFuture<Integer> first = reading(closed);
      closed.close();
      assertThatThrownBy(first::join)
          .hasCauseInstanceOf(IOException.class)
          .hasMessageContaining("closed");
      assertThatThrownBy(closed::read).isInstanceOf(IOException.class);

      FileStream stopped = handle.stream(MOVIE);
      CompletableFuture<Integer> second = reading(stopped);
      handle.stop().toCompletableFuture().join();
      assertThatThrownBy(second::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IOException.class);
      assertThatThrownBy(stopped::read).hasMessageContaining("does not run");
      stopped.close();

      assertThatThrownBy(() -> handle.stream(1)).hasMessageContaining("no file 1 with data");
      assertThatThrownBy(() -> handle.stream(9)).isInstanceOf(ClientException.class);
    }
  }

  /** A complete torrent that is kept has nothing open until somebody wants it. */
  @Test
  void aKeptTorrentIsOpenedForItsReader() throws Exception {
    Path state = temp.resolve("state");
    try (Client client = Client.open(ClientConfig.of(engine()).keep(state))) {
      client
          .add(torrent.bytes(), AddOptions.into(torrent.folder()).withoutTrackers())
          .awaitCompletion();
    }
    try (Client client = Client.open(ClientConfig.of(engine()).keep(state));
        FileStream stream = client.torrents().getFirst().stream(MOVIE)) {
      stream.seek(SIZE - 10);
      assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(movie, SIZE - 10, SIZE));
    }
  }

  @Test
  void anInterruptEndsARead() throws Exception {
    try (Client alone = Client.open(ClientConfig.of(engine()))) {
      TorrentHandle handle =
          alone.add(torrent.bytes(), AddOptions.into(temp.resolve("copy")).withoutTrackers());
      try (FileStream stream = handle.stream(MOVIE)) {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        Thread reader =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    failed.completeExceptionally(new AssertionError("read " + stream.read()));
                  } catch (IOException e) {
                    failed.complete(e);
                  }
                });
        reader.interrupt();
        reader.join(Duration.ofSeconds(30));
        assertThat(failed).isCompletedWithValueMatching(InterruptedIOException.class::isInstance);
      }
    }
  }

  /** A read in a thread of its own, which has begun. */
  private static CompletableFuture<Integer> reading(FileStream stream) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(
            () -> {
              begun.countDown();
              try {
                return stream.read();
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            },
            Thread.ofVirtual()::start);
    begun.await();
    return read;
  }
}
