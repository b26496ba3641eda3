package sluice.daemon.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.Web;
import sluice.daemon.config.NoticeSettings;

/** Programs and web servers that are told what happens. */
class NoticesTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path temp;

  private Notice notice(String event, String name) {
    return new Notice(event, "00ff", name, temp.toString(), "films", "", 5_000);
  }

  @Test
  void namesAreWordsAndNeverCommands() {
    List<String> words = List.of("/bin/x", "--name={name}", "{folder}/{nothing}", "{", "{hash");
    assertThat(ProgramSink.words(words, notice("completed", "a; rm -rf {hash} $(x)")))
        .containsExactly(
            "/bin/x", "--name=a; rm -rf {hash} $(x)", temp + "/{nothing}", "{", "{hash");
  }

  @Test
  void aProgramIsRunWithItsWords() throws Exception {
    Path made = temp.resolve("made $(touch other)");
    NoticeSettings.Program program =
        new NoticeSettings.Program(
            List.of("/usr/bin/touch", "{folder}/{name}"), Set.of("completed"));
    new ProgramSink(program).take(notice("faulted", "no"));
    new ProgramSink(program).take(notice("completed", "made $(touch other)"));
    assertThat(made).exists();
    assertThat(temp.resolve("no")).doesNotExist();
    assertThat(Path.of("other")).doesNotExist();
    assertThat(Files.list(temp)).hasSize(1);
  }

  private static Web.Answer nobody(Web.Question question) {
    throw new AssertionError("asked " + question);
  }

  /** What is not of this machine is asked by the client, which may be bound or behind a proxy. */
  @Test
  void webhooksElsewhereAreCalledByTheClient() throws Exception {
    BlockingQueue<Web.Question> asked = new ArrayBlockingQueue<>(10);
    URI url = URI.create("https://192.0.2.1/hook");
    NoticeSettings settings =
        new NoticeSettings(
            List.of(), List.of(new NoticeSettings.Webhook(url, "a secret", Set.of("completed"))));
    Web.Line line =
        question -> {
          asked.add(question);
          return new Web.Answer(204, new byte[0]);
        };
    try (Notices notices = new Notices(settings, line)) {
      notices.tell(notice("completed", "film"));
      Web.Question one = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(one).isNotNull();
      assertThat(one.uri()).isEqualTo(url);
      assertThat(one.upload().orElseThrow().headers())
          .containsKeys("Content-Type", "X-Sluice-Signature");
      assertThat(one.upload().orElseThrow().body()).contains("\"name\":\"film\"");
    }
  }

  private record Heard(String signature, byte[] body) {}

  @Test
  void webhooksAreSignedAndTriedAgain() throws Exception {
    BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(10);
    AtomicInteger calls = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String signature = exchange.getRequestHeaders().getFirst("X-Sluice-Signature");
          boolean first = calls.getAndIncrement() == 0;
          exchange.sendResponseHeaders(first ? 500 : 204, -1);
          exchange.close();
          if (!first) {
            heard.add(new Heard(signature, body));
          }
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    NoticeSettings settings =
        new NoticeSettings(
            List.of(), List.of(new NoticeSettings.Webhook(url, "a secret", Set.of("completed"))));
    try (Notices notices = new Notices(settings, NoticesTest::nobody)) {
      notices.tell(notice("metadata", "film"));
      notices.tell(notice("completed", "film"));
      Heard one = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(one).isNotNull();
      assertThat(new String(one.body(), StandardCharsets.UTF_8))
          .contains("\"event\":\"completed\"", "\"name\":\"film\"", "\"millis\":5000");
      assertThat(one.signature())
          .isEqualTo(WebhookSink.signature("a secret", 5, one.body()))
          .startsWith("t=5,v1=");
    } finally {
      server.stop(0);
    }
  }
}
