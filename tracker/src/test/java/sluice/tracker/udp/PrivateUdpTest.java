package sluice.tracker.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.tracker.udp.UdpDesk.at;
import static sluice.tracker.udp.UdpDesk.hash;
import static sluice.tracker.udp.UdpDesk.request;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.protocol.announce.AnnounceRequest.Event;
import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;
import sluice.tracker.access.AccessFiles;
import sluice.tracker.access.AccessGate;
import sluice.tracker.config.AccessSettings;
import sluice.tracker.config.AccessSettings.Mode;
import sluice.tracker.service.Gate;

/** Who is served by UDP when not everyone is: passkeys are in the URL data of BEP 41. */
final class PrivateUdpTest {
  private static final InetSocketAddress ANN = at("192.0.2.1", 4000);

  @TempDir Path folder;

  private UdpDesk desk(Mode mode, Optional<Path> torrents, Optional<Path> users)
      throws IOException {
    AccessSettings settings = new AccessSettings(mode, torrents, users, List.of());
    return new UdpDesk(AccessFiles.gate(settings, Gate.OPEN), UdpDesk.RULES);
  }

  private static String answer(UdpDesk desk, int torrent, String urlData) {
    UdpRequest announce =
        new UdpRequest.Announce(
            desk.connect(ANN), 2, request(torrent, 6001, 10, Event.NONE), 0, urlData);
    return switch (desk.ask(ANN, announce)) {
      case UdpReply.Refused refused -> refused.message();
      case UdpReply reply -> reply.getClass().getSimpleName();
    };
  }

  @Test
  void onlyUsersAreServed() throws IOException {
    String key = "k".repeat(64);
    Path users = Files.writeString(folder.resolve("users"), "abc Ann\n" + key + " Bob\n");
    UdpDesk desk = desk(Mode.OPEN, Optional.empty(), Optional.of(users));
    assertThat(answer(desk, 1, "")).contains("passkey missing");
    assertThat(answer(desk, 1, "/announce")).contains("passkey missing");
    assertThat(answer(desk, 1, "/abd/announce")).contains("unknown passkey");
    assertThat(answer(desk, 1, "/abc/announce")).isEqualTo("Announced");
    assertThat(answer(desk, 1, "/announce?x=1&passkey=abc")).isEqualTo("Announced");
    // Longer than an option of BEP 41, so that it comes in two.
    assertThat(answer(desk, 1, "/" + "x".repeat(300) + "/" + key + "/announce"))
        .isEqualTo("Announced");
    assertThat(((AccessGate) desk.core.gate()).accounts())
        .extracting(sums -> sums.name() + " " + sums.announces())
        .containsExactly("Ann 2", "Bob 1");
  }

  @Test
  void allButListedTorrentsAreServed() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), hash(1).hex() + "\n");
    UdpDesk desk = desk(Mode.DENY, Optional.of(list), Optional.empty());
    assertThat(answer(desk, 1, "")).isEqualTo("torrent not served");
    assertThat(answer(desk, 2, "")).isEqualTo("Announced");
    UdpRequest scrape = new UdpRequest.Scrape(desk.connect(ANN), 3, List.of(hash(1)));
    assertThat(desk.ask(ANN, scrape)).isInstanceOf(UdpReply.Refused.class);
    assertThat(desk.core.store().counts().swarms()).isEqualTo(1);
  }
}
