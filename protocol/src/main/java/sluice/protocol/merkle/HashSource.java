package sluice.protocol.merkle;

import java.util.Optional;
import sluice.protocol.digest.Hash;

/** Nodes of one file's tree, as far as they are known. */
public interface HashSource {
  /** The node {@code index} of {@code level}, or empty when it is not known. */
  Optional<Hash> hash(int level, int index);
}
