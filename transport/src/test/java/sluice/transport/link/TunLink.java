package sluice.transport.link;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Carries the packets between two sides, at a rate, late, not all of them. */
final class TunLink {
  private static final int MOST_BYTES = 65_536;
  private static final int LATE_NANOS = 8_000_000;
  private static final double MILLI = 1e6;

  private final Way there;
  private final Way back;

  TunLink(Side a, Side b, Weather weather, long seed) {
    there = new Way(a.file(), b.file(), weather, new Random(seed));
    back = new Way(b.file(), a.file(), weather, new Random(seed + 1));
    there.start();
    back.start();
  }

  /** Changes what happens to packets from here on, in both directions. */
  void weather(Weather changed) {
    there.weather = changed;
    back.weather = changed;
  }

  /** Forgets how long packets from a have waited. */
  void measure() {
    synchronized (there) {
      there.waits.clear();
    }
  }

  /** How long half of the packets from a have waited in the queue, in milliseconds. */
  double medianWait() {
    synchronized (there) {
      List<Long> sorted = new ArrayList<>(there.waits);
      Collections.sort(sorted);
      return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2) / MILLI;
    }
  }

  /** A packet that is under way. */
  private record Packet(long dueNanos, long number, byte[] bytes) implements Comparable<Packet> {
    @Override
    public int compareTo(Packet other) {
      int byTime = Long.compare(dueNanos, other.dueNanos);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }

  /** One direction. */
  private static final class Way {
    private final int from;
    private final int to;
    private final Random chance;
    private final PriorityQueue<Packet> under = new PriorityQueue<>();
    private final List<Long> waits = new ArrayList<>();
    private volatile Weather weather;
    private long freeAt = System.nanoTime();
    private long number;

    Way(int from, int to, Weather weather, Random chance) {
      this.from = from;
      this.to = to;
      this.weather = weather;
      this.chance = chance;
    }

    void start() {
      var _ = Thread.ofPlatform().daemon().name("link in").start(this::take);
      var _ = Thread.ofPlatform().daemon().name("link out").start(this::give);
    }

    private void take() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment room = arena.allocate(MOST_BYTES);
        while (true) {
          int length = Kernel.read(from, room);
          enter(room.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private synchronized void enter(byte[] packet) {
      Weather now = weather;
      long time = System.nanoTime();
      long starts = Math.max(time, freeAt);
      boolean full = starts - time > now.queueMillis() * MILLI;
      boolean lost = chance.nextDouble() < now.loss();
      if (full || !now.up()) {
        return;
      }
      if (packet.length > now.mostBytes()) {
        Fragments.of(packet, now.mostBytes()).forEach(this::enter);
        return;
      }
      waits.add(starts - time);
      freeAt = starts + packet.length * 8_000_000_000L / now.bitsPerSecond();
      if (lost) {
        return;
      }
      long due = freeAt + (long) (now.delayMillis() * MILLI);
      boolean late = chance.nextDouble() < now.late();
      under.add(new Packet(late ? due + chance.nextInt(LATE_NANOS) : due, number++, packet));
      if (chance.nextDouble() < now.twice()) {
        under.add(new Packet(due, number++, packet));
      }
      notifyAll();
    }

    private void give() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment room = arena.allocate(MOST_BYTES);
        while (true) {
          byte[] packet = next();
          MemorySegment.copy(packet, 0, room, ValueLayout.JAVA_BYTE, 0, packet.length);
          Kernel.write(to, room.asSlice(0, packet.length));
        }
      }
    }

    private synchronized byte[] next() {
      try {
        while (true) {
          Packet first = under.peek();
          long waits = first == null ? Long.MAX_VALUE : first.dueNanos - System.nanoTime();
          if (first != null && waits <= 0) {
            under.remove();
            return first.bytes;
          }
          long millis = waits / 1_000_000;
          wait(Math.min(millis, 60_000), millis >= 60_000 ? 0 : (int) (waits % 1_000_000));
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
