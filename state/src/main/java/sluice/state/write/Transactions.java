package sluice.state.write;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import sluice.state.fault.FaultPoint;
import sluice.state.fault.StateException;
import sluice.state.file.Reserve;
import sluice.state.sql.Database;
import sluice.state.sql.SqlFaults;
import sluice.state.write.Write.Durability;

/**
 * Commits writes: many in one transaction, and when that fails each in its own, with the reserve
 * freed if the disk is full. The writer's thread.
 */
final class Transactions {
  private final Connection connection;
  private final Tables tables;
  private final Reserve reserve;
  private boolean isReserveFreed;
  private volatile boolean sawDamage;
  private Durability mode = Durability.SYNCED;

  Transactions(Connection connection, Reserve reserve) throws SQLException {
    this.connection = connection;
    this.reserve = reserve;
    tables = Tables.of(connection);
  }

  /** Runs and commits {@code batch} and completes its writes; tells what was achieved. */
  Outcome commit(List<Write<?>> batch) {
    Durability durability =
        batch.stream().anyMatch(w -> w.durability() == Durability.SYNCED)
            ? Durability.SYNCED
            : Durability.HANDED_OVER;
    try {
      attempt(batch, durability);
      return durability == Durability.SYNCED ? Outcome.SYNCED : Outcome.HANDED_OVER;
    } catch (SQLException | RuntimeException e) {
      boolean freed = isRoomMissing(e) && freeReserve();
      if (batch.size() == 1 && !freed) {
        batch.getFirst().fail(translate(e));
        return Outcome.FAILED;
      }
      return commitSingly(batch, durability);
    }
  }

  /** Syncs what was handed over. */
  void force() throws SQLException {
    List<Write<?>> one =
        List.of(
            new Write<>(
                Durability.SYNCED,
                0,
                t -> {
                  t.common().force();
                  return "";
                }));
    try {
      attempt(one, Durability.SYNCED);
    } catch (SQLException e) {
      if (!isRoomMissing(e) || !freeReserve()) {
        throw e;
      }
      attempt(one, Durability.SYNCED);
    }
  }

  private Outcome commitSingly(List<Write<?>> batch, Durability durability) {
    Outcome outcome = durability == Durability.SYNCED ? Outcome.SYNCED : Outcome.HANDED_OVER;
    for (Write<?> write : batch) {
      try {
        attempt(List.of(write), durability);
      } catch (SQLException | RuntimeException e) {
        write.fail(translate(e));
        outcome = Outcome.FAILED;
      }
    }
    return outcome;
  }

  private void attempt(List<Write<?>> batch, Durability durability) throws SQLException {
    if (mode != durability) {
      String level = durability == Durability.SYNCED ? "FULL" : "NORMAL";
      Database.execute(connection, "PRAGMA synchronous=" + level);
      mode = durability;
    }
    Database.execute(connection, "BEGIN IMMEDIATE");
    List<Write<?>> accepted = new ArrayList<>(batch.size());
    List<Runnable> refusals = new ArrayList<>();
    try {
      for (Write<?> write : batch) {
        try {
          write.run(tables);
          accepted.add(write);
          FaultPoint.pass("state-statement");
        } catch (StateException e) {
          refusals.add(() -> write.fail(e));
        } catch (SQLException e) {
          if (SqlFaults.kind(e) != StateException.Kind.DUPLICATE) {
            throw e;
          }
          refusals.add(() -> write.fail(translate(e)));
        }
      }
      FaultPoint.pass("state-before-commit");
      Database.execute(connection, "COMMIT");
      FaultPoint.pass("state-after-commit");
    } catch (SQLException | RuntimeException e) {
      rollback(e);
      throw e;
    }
    accepted.forEach(Write::complete);
    refusals.forEach(Runnable::run);
  }

  private void rollback(Exception cause) {
    try {
      if (!connection.isClosed()) {
        Database.execute(connection, "ROLLBACK");
      }
    } catch (SQLException e) {
      // SQLite rolls back by itself after some errors; then there is nothing left to roll back.
      cause.addSuppressed(e);
    }
  }

  /** Whether the reserve was freed since this was asked last. */
  boolean tookReserve() {
    boolean was = isReserveFreed;
    isReserveFreed = false;
    return was;
  }

  private boolean freeReserve() {
    try {
      boolean freed = reserve.free();
      isReserveFreed |= freed;
      return freed;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isRoomMissing(Exception e) {
    if (!(e instanceof SQLException sql)) {
      return false;
    }
    StateException.Kind kind = SqlFaults.kind(sql);
    return kind == StateException.Kind.DISK_FULL || kind == StateException.Kind.IO;
  }

  /** Whether a write failed because the database is damaged. Any thread. */
  boolean sawDamage() {
    return sawDamage;
  }

  private RuntimeException translate(Exception e) {
    sawDamage |=
        e instanceof SQLException sql && SqlFaults.kind(sql) == StateException.Kind.DAMAGED;
    return switch (e) {
      case SQLException sql -> SqlFaults.translate("writing the state", sql);
      case RuntimeException other -> other;
      default -> new IllegalStateException(e);
    };
  }

  /** What became of a batch. */
  enum Outcome {
    SYNCED,
    HANDED_OVER,
    FAILED
  }
}
