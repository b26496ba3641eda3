package sluice.state.record;

/** One line of the list of torrents: all that is small. Numbers are never given twice. */
public record TorrentRow(long id, Torrent torrent, Progress progress, Counters counters) {}
