package sluice.engine.pick;

import sluice.protocol.metainfo.Info;

/** Which files of a torrent are wanted, decided once its files are known. */
@FunctionalInterface
public interface FileChoice {
  /** What is wanted of {@code info}; called on the loop, must not block and not throw. */
  FileSelection of(Info info);
}
