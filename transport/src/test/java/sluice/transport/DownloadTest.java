package sluice.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;

/** Ranges over connections that are kept, at the pace of their receivers. */
class DownloadTest {
  private static final int FILE_BYTES = 64 << 20;

  /** More than what the system keeps of a connection that nobody reads. */
  private static final int UNREAD_BYTES = 48 << 20;

  private Bed bed;

  @BeforeEach
  void open() {
    bed = new Bed(TransportConfig.defaults());
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void usesConnectionAgain() {
    try (ScriptedServer server = new ScriptedServer(part("", true))) {
      for (int i = 0; i < 5; i++) {
        assertThat(ask(server).outcome()).isEqualTo("end");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void usesConnectionAgainAfterShortRefusal() {
    try (ScriptedServer server = new ScriptedServer(refusal(1_000))) {
      for (int i = 0; i < 5; i++) {
        assertThat(ask(server).outcome()).isEqualTo("503");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void leavesConnectionWithLongRefusal() {
    try (ScriptedServer server = new ScriptedServer(refusal(10 << 20))) {
      ask(server).outcome();
      assertThat(ask(server).outcome()).isEqualTo("503");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection: close\r\n", "Connection: Close, x\r\n"})
  void opensAnotherWhenServerCloses(String header) {
    try (ScriptedServer server = new ScriptedServer(part(header, true))) {
      assertThat(ask(server).outcome()).isEqualTo("end");
      assertThat(ask(server).outcome()).isEqualTo("end");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void opensAnotherWhenServerHasClosedUnannounced() {
    try (ScriptedServer server = new ScriptedServer(part("", false))) {
      for (int i = 1; i <= 5; i++) {
        assertThat(ask(server).outcome()).isEqualTo("end");
        assertThat(server.connections()).isEqualTo(i);
      }
    }
  }

  @Test
  void asksAgainWhenKeptConnectionEndsWithoutAnswer() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedServer.Script script =
        (request, out) -> asked.incrementAndGet() != 2 && part("", true).answer(request, out);
    try (ScriptedServer server = new ScriptedServer(script)) {
      assertThat(ask(server).outcome()).isEqualTo("end");
      assertThat(ask(server).outcome()).isEqualTo("end");
      assertThat(asked).hasValue(3);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void doesNotAskTwiceOnOwnConnection() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedServer.Script script =
        (_, _) -> {
          asked.incrementAndGet();
          return false;
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      assertThat(ask(server).outcome()).isEqualTo("CLOSED");
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void closedDownloadTellsNothing() {
    try (ScriptedServer server = new ScriptedServer(part("", true))) {
      Taker taker = new Taker(Integer.MAX_VALUE);
      bed.run(() -> {
        start(server, taker, 0, FILE_BYTES);
        taker.download.close();
        taker.download.close();
      });
      assertThat(ask(server).outcome()).isEqualTo("end");
      assertThat(taker.told).isFalse();
    }
  }

  @Test
  void bytesThatWereLeftComeAgain() {
    int length = 300_000;
    try (ScriptedServer server = new ScriptedServer(part("", true))) {
      Taker taker = new Taker(1_000);
      bed.run(() -> start(server, taker, 77, 77 + length));
      assertThat(taker.outcome()).isEqualTo("end");
      byte[] wanted = new byte[length];
      for (int i = 0; i < length; i++) {
        wanted[i] = at(77L + i);
      }
      assertThat(Arrays.equals(Arrays.copyOf(taker.bytes, length), wanted)).isTrue();
    }
  }

  @Test
  void unreadBytesWaitWithServer() {
    AtomicLong sent = new AtomicLong();
    ScriptedServer.Script script =
        (request, out) -> {
          boolean counts = request.contains("bytes=0-" + (FILE_BYTES - 1));
          return part("", true, counts ? sent : new AtomicLong()).answer(request, out);
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Taker slow = new Taker(0);
      bed.run(() -> start(server, slow, 0, FILE_BYTES));
      Taker quick = new Taker(Integer.MAX_VALUE);
      bed.run(() -> start(server, quick, 1, FILE_BYTES));
      assertThat(quick.outcome()).isEqualTo("end");
      assertThat(sent.get()).as("while nobody reads").isLessThan(UNREAD_BYTES);
      bed.run(() -> {
        slow.mostAtATime = Integer.MAX_VALUE;
        slow.download.reading(true);
      });
      assertThat(slow.outcome()).isEqualTo("end");
      assertThat(sent.get()).isEqualTo(FILE_BYTES);
    }
  }

  private Taker ask(ScriptedServer server) {
    Taker taker = new Taker(Integer.MAX_VALUE);
    bed.run(() -> start(server, taker, 100, 200));
    taker.outcome();
    return taker;
  }

  private void start(ScriptedServer server, Taker taker, long from, long to) {
    Http http = bed.transport.http();
    taker.download = http.download(HttpAsk.part(server.url("/file"), from, to), taker);
  }

  /** Byte {@code offset} of the file. */
  private static byte at(long offset) {
    return (byte) (offset * 31 + (offset >> 8));
  }

  private static ScriptedServer.Script part(String header, boolean more) {
    return part(header, more, new AtomicLong());
  }

  /** Answers with the part that was asked for. */
  private static ScriptedServer.Script part(String header, boolean more, AtomicLong sent) {
    return (request, out) -> {
      String range = request.replaceFirst("(?s).*bytes=([0-9]+-[0-9]+).*", "$1");
      long from = Long.parseLong(range.substring(0, range.indexOf('-')));
      long to = Long.parseLong(range.substring(range.indexOf('-') + 1)) + 1;
      String head =
          "HTTP/1.1 206 Part\r\nContent-Range: bytes %s/%d\r\nContent-Length: %d\r\n%s\r\n"
              .formatted(range, FILE_BYTES, to - from, header);
      out.write(head.getBytes(US_ASCII));
      body(out, from, to, sent);
      return more;
    };
  }

  private static void body(OutputStream out, long from, long to, AtomicLong sent)
      throws IOException {
    byte[] chunk = new byte[16_384];
    for (long offset = from; offset < to; offset += chunk.length) {
      int length = (int) Math.min(chunk.length, to - offset);
      for (int i = 0; i < length; i++) {
        chunk[i] = at(offset + i);
      }
      out.write(chunk, 0, length);
      sent.addAndGet(length);
    }
  }

  private static ScriptedServer.Script refusal(int length) {
    return (_, out) -> {
      String head = "HTTP/1.1 503 Busy\r\nContent-Length: %d\r\n\r\n".formatted(length);
      out.write(Arrays.copyOf(head.getBytes(US_ASCII), head.length() + length));
      return true;
    };
  }

  /** Takes at most so many bytes at a time and reads on with the next turn of the loop. */
  private final class Taker implements Http.Receiver {
    private final CompletableFuture<String> ending = new CompletableFuture<>();
    private final byte[] bytes = new byte[1 << 20];
    private int mostAtATime;
    private int count;
    private boolean told;
    private Http.Download download;

    Taker(int mostAtATime) {
      this.mostAtATime = mostAtATime;
    }

    String outcome() {
      return Bed.await(ending);
    }

    @Override
    public void onAnswer(Http.Answer answer) {
      told = true;
      if (answer instanceof Http.Answer.Refused refused) {
        ending.complete(Integer.toString(refused.status()));
      }
    }

    @Override
    public void onBytes(ByteBuffer more) {
      int taken = Math.min(mostAtATime, more.remaining());
      for (int i = 0; i < taken; i++) {
        bytes[count++ & (bytes.length - 1)] = more.get();
      }
      if (more.hasRemaining()) {
        download.reading(false);
        if (mostAtATime > 0) {
          bed.transport.loop().execute(() -> download.reading(true));
        }
      }
    }

    @Override
    public void onEnd() {
      ending.complete("end");
    }

    @Override
    public void onFault(Fault fault) {
      ending.complete(fault.kind().toString());
    }
  }
}
