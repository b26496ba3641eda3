package sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void keepsOrderAndNesting() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put("a", List.of(2L, true, Map.of("x", "y"), List.of()));
    map.put("d", 0.5);
    map.put("m", Map.of());
    assertThat(Json.of(map))
        .isEqualTo("{\"z\":1,\"a\":[2,true,{\"x\":\"y\"},[]],\"d\":0.500,\"m\":{}}");
  }

  @Test
  void escapes() {
    assertThat(Json.of("a\"b\\c\n\r\t\u0000\u001b\u007f/"))
        .isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001b\\u007f/\"");
  }

  @Test
  void loneSurrogatesAreEscapedAndPairsAreKept() {
    assertThat(Json.of("\ud83d\ude00")).isEqualTo("\"\ud83d\ude00\"");
    assertThat(Json.of("x\ud83d")).isEqualTo("\"x\\ud83d\"");
    assertThat(Json.of("\ude00x")).isEqualTo("\"\\ude00x\"");
  }

  @Test
  void refusesWhatJsonCannotSay() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.of(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Json.of(new Object()));
  }
}
