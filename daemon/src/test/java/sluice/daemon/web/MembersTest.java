package sluice.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Members of objects are written, and things are ordered by them. */
class MembersTest {
  private record Thing(String name, long size, double part, boolean big) {}

  private static final Members<Thing> MEMBERS =
      new Members<Thing>()
          .text("name", Thing::name)
          .number("size", Thing::size)
          .fraction("part", Thing::part)
          .flag("big", Thing::big)
          .tree("list", thing -> Json.array().add(thing.name()));

  private static final List<Thing> THINGS =
      List.of(
          new Thing("b", 1L << 40, 0.5, true),
          new Thing("C", 2, 0.25, false),
          new Thing("a", 3, 1, true));

  @Test
  void aThingIsAnObjectInTheOrderOfItsMembers() {
    assertThat(Json.text(MEMBERS.object(THINGS.getFirst())))
        .isEqualTo(
            "{\"name\":\"b\",\"size\":1099511627776,\"part\":0.5,\"big\":true,\"list\":[\"b\"]}");
    assertThat(Json.text(Json.tree(json -> MEMBERS.write(json, "size", THINGS.getLast()))))
        .isEqualTo("3");
    assertThat(Json.text(Json.tree(json -> MEMBERS.write(json, "none", THINGS.getLast()))))
        .isEqualTo("null");
    assertThat(MEMBERS.has("big")).isTrue();
    assertThat(MEMBERS.has("none")).isFalse();
  }

  @Test
  void thingsAreOrderedByAnyMember() {
    assertThat(by("name")).containsExactly("a", "b", "C");
    assertThat(by("size")).containsExactly("C", "a", "b");
    assertThat(by("part")).containsExactly("C", "b", "a");
    assertThat(by("big")).containsExactly("C", "b", "a");
    assertThat(by("none")).as("as they were").containsExactly("b", "C", "a");
  }

  private static Stream<String> by(String member) {
    return THINGS.stream().sorted(MEMBERS.by(member)).map(Thing::name);
  }
}
