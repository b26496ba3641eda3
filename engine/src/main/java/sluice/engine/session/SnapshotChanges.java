package sluice.engine.session;

import java.util.List;

/**
 * What changed in the snapshots since a version.
 *
 * @param version to ask with the next time
 * @param full whether {@code changed} has all torrents there are: so it is when one was removed, or
 *     too much has changed
 * @param changed as they are at present
 */
public record SnapshotChanges(long version, boolean full, List<TorrentSnapshot> changed) {}
