package sluice.interop;

import java.nio.file.Path;
import java.util.List;

/**
 * What a program is to do with a torrent.
 *
 * @param work folder for the program's own files
 * @param torrent the torrent file
 * @param data folder in which the content is or will be
 * @param seed whether all data are there
 * @param tracker whether to announce
 * @param rc4 whether connections are to be encrypted, all of them, or none of them
 * @param peers addresses to connect to; programs that cannot be told ignore them
 */
record Job(
    Path work,
    Path torrent,
    Path data,
    boolean seed,
    boolean tracker,
    boolean rc4,
    List<String> peers) {
  Job {
    peers = List.copyOf(peers);
  }
}
