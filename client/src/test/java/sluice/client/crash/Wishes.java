package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** What a leech was asked for and acknowledged, by number of the torrent. */
final class Wishes {
  private final int[] acknowledged;
  private final int[] asked;
  private int count;

  Wishes(int torrents) {
    acknowledged = new int[torrents];
    asked = new int[torrents];
    forget();
  }

  void forget() {
    Arrays.fill(acknowledged, Leech.ABSENT);
    Arrays.fill(asked, Leech.ABSENT);
  }

  /** Takes a line; false if it is about something else. */
  boolean note(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "?" -> asked[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
      case "=" -> {
        acknowledged[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
        count++;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What is there must be what was acknowledged, or what was being done. */
  void found(int number, int wish, String what) {
    assertThat(wish).as(what).isIn(acknowledged[number], asked[number]);
    acknowledged[number] = wish;
    asked[number] = wish;
  }

  /** Number of acknowledged wishes. */
  int acknowledged() {
    return count;
  }
}
