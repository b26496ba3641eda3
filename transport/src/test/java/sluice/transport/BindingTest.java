package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sluice.testkit.NetworkSpace;

/** What is bound to an interface, or to its address, sends nothing by another. */
class BindingTest {
  @Test
  void noPacketLeavesElsewhereInAnyState() throws Exception {
    assumeTrue(canMakeNetworks());
    String output = NetworkSpace.run(BoundProbe.class, "device", "address", "free");
    System.out.println(output.strip());
    for (String way : List.of("device", "address")) {
      assertThat(number(output, way, "bound")).as(output).isPositive();
      assertThat(number(output, way, "other")).as(output).isZero();
    }
    assertThat(number(output, "free", "other")).as("not bound: " + output).isPositive();
  }

  /** A tunnel that is made again is another interface of the same name. */
  @Test
  void listenersComeBackWithTheInterface() throws Exception {
    assumeTrue(canMakeNetworks());
    String output = NetworkSpace.run(RevivalProbe.class);
    System.out.println(output.strip());
    for (String when : List.of("first", "again")) {
      Matcher m = Pattern.compile(when + " ([0-9.E-]+)\\b").matcher(output);
      assertThat(m.find()).as("%s in %s", when, output).isTrue();
    }
  }

  private static long number(String output, String way, String what) {
    Matcher m = Pattern.compile(way + ": .*?" + what + " (\\d+)").matcher(output);
    assertThat(m.find()).as(output).isTrue();
    return Long.parseLong(m.group(1));
  }

  private static boolean canMakeNetworks() throws InterruptedException {
    Optional<String> lack =
        NetworkSpace.lack("ip", "link", "add", "a0", "type", "veth", "peer", "a1");
    lack.ifPresent(why -> System.err.println("skipped: " + why));
    return lack.isEmpty();
  }
}
