package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.scale.ManyTorrents;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.state.StartReport;
import sluice.state.fault.StateException;
import sluice.testkit.Child;

/**
 * A thousand torrents are added, stopped, found again by another process, started, and ended by
 * SIGTERM. How long that takes is printed; {@code bench/scale} measures it with more.
 */
class ManyTorrentsTest {
  private static final int COUNT = 1_000;
  private static final int SIGTERM_CODE = 128 + 15;

  @TempDir Path folder;
  private Path state;

  @BeforeEach
  void addThem() throws Exception {
    state = folder.resolve("state");
    Path data = folder.resolve("data");
    run("make", data.toString(), folder.resolve("torrents").toString(), "" + COUNT);
    run("add", state.toString(), data.toString(), "" + COUNT, "0");
  }

  @Test
  void areThereAgainAndEndCleanly() throws Exception {
    try (Child child = start("run", state.toString(), "start")) {
      await(child, "\"listed\",\"count\":" + COUNT);
      await(child, "\"seeding\"");
      assertThatThrownBy(() -> Client.open(config()))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("in use");
      long begin = System.nanoTime();
      child.terminate();
      await(child, "\"closed\"");
      assertThat(child.end()).isEqualTo(SIGTERM_CODE);
      System.out.printf(
          "%d seeding torrents ended in %.2f s%n", COUNT, (System.nanoTime() - begin) / 1e9);
    }
    try (Client client = Client.open(config())) {
      assertThat(client.stateReport().orElseThrow().kind()).isEqualTo(StartReport.Kind.CLEAN);
      assertThat(client.snapshot()).hasSize(COUNT).allMatch(s -> s.havePieces() == s.pieces());
    }
  }

  private ClientConfig config() {
    Endpoint any = new Endpoint(InetAddress.getLoopbackAddress(), 0);
    return ClientConfig.of(EngineConfig.defaults(List.of(any))).keep(state);
  }

  private void run(String... arguments) throws Exception {
    try (Child child = start(arguments)) {
      assertThat(child.lines()).as(errors()).isNotNull();
      assertThat(child.end()).as(errors()).isZero();
    }
  }

  private Child start(String... arguments) throws IOException {
    return Child.start(Child.command(ManyTorrents.class, arguments), "", folder.resolve("errors"));
  }

  private void await(Child child, String wanted) throws IOException {
    Optional<String> line = child.line();
    while (line.isPresent() && !line.get().contains(wanted)) {
      line = child.line();
    }
    assertThat(line).as(wanted + ": " + errors()).isPresent();
    System.out.println(line.get());
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }
}
