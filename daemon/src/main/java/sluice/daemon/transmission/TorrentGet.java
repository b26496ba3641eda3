package sluice.daemon.transmission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sluice.daemon.shelf.Details;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells of torrents: as objects, or as a table with the names of the columns in its first row. */
final class TorrentGet {
  private final RpcContext context;
  private final Selection selection;
  private final TorrentFields fields;

  TorrentGet(RpcContext context, Selection selection) {
    this.context = context;
    this.selection = selection;
    this.fields = new TorrentFields(context);
  }

  /**
   * What was asked for, and can be written.
   *
   * @param names of the fields
   * @param gone torrents that were removed of late, if that was asked for
   */
  record Found(
      TorrentGet get,
      List<Item> items,
      List<String> names,
      boolean table,
      Optional<List<Integer>> gone) {

    /** Writes it torrent by torrent, with names as {@code spelled} has them. */
    void write(JsonGenerator json, Function<String, String> spelled) {
      List<String> shown = names.stream().map(spelled).toList();
      json.writeStartObject();
      json.writeArrayPropertyStart("torrents");
      if (table) {
        json.writeStartArray();
        shown.forEach(json::writeString);
        json.writeEndArray();
      }
      for (Item item : items) {
        get.write(json, item, this, shown);
      }
      json.writeEndArray();
      gone.ifPresent(numbers -> {
        json.writeArrayPropertyStart("removed");
        numbers.forEach(json::writeNumber);
        json.writeEndArray();
      });
      json.writeEndObject();
    }
  }

  /**
   * Finds what {@code arguments} ask for.
   *
   * @throws Problem if they make no sense
   */
  Found find(JsonNode arguments) {
    List<String> names = new ArrayList<>();
    arguments.path("fields").forEach(field -> names.add(field.asString()));
    if (!arguments.path("fields").isArray()) {
      throw Problem.bad("no fields specified");
    }
    return new Found(
        this,
        selection.of(arguments),
        names.stream().filter(fields::isKnown).distinct().toList(),
        Json.text(arguments, "format").filter("table"::equals).isPresent(),
        Selection.isRecent(arguments) ? Optional.of(gone()) : Optional.empty());
  }

  /** The same as a tree. */
  ObjectNode call(JsonNode arguments) {
    Found found = find(arguments);
    return (ObjectNode) Json.tree(json -> found.write(json, name -> name));
  }

  private List<Integer> gone() {
    long since = context.unixMillis().getAsLong() - Selection.RECENT_MILLIS;
    return context.desk().shelf().removed().stream()
        .filter(removed -> removed.millis() >= since)
        .map(Shelf.Removed::number)
        .toList();
  }

  private void write(JsonGenerator json, Item item, Found found, List<String> shown) {
    Details details = new Details(context.desk(), item);
    if (found.table()) {
      json.writeStartArray();
      found.names().forEach(name -> fields.write(json, name, details));
      json.writeEndArray();
    } else {
      json.writeStartObject();
      for (int i = 0; i < shown.size(); i++) {
        json.writeName(shown.get(i));
        fields.write(json, found.names().get(i), details);
      }
      json.writeEndObject();
    }
  }
}
