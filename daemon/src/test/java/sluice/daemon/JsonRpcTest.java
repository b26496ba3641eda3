package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import sluice.daemon.web.Scope;
import tools.jackson.databind.JsonNode;

/** Transmission's RPC as JSON-RPC 2.0. */
class JsonRpcTest {
  @TempDir Path temp;

  private String session = "";

  private HttpResponse<String> send(TestDaemon daemon, String key, String text) throws Exception {
    HttpResponse<String> answer = null;
    for (int i = 0; i < 2; i++) {
      answer =
          daemon.send(
              HttpRequest.newBuilder(daemon.uri("/transmission/rpc"))
                  .header("X-API-Key", key)
                  .header("X-Transmission-Session-Id", session)
                  .POST(HttpRequest.BodyPublishers.ofString(text.replace('\'', '"'))));
      session = answer.headers().firstValue("X-Transmission-Session-Id").orElse("");
    }
    return answer;
  }

  private JsonNode call(TestDaemon daemon, String method, String params) throws Exception {
    String text = "{'jsonrpc':'2.0','id':7,'method':'" + method + "','params':" + params + "}";
    HttpResponse<String> answer = send(daemon, daemon.key, text);
    JsonNode node = Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
    assertThat(node.path("jsonrpc").asString()).isEqualTo("2.0");
    assertThat(node.path("id").asInt()).isEqualTo(7);
    return node;
  }

  @Test
  void methodsAndFieldsHaveOtherNames() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "a.bin", 100_000);
    String file = Base64.getEncoder().encodeToString(torrent);
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      JsonNode added =
          call(daemon, "torrent_add", "{'metainfo':'" + file + "','paused':true}").path("result");
      String hash = added.path("torrent_added").path("hash_string").asString();
      assertThat(hash).hasSize(40);
      call(
          daemon,
          "torrent_set",
          "{'ids':['" + hash + "'],'seed_ratio_limit':1.5,'seed_ratio_mode':1,'peer_limit':9}");
      JsonNode one =
          call(
                  daemon,
                  "torrent_get",
                  "{'fields':['seed_ratio_limit','hash_string','peer_limit','file_count']}")
              .path("result")
              .path("torrents")
              .path(0);
      assertThat(one.toString())
          .contains("\"seed_ratio_limit\":1.5", "\"peer_limit\":9", "\"file_count\":1")
          .contains("\"hash_string\":\"" + hash + "\"");
      JsonNode table =
          call(daemon, "torrent_get", "{'format':'table','fields':['hash_string']}")
              .path("result")
              .path("torrents");
      assertThat(table.toString()).isEqualTo("[[\"hash_string\"],[\"" + hash + "\"]]");
      call(daemon, "session_set", "{'alt_speed_down':77}");
      assertThat(call(daemon, "session_get", "{'fields':['alt_speed_down','units']}").toString())
          .contains("\"alt_speed_down\":77", "\"speed_bytes\":1000");
    }
  }

  @Test
  void mistakesHaveCodesAndWhoNamesNoIdHasNoAnswer() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      assertThat(call(daemon, "nothing", "{}").path("error").path("code").asInt())
          .isEqualTo(-32_601);
      assertThat(call(daemon, "torrent_get", "{}").path("error").path("message").asString())
          .isEqualTo("no fields specified");
      String notice = "{'jsonrpc':'2.0','method':'session_set','params':{'alt_speed_up':5}}";
      assertThat(send(daemon, daemon.key, notice).statusCode()).isEqualTo(204);
      String many = "[" + notice + ",{'jsonrpc':'2.0','id':'a','method':'session_stats'},1]";
      JsonNode answers =
          Json.read(send(daemon, daemon.key, many).body().getBytes(StandardCharsets.UTF_8));
      assertThat(answers.size()).isEqualTo(2);
      assertThat(answers.path(0).path("id").asString()).isEqualTo("a");
      assertThat(answers.path(1).path("error").path("code").asInt()).isEqualTo(-32_600);
      String reader = daemon.daemon.keys().make("reader", Set.of(Scope.READ)).secret();
      String close = "{'jsonrpc':'2.0','id':1,'method':'session_close'}";
      assertThat(send(daemon, reader, close).body()).contains("this needs the scope admin");
    }
  }
}
