package sluice.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import sluice.cli.progress.Terminal;

/**
 * Where the program reads and writes.
 *
 * @param in standard input
 * @param out results
 * @param err all else
 * @param columns width of the terminal at {@code err}; 0 if there is none that can redraw a line
 */
public record Console(InputStream in, PrintStream out, PrintStream err, int columns) {

  /** The process's own, in UTF-8. */
  public static Console system() {
    return new Console(
        System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), Terminal.columns());
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    var bytes = new BufferedOutputStream(new FileOutputStream(descriptor));
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
