package sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static final int ROUNDS = 2_000;

  @Test
  void whatIsWrittenIsRead() {
    Map<String, Object> all =
        Map.of("a", List.of(1L, "x\u001b\"", true), "b", Map.of("c", 1.5), "d", List.of());
    assertThat(JsonReader.read(Json.of(all))).isEqualTo(all);
    assertThat(JsonReader.read("{\"a\":null,\"b\":[null,2]}")).isEqualTo(Map.of("b", List.of(2L)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{", "[1", "{\"a\":}", "1 2", "{'a':1}", "nul", "\"\u0001\""})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void depthIsLimited() {
    String deep = "[".repeat(40) + "]".repeat(40);
    assertThatThrownBy(() -> JsonReader.read(deep)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whateverComesIsReadOrRefused() {
    String seeds = "{\"full\":true,\"torrents\":[{\"id\":\"ab\",\"eta\":-1,\"r\":0.5e3}]}";
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(round);
      StringBuilder text = new StringBuilder(seeds);
      for (int i = 0; i <= random.nextInt(4); i++) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
      }
      try {
        assertThat(JsonReader.read(text.toString())).as("seed %d", round).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).as("seed %d", round).hasMessageMatching("(?s).+");
      }
    }
  }
}
