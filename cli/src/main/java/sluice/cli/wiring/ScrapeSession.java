package sluice.cli.wiring;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import sluice.cli.Version;
import sluice.client.passage.Passage;
import sluice.engine.announce.Trackers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.digest.Hash;
import sluice.transport.Transport;

/** Questions to trackers how many have a torrent, on a network of their own. */
public final class ScrapeSession implements AutoCloseable {
  private static final long ANSWER_SECONDS = 45;

  private final Transport transport;
  private final Trackers trackers;

  private ScrapeSession(Transport transport, Optional<InetAddress> bind, Passage passage) {
    this.transport = transport;
    this.trackers =
        new Trackers(
            transport.loop(),
            transport.trackers().net(),
            transport.http(),
            transport.trackers().resolver(),
            transport.entropy(),
            bind.map(address -> new Endpoint(address, 0)),
            List.of(),
            passage.guard());
  }

  /** Asks from {@code bind}, or any address, by the way {@code passage}. */
  public static ScrapeSession open(Optional<InetAddress> bind, Passage passage) {
    Transport transport = Transport.open(passage.questions("Sluice/" + Version.number(), bind));
    return new ScrapeSession(transport, bind, passage);
  }

  /** What the trackers at {@code urls} say of {@code torrents}; waits for all of them. */
  public Map<String, ScrapeReply> ask(List<String> urls, List<Hash> torrents)
      throws InterruptedException {
    Map<String, CompletableFuture<ScrapeReply>> asked = new LinkedHashMap<>();
    urls.forEach(url ->
        asked.put(
            url,
            new CompletableFuture<ScrapeReply>()
                .completeOnTimeout(
                    new ScrapeReply.Failure("no answer"), ANSWER_SECONDS, TimeUnit.SECONDS)));
    transport
        .loop()
        .execute(
            () -> asked.forEach((url, told) -> trackers.scrape(url, torrents, told::complete)));
    Map<String, ScrapeReply> replies = new LinkedHashMap<>();
    for (Map.Entry<String, CompletableFuture<ScrapeReply>> each : asked.entrySet()) {
      try {
        replies.put(each.getKey(), each.getValue().get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("the question ended in a bug", e.getCause());
      }
    }
    return replies;
  }

  @Override
  public void close() {
    transport.loop().execute(trackers::close);
    transport.close();
  }
}
