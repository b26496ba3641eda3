package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears, by a real socket of its kind. */
class ServiceNoticeTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final String LISTENER =
      """
      import socket, sys
      heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      heard.bind(sys.argv[1])
      print("bound", flush=True)
      for i in range(2):
          print(heard.recv(100).decode(), flush=True)
      """;

  @TempDir Path temp;

  @Test
  void itIsToldByOneDatagram() throws Exception {
    assumeTrue(Files.isExecutable(PYTHON), "python3 is not installed");
    Path socket = temp.resolve("notify");
    Process listener =
        new ProcessBuilder(PYTHON.toString(), "-c", LISTENER, socket.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = listener.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("bound");
      ServiceNotice.send(Optional.of(socket.toString()), "READY=1");
      assertThat(lines.readLine()).isEqualTo("READY=1");
      ServiceNotice.send(Optional.of(socket.toString()), "STOPPING=1");
      assertThat(lines.readLine()).isEqualTo("STOPPING=1");
      assertThat(listener.waitFor()).isZero();
    } finally {
      listener.destroyForcibly();
    }
  }

  @Test
  void withoutAManagerNobodyIsTold() {
    ServiceNotice.send(Optional.empty(), "READY=1");
    ServiceNotice.send(Optional.of("not a path"), "READY=1");
    assertThat(Files.exists(temp)).isTrue();
  }
}
