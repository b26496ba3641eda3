package sluice.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Reach;

/** Which addresses are public, and what errors mean. */
class EndpointsTest {
  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "127.0.0.1, false",
    "10.1.2.3, false",
    "192.168.1.1, false",
    "169.254.169.254, false",
    "0.0.0.0, false",
    "0.1.2.3, false",
    "100.64.0.1, false",
    "100.128.0.1, true",
    "240.0.0.1, false",
    "224.0.0.1, false",
    "2001:4860::8, true",
    "::1, false",
    "fe80::1, false",
    "fd00::1, false",
    "::, false"
  })
  void publicAddresses(String literal, boolean global) {
    assertThat(Reach.isPublic(InetAddress.ofLiteral(literal))).isEqualTo(global);
  }

  @ParameterizedTest
  @CsvSource({
    "recvAddress(..) failed with error(-104): Connection reset by peer, CLOSED",
    "writevAddresses(..) failed with error(-32): Broken pipe, CLOSED",
    "Network is unreachable, UNREACHABLE",
    "bind(..) failed with error(-98): Address already in use, ADDRESS",
    "Operation not permitted, NO_PERMISSION",
    "Message too long, IO"
  })
  void systemErrors(String text, Fault.Kind kind) {
    Fault fault = Faults.of(new SocketException(text));
    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.detail()).doesNotContain("failed with");
  }

  @Test
  void wrappedErrorsAreUnwrapped() {
    IOException cause = new SSLHandshakeException("no trust\nmore lines");
    assertThat(Faults.of(new DecoderException(cause)))
        .isEqualTo(new Fault(Fault.Kind.TLS, "no trust"));
  }
}
