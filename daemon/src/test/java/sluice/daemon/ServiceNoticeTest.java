package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears, by a real socket of its kind, and what it thinks of our unit. */
class ServiceNoticeTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
  private static final Pattern EXPOSURE =
      Pattern.compile("Overall exposure level for [^:]+: ([0-9.]+)");

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

  /** The program need not be there for it. */
  @Test
  void theUnitIsSoundAndConfined() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd-analyze is not installed");
    String unit = Files.readString(Path.of("..", "packaging", "sluice.service"));
    assertThat(unit).contains("Type=notify", "ExecStart=/opt/sluice/sluice daemon");
    Path file =
        Files.writeString(
            temp.resolve("sluice.service"), unit.replace("/opt/sluice/sluice", "/bin/true"));
    assertThat(analyze("verify", "--man=no", file.toString())).isEmpty();
    String level = analyze("security", "--offline=true", "--no-pager", file.toString());
    Matcher exposure = EXPOSURE.matcher(level);
    assertThat(exposure.find()).as(level).isTrue();
    assertThat(Double.parseDouble(exposure.group(1))).as(level).isLessThan(2.5);
  }

  private static String analyze(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(ANALYZE.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
