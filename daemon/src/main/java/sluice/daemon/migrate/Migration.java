package sluice.daemon.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.client.AddOptions;
import sluice.client.Brought;
import sluice.daemon.shelf.Desk;
import sluice.daemon.web.Problem;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.engine.session.Terms;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.MetainfoWriter;
import sluice.protocol.wire.PieceSet;

/**
 * Takes over the torrents of another program, which must have ended. Its files are not changed.
 * What it verified is not checked again, unless the data were changed after it wrote that down.
 */
public final class Migration {
  /** What other programs append to the names of files that are not complete. */
  private static final List<String> PARTIAL = List.of(".!qB", ".part");

  /** Clocks of files are this exact. */
  private static final Duration EXACT = Duration.ofSeconds(2);

  private final Desk desk;

  /** Brings torrents to {@code desk}. */
  public Migration(Desk desk) {
    this.desk = desk;
  }

  /**
   * What became of one torrent.
   *
   * @param source the file that tells of it
   * @param hash its name; empty if it was not added
   * @param known pieces that need not be checked
   * @param problem why it was not added; empty if it was
   */
  public record Result(String source, String hash, int known, String problem) {}

  /** Adds all torrents that {@code folder} tells of. */
  public List<Result> run(Path folder) {
    List<StateFolder.Entry> entries;
    try {
      entries = StateFolder.entries(folder);
    } catch (IOException e) {
      throw Problem.bad(folder + " cannot be read: " + e.getMessage());
    }
    if (entries.isEmpty()) {
      throw Problem.bad(
          folder + " is no state folder of qBittorrent or Transmission, and has no resume files");
    }
    List<Result> results = new ArrayList<>();
    for (StateFolder.Entry entry : entries) {
      results.add(bring(entry));
    }
    return results;
  }

  private Result bring(StateFolder.Entry entry) {
    String source = String.valueOf(entry.resume().getFileName());
    try {
      Moving moving = entry.read();
      Desk.Arrival labels =
          new Desk.Arrival(moving.category(), moving.tags(), moving.name(), moving.folder());
      if (moving.file().isEmpty()) {
        Desk.Added added = desk.bring(moving.magnet().orElse(""), options(moving, 0), labels);
        return result(source, added, 0);
      }
      Metainfo metainfo = MetainfoParser.parse(moving.file().get());
      metainfo = moving.trackers().map(metainfo::trackers).orElse(metainfo);
      Brought brought = trusted(moving, metainfo, Files.getLastModifiedTime(entry.resume()));
      Desk.Added added =
          desk.bring(
              moving.trackers().isPresent() ? MetainfoWriter.write(metainfo) : moving.file().get(),
              options(moving, metainfo.info().files().size()),
              labels,
              brought);
      return result(source, added, brought.have().count());
    } catch (ForeignException | MetainfoException | IOException e) {
      return new Result(source, "", 0, String.valueOf(e.getMessage()));
    } catch (Problem e) {
      return new Result(source, "", 0, e.detail());
    }
  }

  private static Result result(String source, Desk.Added added, int known) {
    return added.duplicate()
        ? new Result(source, added.item().hash(), 0, "it is there already")
        : new Result(source, added.item().hash(), known, "");
  }

  private static AddOptions options(Moving moving, int files) {
    FileSelection selection =
        moving.priorities().size() == files && files > 0
            ? new FileSelection(moving.priorities())
            : FileSelection.ALL;
    AddOptions options =
        AddOptions.into(moving.folder())
            .limits(moving.down(), moving.up())
            .picking(new PickOptions(selection, moving.sequential(), moving.ends(), false))
            .terms(Terms.DEFAULT.share(moving.share()));
    return moving.stopped() ? options.stopped() : options;
  }

  /** What is known, if the files are as they were when it was written down. */
  private static Brought trusted(Moving moving, Metainfo metainfo, FileTime written)
      throws IOException {
    Map<Integer, List<String>> renamed = new HashMap<>(moving.renamed());
    boolean changed = false;
    List<FileEntry> files = metainfo.info().files();
    for (int i = 0; i < files.size(); i++) {
      List<String> path = renamed.getOrDefault(i, files.get(i).path());
      Optional<List<String>> there = there(moving.folder(), path);
      if (files.get(i).hasData() && there.isPresent()) {
        FileTime time = Files.getLastModifiedTime(resolve(moving.folder(), there.get()));
        changed |= time.toInstant().isAfter(written.toInstant().plus(EXACT));
        renamed.put(i, there.get());
      }
      if (files.get(i).path().equals(renamed.get(i))) {
        renamed.remove(i);
      }
    }
    Brought said = moving.brought();
    return new Brought(
        changed ? new PieceSet(0) : said.have(),
        renamed,
        said.uploaded(),
        said.downloaded(),
        said.active(),
        said.seeding(),
        said.added(),
        said.completed());
  }

  /** The file as it is called on the disk. */
  private static Optional<List<String>> there(Path folder, List<String> path) {
    if (Files.isRegularFile(resolve(folder, path))) {
      return Optional.of(path);
    }
    for (String ending : PARTIAL) {
      List<String> other = new ArrayList<>(path);
      other.set(other.size() - 1, other.getLast() + ending);
      if (Files.isRegularFile(resolve(folder, other))) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  private static Path resolve(Path folder, List<String> path) {
    Path file = folder;
    for (String part : path) {
      file = file.resolve(part);
    }
    return file;
  }
}
