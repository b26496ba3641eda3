package sluice.daemon.shelf;

import java.nio.file.Path;
import java.util.List;

/** Where the data of torrents are, by category and by how much of them is there. */
public record Placing(Desk desk) {
  /** Whether the folders of torrents follow their categories; at once, too. */
  public void automate(List<Item> items, boolean on) {
    for (Item item : items) {
      desk.intents().change(item.hash(), intent -> intent.automatic(on));
      follow(List.of(item), item.record().category());
    }
  }

  /** Brings those to the folder of a category that are to follow it. */
  public void follow(List<Item> items, String category) {
    List<Item> following =
        items.stream().filter(item -> desk.intents().of(item.hash()).automatic()).toList();
    if (!following.isEmpty()) {
      settle(following, desk.folderOf(category));
    }
  }

  /** Has the data of torrents be in a folder when they are complete. */
  public void settle(List<Item> items, String text) {
    Path folder = desk.roots().of(text);
    for (Item item : items) {
      if (desk.intents().of(item.hash()).finish().isEmpty()) {
        desk.change(item, handle -> handle.move(folder));
      } else {
        desk.intents().change(item.hash(), intent -> intent.finish(folder.toString()));
        desk.shelf().touch(item.torrent());
      }
    }
  }

  /** Has the data of torrents be in another folder until they are complete; empty: the same. */
  public void settleIncomplete(List<Item> items, String text) {
    for (Item item : items) {
      String finish = desk.intents().of(item.hash()).finish();
      String last = finish.isEmpty() ? item.record().folder().toString() : finish;
      Path folder = desk.roots().of(text.isBlank() ? last : text);
      boolean same = folder.toString().equals(last);
      if (!item.isComplete()) {
        desk.intents().change(item.hash(), intent -> intent.finish(same ? "" : last));
        desk.change(item, handle -> handle.move(folder));
      }
    }
  }
}
