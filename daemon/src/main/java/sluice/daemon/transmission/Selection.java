package sluice.daemon.transmission;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.web.Problem;
import tools.jackson.databind.JsonNode;

/** Which torrents a request means: {@code ids} are numbers, hashes, both, or absent for all. */
record Selection(Shelf shelf, LongSupplier unixMillis) {
  static final String RECENT = "recently-active";

  /** What {@code recently-active} means. */
  static final long RECENT_MILLIS = 60_000;

  List<Item> of(JsonNode arguments) {
    JsonNode ids = arguments.path("ids");
    if (ids.isMissingNode() || ids.isNull()) {
      return shelf.items();
    } else if (isRecent(arguments)) {
      return shelf.changedAfter(unixMillis.getAsLong() - RECENT_MILLIS);
    }
    Stream<JsonNode> each =
        ids.isArray() ? StreamSupport.stream(ids.spliterator(), false) : Stream.of(ids);
    return each.flatMap(id -> find(id).stream()).distinct().toList();
  }

  static boolean isRecent(JsonNode arguments) {
    return arguments.path("ids").isString() && arguments.path("ids").stringValue().equals(RECENT);
  }

  private Optional<Item> find(JsonNode id) {
    if (id.isString()) {
      return shelf.find(id.stringValue());
    } else if (id.isNumber()) {
      return shelf.find((int) id.doubleValue());
    }
    throw Problem.bad("ids are numbers or hashes");
  }
}
