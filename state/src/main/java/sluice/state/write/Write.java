package sluice.state.write;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One change that waits or is under way. It is done as a whole or not at all; its first statement
 * is the one that may be refused. Made by any thread, run on the writer's.
 */
public final class Write<T extends @Nullable Object> {
  /** When a write counts as done. */
  public enum Durability {
    /** It is on the disk: neither a crash nor a power cut undoes it. */
    SYNCED,
    /** The system has it: a crash of the program does not undo it, a power cut may for a moment. */
    HANDED_OVER
  }

  /** The statements of a write. */
  @FunctionalInterface
  public interface Action<T extends @Nullable Object> {
    /** Runs them. A StateException refuses this write only, so it comes before any change. */
    T run(Tables tables) throws SQLException;
  }

  private final Action<T> action;
  private final Durability durability;
  private final long bytes;
  private final CompletableFuture<T> done = new CompletableFuture<>();
  private @Nullable T result;

  /** {@code bytes} is about how much memory it holds. */
  public Write(Durability durability, long bytes, Action<T> action) {
    this.action = action;
    this.durability = durability;
    this.bytes = bytes;
  }

  /** Completes on the writer's thread when the write is done, or was refused. */
  public CompletableFuture<T> done() {
    return done;
  }

  Durability durability() {
    return durability;
  }

  long bytes() {
    return bytes;
  }

  void run(Tables tables) throws SQLException {
    result = action.run(tables);
  }

  void complete() {
    // Null only for actions that return null, which are those of type Void.
    done.complete(result);
  }

  void fail(RuntimeException cause) {
    done.completeExceptionally(cause);
  }
}
