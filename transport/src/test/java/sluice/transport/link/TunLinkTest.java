package sluice.transport.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.testkit.NetworkSpace;

/**
 * Our uTP over real sockets between two network namespaces, joined by a link that delays, loses,
 * reorders, doubles and cuts. A short run shows that it bears all that and has every byte right;
 * how well is told with {@code -Dsluice.link.seconds=N}, the length of a part, on an idle machine.
 */
class TunLinkTest {
  private static final double SHORT_SECONDS = 1.5;
  private static final long SHORT_RATE = 4_000_000;
  private static final long RATE = 20_000_000;
  private static final long SEED = Long.getLong("sluice.link.seed", 11);
  private static final List<String> CASES =
      List.of("clean", "loss", "disorder", "tcp", "jump", "hole", "cut");

  @Test
  void everythingThatNetworksDoIsBorne() throws Exception {
    assumeTrue(canMakeNetworks());
    String seconds = System.getProperty("sluice.link.seconds");
    boolean measures = seconds != null;
    List<String> outputs = new ArrayList<>();
    if (measures) {
      for (String one : CASES) {
        outputs.add(probe(RATE, Double.parseDouble(seconds), List.of(one)));
      }
    } else {
      outputs.add(probe(SHORT_RATE, SHORT_SECONDS, CASES));
    }
    String output = String.join("\n", outputs);
    System.out.println(output.strip());
    for (String each : CASES) {
      assertThat(number(output, each, "wrong")).as(output).isZero();
    }
    assertThat(number(output, "cut", "goes-on")).as(output).isFinite();
    for (String share :
        List.of("clean share", "loss share", "disorder share", "jump after", "hole share")) {
      String[] words = share.split(" ", -1);
      assertThat(number(output, words[0], words[1])).as(share + "\n" + output).isPositive();
    }
    if (measures) {
      asExpected(output);
    }
  }

  /**
   * The table of expectations; what is due to the clock is looked at only where it is asked for.
   */
  private static void asExpected(String output) {
    assertThat(number(output, "clean", "share")).isGreaterThan(0.9);
    assertThat(number(output, "clean", "share-wait")).isBetween(60.0, 120.0);
    assertThat(number(output, "loss", "share"))
        .isGreaterThan(0.7 * number(output, "loss", "mathis"));
    assertThat(number(output, "disorder", "share")).isGreaterThan(0.81);
    assertThat(number(output, "tcp", "beside")).isLessThan(0.15);
    assertThat(number(output, "tcp", "tcp")).isGreaterThan(0.8);
    assertThat(number(output, "tcp", "after")).isGreaterThan(0.85);
    assertThat(number(output, "jump", "during")).isGreaterThan(0.5);
    assertThat(number(output, "hole", "share-still")).isLessThan(3);
    assertThat(number(output, "cut", "goes-on")).isLessThan(5);
  }

  private static double number(String output, String row, String what) {
    Matcher m =
        Pattern.compile("(?m)^" + row + ":.*? " + what + " ([0-9.]+|Infinity)").matcher(output);
    assertThat(m.find()).as(row + " " + what + " in " + output).isTrue();
    return Double.parseDouble(m.group(1));
  }

  private static boolean canMakeNetworks() throws InterruptedException {
    Optional<String> lack = NetworkSpace.lack("ip", "tuntap", "add", "dev", "t9", "mode", "tun");
    lack.ifPresent(why -> System.err.println("skipped: " + why));
    return lack.isEmpty();
  }

  private static String probe(long rate, double seconds, List<String> cases)
      throws IOException, InterruptedException {
    Stream<String> numbers =
        Stream.of(Long.toString(rate), Double.toString(seconds), Long.toString(SEED));
    return NetworkSpace.run(
        LinkProbe.class, Stream.concat(numbers, cases.stream()).toArray(String[]::new));
  }
}
