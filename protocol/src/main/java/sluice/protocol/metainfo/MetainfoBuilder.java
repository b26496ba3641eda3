package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.metainfo.FileEntry.Attribute;

/**
 * Describes a torrent that is to be made. Files are put into the byte-wise order of their paths; a
 * {@link Draft} then takes the hashes. One thread.
 */
public final class MetainfoBuilder {
  /** Which hashes a torrent gets. */
  public enum Version {
    V1,
    V2,
    HYBRID
  }

  private static final Comparator<List<String>> BY_BYTES =
      (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
          int order = Arrays.compareUnsigned(a.get(i).getBytes(UTF_8), b.get(i).getBytes(UTF_8));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(a.size(), b.size());
      };

  final String name;
  final boolean singleFile;
  Version version = Version.HYBRID;
  boolean isPrivate;
  List<List<String>> trackers = List.of();
  List<String> webSeeds = List.of();
  Optional<String> comment = Optional.empty();
  Optional<String> source = Optional.empty();
  Optional<String> createdBy = Optional.empty();
  Optional<Instant> created = Optional.empty();
  private final List<FileEntry> files = new ArrayList<>();
  private boolean aligned;
  private int pieceLength;

  private MetainfoBuilder(String name, boolean singleFile) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a torrent has a name");
    }
    this.name = name;
    this.singleFile = singleFile;
  }

  /** A torrent of one file without a folder. */
  public static MetainfoBuilder ofFile(String name, long length) {
    MetainfoBuilder builder = new MetainfoBuilder(name, true);
    builder.add(List.of(name), length, Set.of(), Optional.empty());
    return builder;
  }

  /** A torrent of a folder; files are added by their paths below it. */
  public static MetainfoBuilder ofFolder(String name) {
    return new MetainfoBuilder(name, false);
  }

  /** Adds a file of the folder. */
  public MetainfoBuilder file(List<String> path, long length) {
    return add(below(path), length, Set.of(), Optional.empty());
  }

  /** Adds a file of the folder that may be run. */
  public MetainfoBuilder executable(List<String> path, long length) {
    return add(below(path), length, EnumSet.of(Attribute.EXECUTABLE), Optional.empty());
  }

  /** Adds a link in the folder to {@code target}, a path below the folder (BEP 47). */
  public MetainfoBuilder symlink(List<String> path, List<String> target) {
    return add(below(path), 0, EnumSet.of(Attribute.SYMLINK), Optional.of(below(target)));
  }

  /** Which hashes it gets; hybrid unless told otherwise. */
  public MetainfoBuilder version(Version chosen) {
    version = chosen;
    return this;
  }

  /** Bytes of a piece; chosen by {@link #automaticPieceLength} unless told otherwise. */
  public MetainfoBuilder pieceLength(int bytes) {
    pieceLength = bytes;
    return this;
  }

  /** Whether a v1 torrent gets pad files, so that each file starts a piece; hybrids always do. */
  public MetainfoBuilder aligned(boolean on) {
    aligned = on;
    return this;
  }

  /** Whether peers may come from trackers only (BEP 27). */
  public MetainfoBuilder isPrivate(boolean on) {
    isPrivate = on;
    return this;
  }

  /** The tiers of announce URLs. */
  public MetainfoBuilder trackers(List<List<String>> tiers) {
    trackers = tiers.stream().filter(t -> !t.isEmpty()).map(List::copyOf).toList();
    return this;
  }

  /** The web seeds of BEP 19. */
  public MetainfoBuilder webSeeds(List<String> urls) {
    webSeeds = List.copyOf(urls);
    return this;
  }

  /** Where it belongs: the same data with another source is another torrent. */
  public MetainfoBuilder source(String text) {
    source = Optional.of(text);
    return this;
  }

  /** A comment for people. */
  public MetainfoBuilder comment(String text) {
    comment = Optional.of(text);
    return this;
  }

  /** The program that makes the torrent. */
  public MetainfoBuilder createdBy(String program) {
    createdBy = Optional.of(program);
    return this;
  }

  /** When it is made. */
  public MetainfoBuilder created(Instant when) {
    created = Optional.of(when);
    return this;
  }

  /**
   * A power of two from 16 KiB to 16 MiB that gives about 1,000 to 2,000 pieces.
   *
   * @param total bytes of all files
   */
  public static int automaticPieceLength(long total) {
    int length = PieceLayout.BLOCK;
    while (length < 1 << 24 && total / length >= 2_000) {
      length *= 2;
    }
    return length;
  }

  /**
   * The files in their final order, ready to be hashed.
   *
   * @throws IllegalArgumentException when no torrent can be made of this; the message says why
   */
  public Draft draft() {
    long total = files.stream().mapToLong(FileEntry::length).reduce(0, Math::addExact);
    if (total == 0) {
      throw new IllegalArgumentException("there is no file with any bytes");
    }
    int length = pieceLength == 0 ? automaticPieceLength(total) : pieceLength;
    if (version != Version.V1 && (length < PieceLayout.BLOCK || Integer.bitCount(length) != 1)) {
      throw new IllegalArgumentException("v2 needs a piece length of a power of two from 16 KiB");
    }
    List<FileEntry> sorted =
        files.stream().sorted(Comparator.comparing(FileEntry::path, BY_BYTES)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).path().equals(sorted.get(i - 1).path())) {
        throw new IllegalArgumentException("two files have the path " + sorted.get(i).path());
      }
    }
    return new Draft(this, length, placed(sorted, length));
  }

  private MetainfoBuilder add(
      List<String> path, long length, Set<Attribute> attributes, Optional<List<String>> target) {
    if (path.stream().anyMatch(e -> e.isEmpty() || e.equals(".") || e.equals(".."))) {
      throw new IllegalArgumentException("not a path in a torrent: " + path);
    }
    if (length >= FileFields.MAX_FILE_LENGTH) {
      throw new IllegalArgumentException("file is too large for a torrent: " + path);
    }
    files.add(new FileEntry(path, length, 0, attributes, target, Optional.empty()));
    return this;
  }

  private List<String> below(List<String> path) {
    if (singleFile || path.isEmpty()) {
      throw new IllegalArgumentException("only a folder has files with paths");
    }
    List<String> all = new ArrayList<>(path.size() + 1);
    all.add(name);
    all.addAll(path);
    return all;
  }

  /** Gives each file its offset, and pads or gaps as the version needs them. */
  private List<FileEntry> placed(List<FileEntry> sorted, int length) {
    boolean pads = !singleFile && (version == Version.HYBRID || (version == Version.V1 && aligned));
    List<FileEntry> placed = new ArrayList<>();
    long offset = 0;
    for (FileEntry file : sorted) {
      placed.add(
          new FileEntry(
              file.path(),
              file.length(),
              offset,
              file.attributes(),
              file.symlink(),
              Optional.empty()));
      offset = Math.addExact(offset, file.length());
      long gap = offset % length == 0 ? 0 : length - offset % length;
      if (gap > 0 && pads && sorted.size() > 1) {
        placed.add(pad(gap, offset));
      }
      offset += pads || version == Version.V2 ? gap : 0;
    }
    return placed;
  }

  private FileEntry pad(long length, long offset) {
    List<String> path = List.of(name, ".pad", Long.toString(length));
    Set<Attribute> attributes = EnumSet.of(Attribute.PAD);
    return new FileEntry(path, length, offset, attributes, Optional.empty(), Optional.empty());
  }
}
