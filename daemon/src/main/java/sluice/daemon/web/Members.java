package sluice.daemon.web;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What APIs tell of a thing: named values, which are written as members of a JSON object without a
 * tree of it, and by which lists are ordered. Not changed once it is in use.
 *
 * @param <T> the kind of thing
 */
public final class Members<T> {
  private final Map<String, Member<T>> members = new LinkedHashMap<>();

  private record Member<T>(SerializableString name, Value<T> value) {}

  private sealed interface Value<T> {
    void write(JsonGenerator json, T thing);

    Comparator<T> order();
  }

  private record Text<T>(Function<T, String> of) implements Value<T> {
    @Override
    public void write(JsonGenerator json, T thing) {
      json.writeString(of.apply(thing));
    }

    @Override
    public Comparator<T> order() {
      return Comparator.comparing(of, String.CASE_INSENSITIVE_ORDER);
    }
  }

  private record Whole<T>(ToLongFunction<T> of) implements Value<T> {
    @Override
    public void write(JsonGenerator json, T thing) {
      json.writeNumber(of.applyAsLong(thing));
    }

    @Override
    public Comparator<T> order() {
      return Comparator.comparingLong(of);
    }
  }

  private record Fraction<T>(ToDoubleFunction<T> of) implements Value<T> {
    @Override
    public void write(JsonGenerator json, T thing) {
      json.writeNumber(of.applyAsDouble(thing));
    }

    @Override
    public Comparator<T> order() {
      return Comparator.comparingDouble(of);
    }
  }

  private record Flag<T>(Predicate<T> of) implements Value<T> {
    @Override
    public void write(JsonGenerator json, T thing) {
      json.writeBoolean(of.test(thing));
    }

    @Override
    public Comparator<T> order() {
      return Comparator.comparing(of::test);
    }
  }

  private record Tree<T>(Function<T, JsonNode> of) implements Value<T> {
    @Override
    public void write(JsonGenerator json, T thing) {
      json.writeTree(of.apply(thing));
    }

    @Override
    public Comparator<T> order() {
      return Comparator.comparing(thing -> of.apply(thing).asString(""));
    }
  }

  private Members<T> put(String name, Value<T> value) {
    members.put(name, new Member<>(new SerializedString(name), value));
    return this;
  }

  /** One that is text. */
  public Members<T> text(String name, Function<T, String> value) {
    return put(name, new Text<>(value));
  }

  /** One that is a whole number. */
  public Members<T> number(String name, ToLongFunction<T> value) {
    return put(name, new Whole<>(value));
  }

  /** One that is a number. */
  public Members<T> fraction(String name, ToDoubleFunction<T> value) {
    return put(name, new Fraction<>(value));
  }

  /** One that is true or false. */
  public Members<T> flag(String name, Predicate<T> value) {
    return put(name, new Flag<>(value));
  }

  /** One that is a list, an object, or nothing at times. */
  public Members<T> tree(String name, Function<T, JsonNode> value) {
    return put(name, new Tree<>(value));
  }

  /** Whether there is one of this name. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** Writes {@code thing} as an object. */
  public void write(JsonGenerator json, T thing) {
    json.writeStartObject();
    members
        .values()
        .forEach(member -> {
          json.writeName(member.name());
          member.value().write(json, thing);
        });
    json.writeEndObject();
  }

  /** Writes the value called {@code name} of {@code thing}, without its name. */
  public void write(JsonGenerator json, String name, T thing) {
    Member<T> member = members.get(name);
    if (member == null) {
      json.writeNull();
    } else {
      member.value().write(json, thing);
    }
  }

  /** {@code thing} as an object. */
  public ObjectNode object(T thing) {
    return (ObjectNode) Json.tree(json -> write(json, thing));
  }

  /** The order of things by what is called {@code name}; all are alike if there is no such. */
  public Comparator<T> by(String name) {
    Member<T> member = members.get(name);
    return member == null ? (_, _) -> 0 : member.value().order();
  }
}
