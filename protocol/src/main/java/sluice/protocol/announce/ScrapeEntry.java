package sluice.protocol.announce;

import sluice.protocol.digest.Hash;

/**
 * What a tracker counts for one torrent.
 *
 * @param infoHash 20 bytes, v2 truncated
 * @param seeds complete peers
 * @param completed downloads that were ever completed
 * @param leeches incomplete peers
 */
public record ScrapeEntry(Hash infoHash, int seeds, int completed, int leeches) {}
