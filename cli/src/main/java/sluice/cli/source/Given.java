package sluice.cli.source;

import java.util.List;
import sluice.protocol.address.HostPort;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/** A torrent as the user gave it. */
public sealed interface Given {
  /** Its identity, as far as it is known. */
  InfoHashes hashes();

  /** What it is called; a part of its hash if it has no name. */
  String name();

  /** Whether it names a tracker, or may do so. */
  boolean hasTrackers();

  /** Whether it names a web server that has its files. */
  boolean hasWebSeeds();

  /** Peers that it names. */
  List<HostPort> peers();

  /** A whole torrent file. {@code bytes} are not copied and not changed by anyone. */
  final class TorrentFile implements Given {
    private final Metainfo metainfo;
    private final byte[] bytes;

    public TorrentFile(Metainfo metainfo, byte[] bytes) {
      this.metainfo = metainfo;
      this.bytes = bytes;
    }

    /** What it says. */
    public Metainfo metainfo() {
      return metainfo;
    }

    /** As it was read. */
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public InfoHashes hashes() {
      return metainfo.info().hashes();
    }

    @Override
    public String name() {
      return metainfo.info().name();
    }

    @Override
    public boolean hasTrackers() {
      return !metainfo.trackers().isEmpty();
    }

    @Override
    public boolean hasWebSeeds() {
      return !metainfo.webSeeds().isEmpty();
    }

    @Override
    public List<HostPort> peers() {
      return List.of();
    }
  }

  /** A magnet link; peers have the rest. */
  record Link(Magnet magnet) implements Given {
    private static final int SHOWN_DIGITS = 12;

    @Override
    public InfoHashes hashes() {
      return magnet.hashes();
    }

    @Override
    public String name() {
      return magnet
          .name()
          .orElseGet(() -> "magnet " + hashes().best().hex().substring(0, SHOWN_DIGITS));
    }

    @Override
    public boolean hasTrackers() {
      return !magnet.trackers().isEmpty();
    }

    @Override
    public boolean hasWebSeeds() {
      return !magnet.webSeeds().isEmpty();
    }

    @Override
    public List<HostPort> peers() {
      return magnet.peers();
    }
  }

  /**
   * A torrent of a state folder.
   *
   * @param hasMetadata false: it is a magnet whose metadata have not come
   */
  record Kept(InfoHashes hashes, String name, boolean hasMetadata) implements Given {
    @Override
    public boolean hasTrackers() {
      return true;
    }

    @Override
    public boolean hasWebSeeds() {
      return false;
    }

    @Override
    public List<HostPort> peers() {
      return List.of();
    }
  }
}
