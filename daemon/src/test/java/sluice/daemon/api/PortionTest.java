package sluice.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What headers ask of files, and which links open them. */
class PortionTest {
  @ParameterizedTest
  @CsvSource({
    "'', 100, all",
    "bytes=0-, 100, 0-100",
    "bytes=0-0, 100, 0-1",
    "bytes=10-19, 100, 10-20",
    "bytes=90-200, 100, 90-100",
    "bytes=99-, 100, 99-100",
    "bytes=-1, 100, 99-100",
    "bytes=-100, 100, 0-100",
    "bytes=-500, 100, 0-100",
    "Bytes=5-9, 100, 5-10",
    "bytes=100-, 100, outside",
    "bytes=100-200, 100, outside",
    "bytes=999999999999999999-, 100, outside",
    "bytes=-0, 100, outside",
    "bytes=0-, 0, outside",
    "bytes=-1, 0, outside",
    "bytes=9-5, 100, all",
    "bytes=-, 100, all",
    "'bytes=0-1,5-6', 100, all",
    "lines=0-1, 100, all",
    "bytes=a-b, 100, all",
    "bytes=9999999999999999999-, 100, all",
  })
  void aHeaderAsksForAPart(String header, long length, String expected) {
    String found =
        switch (Portion.of(header, length)) {
          case Portion.All all -> "all";
          case Portion.Part(long from, long to) -> from + "-" + to;
          case Portion.Outside outside -> "outside";
        };
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aTicketOpensOneFileForADay() {
    AtomicLong now = new AtomicLong(1_800_000_000_000L);
    StreamTickets tickets = new StreamTickets(now::get);
    String ticket = tickets.of("ab", 3);
    assertThat(tickets.opens(ticket, "ab", 3)).isTrue();
    assertThat(tickets.opens(ticket, "ab", 4)).isFalse();
    assertThat(tickets.opens(ticket, "abc", 3)).isFalse();
    assertThat(new StreamTickets(now::get).opens(ticket, "ab", 3)).isFalse();
    String later = Long.toHexString(now.get() * 2) + ticket.substring(ticket.indexOf('-'));
    for (String forged :
        new String[] {"", "0", "-", later, ticket + "0", ticket.replace("-", "-0")}) {
      assertThat(tickets.opens(forged, "ab", 3)).as(forged).isFalse();
    }
    now.addAndGet(24 * 3_600_000L - 1);
    assertThat(tickets.opens(ticket, "ab", 3)).isTrue();
    now.incrementAndGet();
    assertThat(tickets.opens(ticket, "ab", 3)).isFalse();
  }

  @Test
  void onlyWhatIsPlayedIsPlayed() {
    assertThat(MediaTypes.of("A.MKV")).isEqualTo("video/x-matroska");
    assertThat(MediaTypes.of("page.html")).isEqualTo("application/octet-stream");
    assertThat(MediaTypes.of("drawing.svg")).isEqualTo("application/octet-stream");
    assertThat(MediaTypes.isPlayed("a.opus")).isTrue();
    assertThat(MediaTypes.isPlayed("a.srt")).isFalse();
  }
}
