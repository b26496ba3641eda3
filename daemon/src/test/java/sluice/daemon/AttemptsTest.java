package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.auth.Doorman;
import sluice.daemon.auth.Keyring;
import sluice.daemon.web.Head;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Scope;

/** Guessing keys. */
class AttemptsTest {
  private static final int TRIES = 1_000;
  private static final long HOUR_MILLIS = 3_600_000;

  @TempDir Path temp;

  private static int status(Doorman doorman, String key, InetAddress from) {
    try {
      doorman.of(new Head("GET", "/", "", Map.of("x-api-key", key), from, false));
      return 200;
    } catch (Problem e) {
      return e.status();
    }
  }

  @Test
  void afterFiveWrongKeysNoneIsLookedAtForAnHour() throws Exception {
    AtomicLong now = new AtomicLong(1);
    Keyring keys = new Keyring(temp.resolve("keys.json"), now::get);
    Doorman doorman = new Doorman(keys, now::get);
    String right = keys.make("program", Scope.ALL).secret();
    InetAddress far = InetAddress.getByName("192.0.2.7");
    int looked = 0;
    for (int i = 0; i < TRIES; i++) {
      looked += status(doorman, "guess" + i, far) == 401 ? 1 : 0;
    }
    assertThat(looked).isLessThanOrEqualTo(10);
    assertThat(status(doorman, right, far)).isEqualTo(403);
    assertThat(status(doorman, right, InetAddress.getByName("192.0.2.8"))).isEqualTo(200);
    now.addAndGet(HOUR_MILLIS);
    assertThat(status(doorman, right, far)).isEqualTo(200);
    assertThat(new Keyring(temp.resolve("keys.json"), now::get).find(right)).isPresent();
  }
}
