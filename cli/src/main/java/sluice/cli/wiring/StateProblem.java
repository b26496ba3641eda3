package sluice.cli.wiring;

import java.nio.file.Path;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.state.fault.StateException;

/** What to tell the user when a state folder cannot be used. */
public final class StateProblem {
  private StateProblem() {}

  /** What {@code e}, which is about the state in {@code folder}, comes to. */
  public static Problem of(Path folder, StateException e) {
    String what = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case LOCKED ->
          new Problem(
              ExitCode.FAILED, what + "; end that one first, or name another folder by --state");
      case DAMAGED ->
          new Problem(
              ExitCode.INVALID,
              what
                  + "; put a backup of "
                  + folder
                  + " in its place, or name another folder by --state and add the torrents again:"
                  + " their data are checked and kept");
      case NEWER ->
          new Problem(
              ExitCode.FAILED, what + "; use the later version, or another folder by --state");
      case DISK_FULL ->
          new Problem(
              ExitCode.FAILED,
              what + "; the disk of " + folder + " is full: free some space and try again");
      case IO ->
          new Problem(
              ExitCode.FAILED,
              what + "; make " + folder + " readable and writable or name another by --state");
      case DUPLICATE, UNKNOWN_TORRENT, TOO_LARGE, BUSY, CLOSED ->
          new Problem(ExitCode.FAILED, what);
    };
  }
}
