package sluice.sim.world;

import sluice.engine.port.Loop;

/**
 * The event loop of one simulated process. Its clock has an arbitrary, possibly negative origin.
 * When the process is killed, whatever was to happen on the loop does not.
 */
public final class SimLoop implements Loop {
  /** Origins stay away from the ends of the range, where a virtual year could overflow. */
  private static final int ORIGIN_SHIFT = 4;

  private final SimWorld world;
  private final String name;
  private final int id;
  private final long origin;
  private boolean alive = true;

  SimLoop(SimWorld world, String name, int id, long origin) {
    this.world = world;
    this.name = name;
    this.id = id;
    this.origin = origin >> ORIGIN_SHIFT;
  }

  /** The world whose time this loop follows. */
  public SimWorld world() {
    return world;
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  int id() {
    return id;
  }

  /** Whether events still run. */
  public boolean isAlive() {
    return alive;
  }

  /** Ends the process: no event runs on this loop any more. */
  public void kill() {
    alive = false;
  }

  /** Lets {@code action} run on this loop after {@code delayNanos}; callable from anywhere. */
  public void post(long delayNanos, String label, Runnable action) {
    world.schedule(this, delayNanos, label, action);
  }

  /** Fails unless the caller is on this loop. */
  public void check() {
    if (!isCurrent()) {
      throw new IllegalStateException("not on the loop of " + name);
    }
  }

  @Override
  public long now() {
    return world.now() + origin;
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    check();
    SimEvent event = world.schedule(this, delayNanos, "timer", task);
    return () -> event.action = null;
  }

  @Override
  public void execute(Runnable task) {
    post(0, "task", task);
  }

  @Override
  public boolean isCurrent() {
    return world.current() == this;
  }
}
