package sluice.daemon.transmission;

import java.util.ArrayList;
import java.util.List;
import sluice.daemon.shelf.Details;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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

  ObjectNode call(JsonNode arguments) {
    List<String> names = new ArrayList<>();
    arguments.path("fields").forEach(field -> names.add(field.asString()));
    if (names.isEmpty()) {
      throw Problem.bad("no fields specified");
    }
    List<String> known = names.stream().filter(fields::isKnown).distinct().toList();
    boolean table = Json.text(arguments, "format").filter("table"::equals).isPresent();
    ObjectNode result = Json.object();
    ArrayNode torrents = result.putArray("torrents");
    if (table) {
      ArrayNode head = torrents.addArray();
      known.forEach(head::add);
    }
    for (Item item : selection.of(arguments)) {
      Details details = new Details(context.desk(), item);
      if (table) {
        ArrayNode row = torrents.addArray();
        known.forEach(name -> row.add(fields.value(name, details)));
      } else {
        ObjectNode object = torrents.addObject();
        known.forEach(name -> object.set(name, fields.value(name, details)));
      }
    }
    if (Selection.isRecent(arguments)) {
      long since = context.unixMillis().getAsLong() - Selection.RECENT_MILLIS;
      ArrayNode removed = result.putArray("removed");
      for (Shelf.Removed gone : context.desk().shelf().removed()) {
        if (gone.millis() >= since) {
          removed.add(gone.number());
        }
      }
    }
    return result;
  }
}
