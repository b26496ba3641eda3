package sluice.tracker.websocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The peers of one torrent that are connected. The owner's lock guards it. */
final class Crowd {
  private final Map<String, Member> byId = new HashMap<>();
  private final List<Member> members = new ArrayList<>();
  private int seeds;
  private int downloads;

  /** A peer, and where it is in the list. */
  private static final class Member {
    final String id;
    final Signaller signaller;
    boolean seed;
    int place;

    Member(String id, Signaller signaller, int place) {
      this.id = id;
      this.signaller = signaller;
      this.place = place;
    }
  }

  /** Keeps a peer; gives false if another connection has its id. */
  boolean put(String id, Signaller signaller, boolean seed) {
    Member member = byId.get(id);
    if (member == null) {
      member = new Member(id, signaller, members.size());
      byId.put(id, member);
      members.add(member);
    } else if (member.signaller != signaller) {
      return false;
    }
    if (member.seed != seed) {
      member.seed = seed;
      seeds += seed ? 1 : -1;
    }
    return true;
  }

  void countDownload() {
    downloads++;
  }

  void remove(String id, Signaller signaller) {
    Member member = byId.get(id);
    if (member == null || member.signaller != signaller) {
      return;
    }
    byId.remove(id);
    seeds -= member.seed ? 1 : 0;
    Member last = members.removeLast();
    if (last != member) {
      last.place = member.place;
      members.set(last.place, last);
    }
  }

  Optional<Signaller> find(String id) {
    return Optional.ofNullable(byId.get(id)).map(member -> member.signaller);
  }

  /** Up to {@code want} others, by chance; to seeds no seeds. */
  List<Signaller> choose(String id, boolean seed, int want, SplittableRandom random) {
    List<Signaller> chosen = new ArrayList<>();
    int size = members.size();
    for (int i = 0; i < Math.min(size, 4 * want) && chosen.size() < want; i++) {
      // What was looked at moves to the front, so that nobody is looked at twice.
      Member member = members.get(random.nextInt(i, size));
      swap(i, member.place);
      if (!member.id.equals(id) && !(seed && member.seed)) {
        chosen.add(member.signaller);
      }
    }
    return chosen;
  }

  private void swap(int i, int j) {
    Member one = members.get(i);
    Member other = members.get(j);
    members.set(i, other);
    members.set(j, one);
    other.place = i;
    one.place = j;
  }

  int seeds() {
    return seeds;
  }

  int leeches() {
    return members.size() - seeds;
  }

  int downloads() {
    return downloads;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }
}
