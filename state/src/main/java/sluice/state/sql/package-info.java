/**
 * The database {@code state.db}: its schema, statements for each table, checks and copies. A
 * connection and what was made for it belong to one thread at a time; {@link SQLException} does not
 * leave this package except from the statements, which the writer translates.
 */
@NullMarked
package sluice.state.sql;

import java.sql.SQLException;
import org.jspecify.annotations.NullMarked;
