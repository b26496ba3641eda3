package sluice.engine.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.policy.UrlGuard;

class TrackerUrlTest {
  private static TrackerUrl url(String text) {
    return TrackerUrl.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://t.example/announce",
        "HTTPS://t.example:443/abc/announce?x=1",
        "udp://t.example:80",
        "udp://[2001:db8::1]:80/announce",
        "http://127.0.0.1:6969/announce",
        "udp://127.0.0.1:6969",
        "http://t.example/a b|c?d={e}#f"
      })
  void usable(String text) {
    assertThat(TrackerUrl.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t.example",
        "wss://t.example/announce",
        "file:///etc/passwd",
        "udp://t.example/announce",
        "udp://t.example:99999/announce",
        "http:///announce",
        "http://t.example/a\nb"
      })
  void unusable(String text) {
    assertThat(TrackerUrl.parse(text)).isEmpty();
  }

  @Test
  void torrentsCannotSpeakToOtherServicesOfThisMachine() {
    assertThat(url("http://127.0.0.1:9091/rpc").isAllowed(UrlGuard.NORMAL)).isFalse();
    assertThat(url("http://localhost/announce?delete=all").isAllowed(UrlGuard.NORMAL)).isFalse();
    assertThat(url("https://[::1]/admin/announce").isAllowed(UrlGuard.NORMAL)).isFalse();
    assertThat(url("http://127.0.0.1:6969/announce").isAllowed(UrlGuard.NORMAL)).isTrue();
    assertThat(url("http://t.example/rpc?x=1").isAllowed(UrlGuard.NORMAL)).isTrue();
    assertThat(url("udp://127.0.0.1:6969").isAllowed(UrlGuard.NORMAL)).isTrue();
  }

  @Test
  void tooLong() {
    assertThat(TrackerUrl.parse("http://t.example/" + "a".repeat(2_048))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://t.example/announce, http://t.example/announce",
    "http://t.example:81/0123456789abcdef0123/announce, http://t.example:81/***/announce",
    "http://u:secret@t.example/announce?passkey=abc, http://t.example/announce?***",
    "udp://[2001:db8::1]:80, udp://[2001:db8::1]:80",
    "http://t.example/0123456789abcdef0123, http://t.example/***"
  })
  void secretsAreHidden(String text, String shown) {
    assertThat(url(text).redacted()).isEqualTo(shown).isEqualTo(url(text).toString());
  }

  @Test
  void messagesLoseSecretsAndControlCharacters() {
    TrackerUrl url = url("http://t.example/0123456789abcdef/announce.php?key=sesame123&a=1");
    assertThat(url.clean(" bad key sesame123 \u001b[31m in\n/0123456789abcdef/announce.php "))
        .isEqualTo("bad key *** \ufffd[31m in\ufffd/***/announce.php");
    assertThat(url.clean("x".repeat(1_000))).hasSize(200);
  }

  @Test
  void familiesOfLiterals() {
    assertThat(url("http://192.0.2.1/announce").literal()).isEqualTo(Optional.of(Family.IPV4));
    assertThat(url("http://[2001:db8::1]/announce").literal()).isEqualTo(Optional.of(Family.IPV6));
    assertThat(url("http://192.example/announce").literal()).isEmpty();
    assertThat(url("udp://[2001:db8::1]:7/announce").host()).isEqualTo("2001:db8::1");
  }
}
