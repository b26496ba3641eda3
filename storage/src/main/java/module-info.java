/** Torrent data on real files: block memory, disk workers, verification and hashing. */
module sluice.storage {
  requires static transitive org.jspecify;
  requires transitive sluice.engine;
  requires transitive sluice.protocol;

  exports sluice.storage.file;
  exports sluice.storage.hashing;
  exports sluice.storage.pool;
}
