package sluice.daemon.migrate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the torrents of another program in its state folder: {@code resume} and {@code torrents} of
 * Transmission, {@code BT_backup} of qBittorrent, or any folder with resume data of libtorrent.
 */
final class StateFolder {
  /** Most torrents of a folder. */
  static final int MAX_TORRENTS = 200_000;

  private static final List<String> BELOW =
      List.of(
          "", "BT_backup", "data/BT_backup", "qBittorrent/BT_backup", "qBittorrent/data/BT_backup");

  private StateFolder() {}

  /** A resume file and the torrent file that belongs to it, if there is one. */
  record Entry(Path resume, Optional<Path> torrent, boolean transmission) {
    Moving read() throws ForeignException, IOException {
      byte[] bytes = bytes(resume);
      Optional<byte[]> file =
          torrent.isEmpty() ? Optional.empty() : Optional.of(bytes(torrent.get()));
      if (!transmission) {
        return LibtorrentResume.read(bytes, file);
      }
      return TransmissionResume.read(
          bytes, file.orElseThrow(() -> new ForeignException("its torrent file is missing")));
    }

    private static byte[] bytes(Path file) throws ForeignException, IOException {
      if (Files.size(file) > Foreign.MAX_BYTES) {
        throw new ForeignException(file.getFileName() + " is too long");
      }
      return Files.readAllBytes(file);
    }
  }

  /** What is in {@code folder}; nothing if it is no such folder. */
  static List<Entry> entries(Path folder) throws IOException {
    if (Files.isDirectory(folder.resolve("resume"))
        && Files.isDirectory(folder.resolve("torrents"))) {
      return transmission(folder);
    }
    for (String below : BELOW) {
      Path inside = folder.resolve(below);
      if (Files.isDirectory(inside)) {
        List<Entry> found = libtorrent(inside);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private static List<Entry> transmission(Path folder) throws IOException {
    List<Entry> found = new ArrayList<>();
    for (Path resume : files(folder.resolve("resume"), "*.resume")) {
      found.add(new Entry(resume, beside(folder.resolve("torrents"), resume), true));
    }
    return found;
  }

  private static List<Entry> libtorrent(Path folder) throws IOException {
    List<Entry> found = new ArrayList<>();
    for (Path resume : files(folder, "*.{fastresume,resume}")) {
      found.add(new Entry(resume, beside(folder, resume), false));
    }
    return found;
  }

  private static List<Path> files(Path folder, String glob) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, glob)) {
      for (Path file : all) {
        if (files.size() < MAX_TORRENTS && Files.isRegularFile(file)) {
          files.add(file);
        }
      }
    }
    return files.stream().sorted().toList();
  }

  private static Optional<Path> beside(Path folder, Path resume) {
    String name = String.valueOf(resume.getFileName());
    String stem = name.substring(0, name.lastIndexOf('.'));
    return Stream.of(folder.resolve(stem + ".torrent")).filter(Files::isRegularFile).findFirst();
  }
}
