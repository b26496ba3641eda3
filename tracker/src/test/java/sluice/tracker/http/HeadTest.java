package sluice.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines of a request, wherever their ends are in the eight bytes that are looked at together. */
final class HeadTest {
  private final Head head = new Head("");

  private boolean keepsAlive(String lines) {
    byte[] bytes = Head.ascii("GET /announce?a=b HTTP/1.1\r\n" + lines + "\r\n");
    // What is behind the request is of another one.
    byte[] more =
        Head.ascii(new String(bytes, java.nio.charset.StandardCharsets.US_ASCII) + "\r\n");
    assertThat(head.read(more, bytes.length)).as(lines).isTrue();
    assertThat(head.method).isEqualTo(Head.Method.GET);
    assertThat(head.target()).isEqualTo("/announce?a=b");
    return head.keepsAlive;
  }

  @Test
  void linesEndWithBothBytesOnly() {
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        String odd = "X: " + "y".repeat(i) + "\r" + "z".repeat(j) + "\n\r\r";
        assertThat(keepsAlive(odd + "\nConnection: close\r\n")).as(odd).isFalse();
        assertThat(keepsAlive(odd + "Connection: close\r\n")).as(odd).isTrue();
        assertThat(keepsAlive(odd + "\n")).as(odd).isTrue();
      }
    }
  }
}
