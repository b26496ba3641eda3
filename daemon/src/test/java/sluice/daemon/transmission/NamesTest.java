package sluice.daemon.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of the RPC as JSON-RPC has them. */
class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "hashString, hash_string",
    "file-count, file_count",
    "fileCount, file_count",
    "isUTP, is_utp",
    "alt-speed-time-begin, alt_speed_time_begin",
    "seedRatioLimited, seed_ratio_limited",
    "id, id",
    "percentDone, percent_done",
    "haveValid, have_valid",
    "peer-limit, peer_limit"
  })
  void names(String older, String name) {
    assertThat(JsonRpc.name(older)).isEqualTo(name);
  }
}
