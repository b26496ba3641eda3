package sluice.transport.link;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import sluice.protocol.address.Endpoint;

/**
 * A program that is run in namespaces of its own: sends by our uTP over real sockets and a link
 * that does to packets what the network does, and prints what came of it, a line for each case. Its
 * arguments are a rate in bits per second, seconds that a part of a case takes, a seed and cases.
 */
final class LinkProbe {
  private static final String NEAR = "10.66.0.1";
  private static final String FAR = "10.66.0.2";
  private static final double PATIENCE_SECONDS = 60;

  /** How long the link is down where a part is long enough to measure. */
  private static final double OUTAGE_SECONDS = 30;

  private static final double MEASURED_PART_SECONDS = 5;

  /** Bytes of a packet of TCP, for the rate after Mathis. */
  private static final int MSS = 1_448;

  private final Weather fair;
  private final double part;
  private final Side near;
  private final Side far;
  private final TunLink link;
  private final UtpFlow flow;
  private final StringBuilder line;

  private LinkProbe(String name, Weather weather, double part, long seed) throws IOException {
    this.fair = weather;
    this.part = part;
    this.near = new Side(NEAR);
    this.far = new Side(FAR);
    this.link = new TunLink(near, far, fair, seed);
    this.flow = new UtpFlow(near, far, new Endpoint(InetAddress.ofLiteral(FAR), 7_000));
    this.line = new StringBuilder(name).append(": seed ").append(seed);
  }

  public static void main(String[] args) throws Exception {
    long rate = Long.parseLong(args[0]);
    double part = Double.parseDouble(args[1]);
    long seed = Long.parseLong(args[2]);
    List<Future<String>> lines = new ArrayList<>();
    try (ExecutorService all = Executors.newCachedThreadPool()) {
      for (String name : List.of(args).subList(3, args.length)) {
        lines.add(all.submit(() -> run(name, rate, part, seed)));
      }
      for (Future<String> each : lines) {
        System.out.println(each.get());
      }
    } catch (ExecutionException e) {
      e.getCause().printStackTrace();
    }
    System.exit(0);
  }

  private static String run(String name, long rate, double part, long seed) throws IOException {
    Weather fair = Weather.fair(rate);
    Weather from = name.equals("loss") ? fair.delay(25).loss(0.01) : fair;
    LinkProbe probe = new LinkProbe(name, from, part, seed);
    switch (name) {
      case "clean", "loss" -> probe.steady();
      case "disorder" -> probe.disorder();
      case "tcp" -> probe.besideTcp();
      case "jump" -> probe.jump();
      case "hole" -> probe.hole();
      case "cut" -> probe.cut();
      default -> throw new IllegalArgumentException(name);
    }
    probe.tell("wrong", probe.flow.isWrong() ? 1 : 0);
    return probe.line.toString();
  }

  private void tell(String what, double value) {
    line.append(String.format(Locale.ROOT, " %s %.3f", what, value));
  }

  private Meter meter() {
    return new Meter(flow::received);
  }

  /** Watches, and tells how much of the link was filled. */
  private void share(String name, double parts) {
    link.measure();
    Meter.Reading reading = meter().watch(parts * part);
    tell(name, reading.perSecond() * 8 / fair.bitsPerSecond());
    tell(name + "-still", reading.longestStillSeconds());
    tell(name + "-wait", link.medianWait());
  }

  private void steady() {
    meter().watch(part);
    share("share", 2);
    double mathis = MSS * 1.22 / (2 * fair.delayMillis() / 1e3 * Math.sqrt(0.01)) * 8;
    tell("mathis", mathis / fair.bitsPerSecond());
  }

  private void disorder() {
    meter().watch(part);
    link.weather(fair.disorder(0.05, 0.01));
    share("share", 2);
  }

  private void besideTcp() throws IOException {
    meter().watch(part);
    share("alone", 1);
    TcpFlow tcp = new TcpFlow(near, far, FAR);
    meter().watch(part / 2);
    long first = tcp.received();
    long began = System.nanoTime();
    share("beside", 1);
    double seconds = (System.nanoTime() - began) / 1e9;
    tell("tcp", (tcp.received() - first) * 8 / seconds / fair.bitsPerSecond());
    tcp.close();
    meter().watch(part / 2);
    share("after", 1);
  }

  private void jump() {
    meter().watch(part);
    link.weather(fair.delay(fair.delayMillis() + 60));
    share("during", 1.5);
    link.weather(fair);
    share("after", 1);
  }

  private void hole() {
    meter().watch(part);
    link.weather(fair.most(1_280));
    share("share", 2);
  }

  private void cut() {
    meter().watch(part);
    link.weather(fair.up(false));
    meter().watch(part < MEASURED_PART_SECONDS ? part : OUTAGE_SECONDS);
    link.weather(fair);
    tell("goes-on", meter().untilItMoves(PATIENCE_SECONDS));
    share("share", 1);
  }
}
