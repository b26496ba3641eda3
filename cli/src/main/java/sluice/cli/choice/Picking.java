package sluice.cli.choice;

import java.util.BitSet;
import sluice.cli.Problem;
import sluice.client.AddOptions;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.protocol.metainfo.Info;

/**
 * What is wanted of a torrent and in which order.
 *
 * @param files what is wanted
 * @param sequential pieces from first to last instead of rarest first
 * @param ends the first and the last piece of each wanted file before all others
 */
public record Picking(FileChoice files, boolean sequential, boolean ends) {
  /** Everything, rarest first. */
  public static final Picking NONE = new Picking(FileChoice.ALL, false, false);

  /** Whether everything is wanted in the usual order. */
  public boolean isNone() {
    return files.isAll() && !sequential && !ends;
  }

  /** For a torrent that is known; a {@link sluice.cli.Problem} if the choice cannot be for it. */
  public PickOptions of(Info info) {
    return new PickOptions(files.of(info), sequential, ends, false);
  }

  /** For a torrent whose files are not known; nothing is wanted if the choice cannot be for it. */
  public AddOptions onto(AddOptions options) {
    AddOptions ordered =
        options.picking(new PickOptions(FileSelection.ALL, sequential, ends, false));
    return files.isAll() ? ordered : ordered.choosing(this::orNothing);
  }

  private FileSelection orNothing(Info info) {
    try {
      return files.of(info);
    } catch (Problem toldByTheTransfer) {
      return FileSelection.only(new BitSet(), info.files().size());
    }
  }
}
