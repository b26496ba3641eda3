package sluice.storage.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;

/** Puts failures of the file system as faults of the port, one line each. */
final class Faults {
  /** With less than this free, an unexplained failure to write is taken for a full disk. */
  private static final long FULL_BELOW_BYTES = 1 << 16;

  private Faults() {}

  /** The fault of {@code e}, which happened at {@code path}. */
  static Fault of(IOException e, Path path) {
    return switch (e) {
      case FaultException known -> known.fault();
      case NoSuchFileException missing ->
          new Fault(Fault.Kind.MISSING, missing.getFile() + ": no such file or folder");
      case AccessDeniedException denied ->
          new Fault(Fault.Kind.NO_PERMISSION, denied.getFile() + ": permission denied");
      case NotDirectoryException file ->
          new Fault(Fault.Kind.NO_PERMISSION, file.getFile() + ": not a folder");
      case EOFException end ->
          new Fault(Fault.Kind.MISSING, path + ": shorter than the torrent says");
      case ClosedChannelException closed -> new Fault(Fault.Kind.CLOSED, path + ": closed");
      case FileSystemException other ->
          byReason(other.getReason(), other.getFile() == null ? path : Path.of(other.getFile()));
      default -> byReason(e.getMessage(), path);
    };
  }

  /**
   * The fault of {@code e}, which happened when {@code path} was to be made or written. Messages of
   * the system may be in any language; the free space is not.
   */
  static Fault ofWrite(IOException e, Path path) {
    Fault fault = of(e, path);
    return fault.kind() == Fault.Kind.IO && isFull(path) ? full(path) : fault;
  }

  /** The fault of a name that this system cannot represent. */
  static Fault of(InvalidPathException e) {
    return new Fault(
        Fault.Kind.IO,
        "the file name "
            + e.getInput()
            + " cannot be used on this system ("
            + e.getReason()
            + "); a UTF-8 locale may help");
  }

  private static Fault byReason(@Nullable String reason, Path path) {
    String text = reason == null ? "input or output error" : reason;
    String known = text.toLowerCase(Locale.ROOT);
    if (known.contains("no space left") || known.contains("quota exceeded")) {
      return full(path);
    }
    if (known.contains("read-only file system") || known.contains("not permitted")) {
      return new Fault(Fault.Kind.NO_PERMISSION, path + ": " + known);
    }
    if (known.contains("not a directory")) {
      return new Fault(Fault.Kind.NO_PERMISSION, path + ": a parent is not a folder");
    }
    return new Fault(Fault.Kind.IO, path + ": " + known);
  }

  private static Fault full(Path path) {
    return new Fault(Fault.Kind.NO_SPACE, path + ": no space left on the device");
  }

  private static boolean isFull(Path path) {
    try {
      Path there = Files.exists(path) ? path : path.getParent();
      return there != null && Files.getFileStore(there).getUsableSpace() < FULL_BELOW_BYTES;
    } catch (IOException unknown) {
      return false;
    }
  }
}
