package sluice.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of requests: names, paths, forms. */
class WebPartsTest {
  private static final long SEED = 20_261_126;
  private static final int ROUNDS = 20_000;
  private static final byte[] FORM =
      ("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\n"
              + "Content-Disposition: form-data; name=\"f\"; filename=\"x.torrent\"\r\n\r\n"
              + "d4:infodee\r\n--b--\r\n")
          .getBytes(StandardCharsets.UTF_8);

  private final Hosts hosts = new Hosts(List.of("Box.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:80",
        "127.0.0.1",
        "127.0.0.1:8390",
        "192.0.2.1",
        "[::1]",
        "[::1]:8390",
        "[2001:db8::1]",
        "box.example",
        "BOX.EXAMPLE:443"
      })
  void ourNames(String host) {
    assertThat(hosts.isKnown(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "evil.example",
        "localhost.evil.example",
        "evil.example:8390",
        "127.0.0.1.evil.example",
        "box.example.",
        "xbox.example",
        "box.example@evil.example",
        "evil.example#localhost",
        "localhost:8390:1",
        "localhost:",
        "localhost:x",
        "[::1",
        "[::1]x",
        "[evil]",
        "::1:80",
        "127.1",
        "2130706433",
        "0x7f.1",
        "localhost,evil.example",
        "127.0.0.1:999999"
      })
  void namesOfOthers(String host) {
    assertThat(hosts.isKnown(host)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8390, 127.0.0.1:8390, false, true",
    "http://localhost, localhost:80, false, true",
    "https://box.example, box.example, false, true",
    "https://box.example, box.example:443, false, true",
    "https://box.example, box.example, true, true",
    "http://box.example, box.example, true, false",
    "http://box.example:443, box.example:443, true, false",
    "http://box.example:81, box.example, false, false",
    "null, localhost, false, false",
    "file://, localhost, false, false",
    "http://localhost.evil.example, localhost, false, false",
    "http://localhost:8390@evil.example, localhost:8390, false, false"
  })
  void originsOfOurPages(String origin, String host, boolean secure, boolean same) {
    assertThat(Hosts.isSame(origin, host, secure)).isEqualTo(same);
  }

  private static String path(String raw) {
    return new Head("GET", raw, "", Map.of(), InetAddress.getLoopbackAddress(), false).path();
  }

  @Test
  void pathsAreDecodedAndClean() {
    assertThat(path("/a/b%20c/d+e")).isEqualTo("/a/b c/d+e");
    for (String bad :
        List.of("/..", "/a/../b", "/%2e%2e/b", "/a%2fb", "/a%5cb", "/a%00", "/./a", "/%zz")) {
      assertThatThrownBy(() -> path(bad)).as(bad).isInstanceOf(Problem.class);
    }
  }

  @Test
  void aFormHasFieldsAndFiles() {
    Fields fields = Fields.of("q=1&q=2&x=a%26b");
    List<Request.Part> parts = Multipart.read("multipart/form-data; boundary=b", FORM, fields);
    assertThat(fields.get("a")).contains("1");
    assertThat(fields.get("q")).contains("1");
    assertThat(fields.get("x")).contains("a&b");
    assertThat(parts).hasSize(1);
    assertThat(parts.getFirst().bytes()).asString().isEqualTo("d4:infodee");
  }

  @Test
  void brokenFormsAreProblemsAndNothingElse() {
    Random random = new Random(SEED);
    int problems = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] form = FORM.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        form[random.nextInt(form.length)] = (byte) random.nextInt(256);
      }
      form = Arrays.copyOf(form, random.nextInt(form.length + 1));
      try {
        Multipart.read("multipart/form-data; boundary=b", form, Fields.of(""));
      } catch (Problem e) {
        problems++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", round " + round, e);
      }
    }
    assertThat(problems).isPositive();
  }
}
