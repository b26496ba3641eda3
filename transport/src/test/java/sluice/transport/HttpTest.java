package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;

/** HTTP against the JDK's own server. */
class HttpTest {
  private HttpBed bed;

  @BeforeEach
  void open() throws IOException {
    bed = new HttpBed();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void sendsPathAndQueryAsTheyAre() {
    String raw = "/echo/%7Ea%2f?info_hash=%aB%00%ff+x&y=%20&z=a%26b";
    HttpBed.Reply reply = bed.get(bed.url(raw));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text())
        .startsWith(raw + " host=" + bed.url("").substring("http://".length()))
        .contains("agent=Sluice/");
  }

  @Test
  void givesErrorsWithTheirBody() {
    HttpBed.Reply reply = bed.get(bed.url("/missing"));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text()).isEqualTo("nothing here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/full", "/chunks", "/gzip"})
  void takesBodiesUpToTheLimit(String path) {
    HttpBed.Reply reply = bed.get(bed.url(path));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).hasSize(HttpBed.MAX_BODY_BYTES).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/large", "/many-chunks", "/bomb", "/odd", "/header"})
  void refusesWhatIsTooLargeOrBroken(String path) {
    assertThat(bed.get(bed.url(path)).kind()).isEqualTo(Fault.Kind.BAD_ANSWER);
  }

  @Test
  void followsRedirects() {
    assertThat(bed.get(bed.url("/to-echo")).text()).startsWith("/echo?from=here ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/circle", "/to-file"})
  void followsNoCirclesAndNoOtherSchemes(String path) {
    assertThat(bed.get(bed.url(path)).kind()).isEqualTo(Fault.Kind.BAD_ANSWER);
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, ADDRESS",
    "ftp://127.0.0.1/x, ADDRESS",
    "http:nothing, ADDRESS",
    "http://127.0.0.1:99999/, ADDRESS",
    "http://no-such-name.invalid/, UNKNOWN_HOST",
    "http://127.0.0.1:1/, REFUSED"
  })
  void faultsAreTold(String url, Fault.Kind kind) {
    Fault fault = bed.get(url).fault().orElseThrow();
    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.detail()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void endsWhenTheTimeIsOver() {
    Http.Request request =
        new Http.Request(
            URI.create(bed.url("/slow")), Optional.empty(), Optional.empty(), 1, 50_000_000L);
    assertThat(bed.get(request).kind()).isEqualTo(Fault.Kind.TIMEOUT);
  }

  @Test
  void comesFromTheLocalAddress() {
    Http.Request request =
        new Http.Request(
            URI.create(bed.url("/echo")),
            Optional.of(Bed.loopback("127.0.0.2")),
            Optional.empty(),
            HttpBed.MAX_BODY_BYTES,
            10_000_000_000L);
    assertThat(bed.get(request).text()).endsWith("from=127.0.0.2");
  }

  @Test
  void keepsToTheFamily() {
    Http.Request request =
        new Http.Request(
            URI.create(bed.url("/echo")), Optional.empty(), Optional.of(true), 1, 10_000_000_000L);
    assertThat(bed.get(request).kind()).isEqualTo(Fault.Kind.UNREACHABLE);
  }
}
