package sluice.daemon.transmission;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import sluice.daemon.shelf.Preferences;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.engine.rate.ClassLimits;
import sluice.engine.rate.ClassSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bandwidth groups, which are our classes of bandwidth. */
record GroupMethods(Preferences preferences) {
  private static final long KILO = 1_000;

  /** All of them, or those that {@code group} names. */
  ObjectNode get(JsonNode arguments) {
    Set<String> wanted = new TreeSet<>();
    JsonNode named = arguments.path("group");
    if (named.isString()) {
      wanted.add(named.stringValue());
    }
    named.valueStream().forEach(name -> wanted.add(name.asString("")));
    ObjectNode result = Json.object();
    ArrayNode array = result.putArray("group");
    for (ClassSpec each : preferences.groups().all()) {
      if (wanted.isEmpty() || wanted.contains(each.name())) {
        array
            .addObject()
            .put("name", each.name())
            .put("honorsSessionLimits", !each.exempt())
            .put("speed-limit-down", each.down().ceiling() / KILO)
            .put("speed-limit-down-enabled", each.down().ceiling() > 0)
            .put("speed-limit-up", each.up().ceiling() / KILO)
            .put("speed-limit-up-enabled", each.up().ceiling() > 0);
      }
    }
    return result;
  }

  /** Makes one or changes one; what is not named stays as it is. */
  ObjectNode set(JsonNode arguments) {
    String name = Json.text(arguments, "name").orElseThrow(() -> Problem.bad("no group was named"));
    List<ClassSpec> all = preferences.groups().all();
    ClassSpec before =
        all.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElse(ClassSpec.of(name, ClassLimits.PLAIN));
    preferences.group(
        name,
        !Json.flag(arguments, "honorsSessionLimits").orElse(!before.exempt()),
        limit(arguments, "speed-limit-down", before.down().ceiling()),
        limit(arguments, "speed-limit-up", before.up().ceiling()));
    return Json.object();
  }

  private static long limit(JsonNode arguments, String key, long before) {
    long limit = Json.number(arguments, key).map(kilos -> kilos * KILO).orElse(before);
    boolean on = Json.flag(arguments, key + "-enabled").orElse(before > 0);
    return on ? Math.max(0, limit) : 0;
  }
}
