package sluice.state;

import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import sluice.state.write.Tables;
import sluice.state.write.Write;
import sluice.state.write.Write.Durability;
import sluice.state.write.Writer;

/** Changes that give no result. Any thread. */
record Changes(Writer writer) {
  /** Statements of one change. */
  @FunctionalInterface
  interface Change {
    void in(Tables tables) throws SQLException;
  }

  /** Has {@code change} done in its turn; it takes {@code bytes} while it waits. */
  CompletionStage<@Nullable Void> offer(Durability durability, long bytes, Change change) {
    return writer.offer(
        new Write<@Nullable Void>(
            durability,
            bytes,
            tables -> {
              change.in(tables);
              return null;
            }));
  }
}
