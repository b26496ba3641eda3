package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.List;

/** Collects what was tolerated while a torrent file is read. One thread. */
final class SoftErrors {
  /** Messages kept; people do not read more. */
  static final int MAX = 32;

  private final List<String> messages = new ArrayList<>();

  void add(String message) {
    if (messages.size() < MAX) {
      messages.add(message);
    }
  }

  List<String> list() {
    return List.copyOf(messages);
  }
}
