package sluice.cli.choice;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.engine.pick.FileSelection;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;

/**
 * Which files of a torrent are wanted: numbers as {@code sluice info} shows them, ranges of numbers
 * and patterns of names, of which those that begin with {@code !} take files away. The rules work
 * from left to right, beginning with all files if the first one takes away. Immutable.
 */
public final class FileChoice {
  /** Every file. */
  public static final FileChoice ALL = new FileChoice(List.of());

  private static final int MAX_SHOWN = 20;

  private final List<FileRule> rules;

  private FileChoice(List<FileRule> rules) {
    this.rules = rules;
  }

  /**
   * The choice of all {@code texts}, each of them rules with commas between them; an {@link
   * IllegalArgumentException} tells what is wrong.
   */
  public static FileChoice parse(List<String> texts) {
    List<FileRule> rules = new ArrayList<>();
    for (String text : texts) {
      for (String part : text.split(",", -1)) {
        rules.add(FileRule.parse(part.strip()));
      }
    }
    return new FileChoice(List.copyOf(rules));
  }

  /** Whether nothing was chosen, so that all files are wanted. */
  public boolean isAll() {
    return rules.isEmpty();
  }

  /** Whether a file is named by its number, which means a file of one torrent only. */
  public boolean hasNumbers() {
    return rules.stream().anyMatch(FileRule.Numbers.class::isInstance);
  }

  /** The files of a torrent that are chosen; a {@link Problem} if a rule cannot be meant for it. */
  public FileSelection of(Info info) {
    if (isAll()) {
      return FileSelection.ALL;
    }
    BitSet chosen = new BitSet();
    if (rules.getFirst().isExclusion()) {
      chosen.set(0, info.files().size());
    }
    for (FileRule rule : rules) {
      apply(rule, info, chosen);
    }
    if (numbered(info).stream().noneMatch(chosen::get)) {
      throw wrong(info, "no file is selected");
    }
    return FileSelection.only(chosen, info.files().size());
  }

  private static void apply(FileRule rule, Info info, BitSet chosen) {
    List<Integer> files = numbered(info);
    boolean used = false;
    for (int i = 0; i < files.size(); i++) {
      int file = files.get(i);
      if (rule.covers(i + 1, info.files().get(file))) {
        used = true;
        chosen.set(file, !rule.isExclusion());
      }
    }
    switch (rule) {
      case FileRule.Numbers n -> {
        boolean isOpen = n.last() == Integer.MAX_VALUE;
        if (!used || (!isOpen && n.last() > files.size())) {
          throw wrong(info, "there is no file " + (isOpen ? n.first() : n.last()));
        }
      }
      case FileRule.Names n -> {
        if (!used && !n.isExclusion()) {
          throw wrong(info, "no file matches '" + n.text() + "'");
        }
      }
    }
  }

  /** The indexes of the files that have a number, which is one more than their place here. */
  public static List<Integer> numbered(Info info) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < info.files().size(); i++) {
      if (!info.files().get(i).isPad()) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  private static Problem wrong(Info info, String what) {
    List<Integer> files = numbered(info);
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(files.size(), MAX_SHOWN); i++) {
      shown.add((i + 1) + " " + name(info.files().get(files.get(i))));
    }
    int more = files.size() - shown.size();
    return new Problem(
        ExitCode.NOT_FOUND,
        info.name()
            + ": "
            + what
            + "; it has "
            + (files.size() == 1 ? "one file: " : files.size() + " files: ")
            + shown.stream().collect(Collectors.joining(", "))
            + (more > 0 ? " and " + more + " more, which sluice info lists" : ""));
  }

  /** The path below the torrent's own folder. */
  private static String name(FileEntry file) {
    int levels = file.path().size();
    return String.join("/", levels > 1 ? file.path().subList(1, levels) : file.path());
  }
}
