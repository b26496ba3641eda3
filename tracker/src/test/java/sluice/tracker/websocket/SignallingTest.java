package sluice.tracker.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tracker.Tracker;
import sluice.tracker.access.AccessFiles;
import sluice.tracker.access.AccessGate;
import sluice.tracker.access.Account;
import sluice.tracker.config.AccessSettings;
import sluice.tracker.config.Listen;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.http.Talks;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreLimits;

/** Offers and answers between browsers. */
final class SignallingTest {
  private static final String HASH = "\\u00ffh".repeat(10);
  private static final String ANN = "-WW0001-aaaaaaaaaaaa";
  private static final String BOB = "-WW0001-bbbbbbbbbbbb";
  private static final String OFFER = "o".repeat(20);

  private final TrackerCore core =
      new TrackerCore(
          new Rules(1_800, 900, 0, 50, 200, 1_000_000, 0), StoreLimits.DEFAULT, Gate.OPEN, 5);
  private final Signalling signalling = new Signalling(core, Clock.system(), 1);

  /** One browser and what it was told. */
  private final class Browser {
    final List<String> told = new ArrayList<>();
    final Talks.Talk talk;

    Browser() {
      this("/");
    }

    Browser(String path) {
      talk = signalling.begin(path, new byte[] {(byte) 192, 0, 2, 1}, told::add);
    }

    List<String> say(String message) {
      told.clear();
      talk.hear(message);
      return told;
    }
  }

  private static String announce(String id, String more) {
    return "{\"action\":\"announce\",\"info_hash\":\""
        + HASH
        + "\",\"peer_id\":\""
        + id
        + "\","
        + more
        + "\"x\":[]}";
  }

  private static String offers(int count) {
    String one = "{\"offer_id\":\"" + OFFER + "\",\"offer\":{\"type\":\"offer\",\"sdp\":\"s\"}}";
    return "\"offers\":[" + String.join(",", List.of(one, one, one).subList(0, count)) + "],";
  }

  @Test
  void offersAndAnswersReachTheOther() {
    Browser ann = new Browser();
    Browser bob = new Browser();
    assertThat(ann.say(announce(ANN, "\"left\":0,\"event\":\"started\"," + offers(2))))
        .singleElement()
        .asString()
        .contains("\"action\":\"announce\"", "\"interval\":360", "\"complete\":1");
    ann.told.clear();
    bob.say(announce(BOB, "\"left\":5," + offers(2)));
    assertThat(bob.told).singleElement().asString().contains("\"incomplete\":1");
    assertThat(ann.told)
        .singleElement()
        .asString()
        .contains("\"peer_id\":\"" + BOB, "\"offer\":{\"type\":\"offer\"", "\"offer_id\":\"ooo");
    bob.told.clear();
    String answer =
        "\"to_peer_id\":\"" + BOB + "\",\"offer_id\":\"" + OFFER + "\",\"answer\":{\"sdp\":\"t\"},";
    assertThat(ann.say(announce(ANN, answer))).isEmpty();
    assertThat(bob.told)
        .singleElement()
        .asString()
        .contains("\"answer\":{\"sdp\":\"t\"}", "\"peer_id\":\"" + ANN);
    String scrape = "{\"action\":\"scrape\",\"info_hash\":[\"" + HASH + "\"]}";
    assertThat(bob.say(scrape).getFirst())
        .contains("\"complete\":1,\"incomplete\":1,\"downloaded\":0");
    bob.talk.end();
    assertThat(ann.say(scrape).getFirst()).contains("\"complete\":1,\"incomplete\":0");
    assertThat(ann.say(announce(ANN, "\"event\":\"stopped\",")).getFirst())
        .contains("\"complete\":0");
  }

  @Test
  void seedsDoNotOfferToSeedsAndIdsAreNotStolen() {
    Browser ann = new Browser();
    Browser bob = new Browser();
    ann.say(announce(ANN, "\"left\":0,"));
    ann.told.clear();
    bob.say(announce(BOB, "\"left\":0," + offers(3)));
    assertThat(ann.told).isEmpty();
    assertThat(bob.say(announce(ANN, "\"left\":0,")).getFirst()).contains("peer_id is in use");
    bob.say(announce(ANN, "\"event\":\"stopped\","));
    assertThat(signalling.find(decoded(HASH), ANN)).isPresent();
  }

  /** Clients of one page share a connection, and find each other by it. */
  @Test
  void clientsShareAConnection() {
    Browser page = new Browser();
    page.say(announce(ANN, "\"left\":0,"));
    List<String> told = page.say(announce(BOB, "\"left\":5," + offers(1)));
    assertThat(told).hasSize(2);
    assertThat(told.getFirst()).contains("\"complete\":1,\"incomplete\":1");
    assertThat(told.getLast()).contains("\"peer_id\":\"" + BOB, "\"offer\":");
    String answer =
        "\"to_peer_id\":\"" + BOB + "\",\"offer_id\":\"" + OFFER + "\",\"answer\":{\"sdp\":\"t\"},";
    assertThat(page.say(announce(ANN, answer)))
        .singleElement()
        .asString()
        .contains("\"answer\":{\"sdp\":\"t\"}", "\"peer_id\":\"" + ANN);
    assertThat(page.say(announce(BOB, "\"event\":\"stopped\",")).getFirst())
        .contains("\"complete\":1,\"incomplete\":0");
    for (int i = 10; i < 40; i++) {
      page.say(announce("-WW0001-cccccccccc" + i, "\"left\":5,"));
    }
    assertThat(signalling.counts(decoded(HASH))).isEqualTo(new Signalling.Counts(0, 10, 0));
    page.talk.end();
    assertThat(signalling.counts(decoded(HASH))).isEqualTo(new Signalling.Counts(0, 0, 0));
  }

  /** Passkeys are in the path of the WebSocket; what is not listed is refused. */
  @Test
  void strangersAreRefused(@TempDir Path folder) throws IOException {
    Path users = Files.writeString(folder.resolve("users"), "abc Ann");
    core.gate(
        AccessFiles.gate(
            new AccessSettings(
                AccessSettings.Mode.OPEN, Optional.empty(), Optional.of(users), List.of("-XX")),
            Gate.OPEN));
    String bad = "\"failure reason\":\"unknown passkey\"";
    assertThat(new Browser("/abd/announce").say(announce(ANN, "")).getFirst()).contains(bad);
    Browser ann = new Browser("/abc/announce");
    assertThat(ann.say(announce(ANN, "\"left\":0,")).getFirst()).contains("\"complete\":1");
    assertThat(ann.say(announce(ANN.replace("WW", "XX"), "")).getFirst())
        .contains("client not allowed");
    String scrape = "{\"action\":\"scrape\",\"info_hash\":\"" + HASH + "\"}";
    assertThat(ann.say(scrape).getFirst()).contains("\"complete\":1");
    assertThat(new Browser("/").say(scrape).getFirst()).doesNotContain("\"complete\":1");
    // It is what a browser says since its last announce that is counted.
    ann.say(announce(ANN, "\"left\":0,\"uploaded\":70,\"downloaded\":5,"));
    ann.say(
        announce(
            ANN, "\"uploaded\":\"x\",\"downloaded\":1e300,\"left\":null,\"event\":\"stopped\","));
    Account.Sums sums = ((AccessGate) core.gate()).accounts().getFirst();
    assertThat(sums).isEqualTo(new Account.Sums("Ann", 70, 5, 3, 0));
  }

  private static String decoded(String escaped) {
    return escaped.replace("\\u00ff", "\u00ff");
  }

  @Test
  void nonsenseIsRefused() {
    Browser ann = new Browser();
    for (String message :
        List.of(
            "",
            "{",
            "[]",
            "null",
            "7",
            "{\"action\":\"dance\"}",
            "{\"action\":\"announce\"}",
            "{\"action\":\"announce\",\"info_hash\":7,\"peer_id\":[]}",
            "{\"action\":\"announce\",\"info_hash\":\"short\",\"peer_id\":\"short\"}",
            "{\"action\":\"announce\",\"info_hash\":\"" + "\u20ac".repeat(20) + "\"}",
            "{\"action\":\"scrape\"}",
            announce(ANN, "\"answer\":{},\"to_peer_id\":\"x\","),
            announce(
                ANN,
                "\"answer\":{},\"offer_id\":\"" + OFFER + "\",\"to_peer_id\":\"" + BOB + "\","),
            "[".repeat(100_000))) {
      assertThat(ann.say(message)).singleElement().asString().contains("failure reason");
    }
    Random random = new Random(3);
    String good = announce(ANN, "\"left\":0," + offers(2));
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
      }
      // What is said in another name is another client, and may be offered something.
      assertThat(ann.say(text.toString())).as("step %d", i).hasSizeBetween(1, 3);
    }
  }

  @Test
  void overARealConnection() throws Exception {
    TrackerSettings settings =
        TrackerSettings.DEFAULT.listening(
            List.of(), Listen.parse("127.0.0.1:0").orElseThrow().addresses());
    try (Tracker tracker = Tracker.start(settings);
        HttpClient client = HttpClient.newHttpClient()) {
      LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
      WebSocket.Listener listener =
          new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
              heard.add(data.toString());
              socket.request(1);
              return null;
            }
          };
      URI uri =
          URI.create(
              "ws://127.0.0.1:" + tracker.httpAddresses().getFirst().getPort() + "/announce");
      WebSocket socket = client.newWebSocketBuilder().buildAsync(uri, listener).join();
      socket.sendText(announce(ANN, "\"left\":0,"), true).join();
      assertThat(heard.poll(30, TimeUnit.SECONDS)).contains("\"complete\":1");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }
}
