package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is bound to an interface, or to its address, sends nothing by another. */
class BindingTest {
  private static final int MINUTES = 2;

  @Test
  void noPacketLeavesElsewhereInAnyState() throws Exception {
    assumeTrue(canMakeNetworks());
    String output = probe("device", "address", "free");
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
    String output = program("sluice.transport.RevivalProbe");
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

  private static boolean canMakeNetworks() throws IOException, InterruptedException {
    String tried =
        run(List.of("unshare", "-rn", "ip", "link", "add", "a0", "type", "veth", "peer", "a1"));
    if (!tried.isEmpty()) {
      System.err.println("skipped: no network namespaces here: " + tried.strip());
    }
    return tried.isEmpty();
  }

  private static String probe(String... ways) throws IOException, InterruptedException {
    return program("sluice.transport.BoundProbe", ways);
  }

  private static String program(String main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rn",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                main));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** That of these tests, whoever runs them. */
  private static String classPath() {
    return BindingTest.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.of(loader.getURLs())
            .map(url -> Path.of(URI.create(url.toString())).toString())
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  /** The whole output. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException notThere) {
      return notThere.toString();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    return output;
  }
}
