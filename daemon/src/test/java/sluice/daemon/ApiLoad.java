package sluice.daemon;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A program for {@code bench/api}: readers of events and requests as programs make them, for some
 * time. {@code ApiLoad URL KEY READERS PER_SECOND SECONDS}.
 */
final class ApiLoad {
  /** Which of five requests is qBittorrent's for changes. */
  private static final int MAINDATA = 1;

  private static final int MOST_DIGITS = 19;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String key;
  private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong rid = new AtomicLong();
  private volatile String session = "";

  private ApiLoad(String url, String key) {
    this.url = url;
    this.key = key;
  }

  public static void main(String[] arguments) throws Exception {
    ApiLoad load = new ApiLoad(arguments[0], arguments[1]);
    load.run(
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]));
    System.exit(0);
  }

  private void run(int readers, int perSecond, int seconds) throws Exception {
    for (int i = 0; i < readers; i++) {
      Thread.ofVirtual().start(this::follow);
    }
    ask(MAINDATA); // a program asks for everything once, and for changes from there on
    long begin = System.nanoTime();
    int total = perSecond * seconds;
    List<Thread> requests = new ArrayList<>(total);
    for (int i = 0; i < total; i++) {
      long due = begin + i * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      int number = i;
      requests.add(Thread.ofVirtual().start(() -> ask(number)));
    }
    for (Thread request : requests) {
      request.join(Duration.ofSeconds(30));
    }
    List<Long> sorted = millis.stream().sorted().toList();
    System.out.println(
        String.format(
            Locale.ROOT,
            "{\"event\":\"load\",\"requests\":%d,\"failed\":%d,\"median_ms\":%d,\"p99_ms\":%d,"
                + "\"events_mib_per_second\":%.2f}",
            sorted.size(),
            failed.get(),
            sorted.get(sorted.size() / 2),
            sorted.get(sorted.size() * 99 / 100),
            read.get() / 1048576.0 / seconds));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(60))
        .header("X-API-Key", key);
  }

  private void follow() {
    byte[] buffer = new byte[1 << 16];
    try {
      HttpResponse<InputStream> events =
          http.send(request("api/v1/events").build(), BodyHandlers.ofInputStream());
      try (InputStream in = events.body()) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          read.addAndGet(count);
        }
      }
    } catch (java.io.IOException | InterruptedException e) {
      failed.incrementAndGet();
    }
  }

  /** What pages and programs ask again and again. */
  private void ask(int number) {
    long begin = System.nanoTime();
    try {
      HttpRequest request =
          switch (number % 5) {
            case 0 -> request("api/v1/torrents?limit=100&sort=-up").build();
            case MAINDATA -> request("api/v2/sync/maindata?rid=" + rid.get()).build();
            case 2 ->
                rpc(
                    "{\"method\":\"torrent-get\",\"arguments\":{\"ids\":\"recently-active\","
                        + "\"fields\":[\"id\",\"name\",\"status\",\"rateUpload\",\"percentDone\"]}}");
            case 3 -> request("api/v1/status").build();
            default -> request("metrics").build();
          };
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 409) {
        session = answer.headers().firstValue("X-Transmission-Session-Id").orElse("");
      } else if (answer.statusCode() != 200) {
        failed.incrementAndGet();
      }
      if (number % 5 == MAINDATA) {
        remember(answer.body());
      }
      millis.add((System.nanoTime() - begin) / 1_000_000);
    } catch (java.io.IOException | InterruptedException e) {
      failed.incrementAndGet();
    }
  }

  private HttpRequest rpc(String body) {
    return request("transmission/rpc")
        .header("X-Transmission-Session-Id", session)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private void remember(String maindata) {
    int at = maindata.indexOf("\"rid\":");
    if (at >= 0) {
      int end = Math.min(maindata.length(), at + 6 + MOST_DIGITS);
      String digits = maindata.substring(at + 6, end).replaceFirst("(?s)[^0-9].*", "");
      rid.set(Long.parseLong(digits));
    }
  }
}
