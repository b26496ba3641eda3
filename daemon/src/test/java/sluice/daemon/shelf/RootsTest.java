package sluice.daemon.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Problem;

/** Folders that the APIs give, and those that they do not. */
class RootsTest {
  @TempDir Path temp;

  @Test
  void nothingIsOutsideOfTheFolders() throws Exception {
    Path usual = Files.createDirectories(temp.resolve("data"));
    Path other = Files.createDirectories(temp.resolve("other"));
    Path secret = Files.createDirectories(temp.resolve("secret"));
    Files.createSymbolicLink(usual.resolve("link"), secret);
    Files.createSymbolicLink(usual.resolve("inside"), other);
    Roots roots = new Roots(usual, List.of(other));
    assertThat(roots.of("")).isEqualTo(usual);
    assertThat(roots.of("films/new")).isEqualTo(usual.resolve("films/new"));
    assertThat(roots.of(other + "/x")).isEqualTo(other.resolve("x"));
    for (String bad :
        List.of(
            "..",
            "../secret",
            "films/../../secret",
            secret.toString(),
            usual + "-too",
            "link",
            "link/deeper",
            "/",
            "/etc",
            "\0")) {
      assertThatThrownBy(() -> roots.of(bad)).as(bad).isInstanceOf(Problem.class);
    }
  }

  @Test
  void torrentFilesAreNotFetchedFromPrivateNetworks() {
    WebFetch fetch =
        new WebFetch(
            question -> {
              throw new AssertionError("asked " + question);
            },
            false);
    for (String bad :
        List.of(
            "http://127.0.0.1:1/x",
            "http://[::1]/x",
            "http://10.0.0.1/x",
            "http://192.168.1.1/x",
            "http://169.254.169.254/x",
            "http://100.64.0.1/x",
            "http://[fd00::1]/x",
            "http://[fe80::1]/x",
            "http://0.0.0.0/x",
            "http://localhost/x",
            "http://[::ffff:127.0.0.1]/x",
            "file:///etc/passwd",
            "ftp://192.0.2.1/x",
            "jar:http://192.0.2.1/x!/y",
            "nothing")) {
      assertThatThrownBy(() -> fetch.get(bad, 1_000))
          .as(bad)
          .isInstanceOf(Problem.class)
          .extracting(e -> ((Problem) e).status())
          .isIn(400, 403);
    }
  }
}
