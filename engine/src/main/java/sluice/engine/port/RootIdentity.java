package sluice.engine.port;

/**
 * What tells the folder of a torrent's files from another one under the same name, such as the
 * mount point of a disk that is not there. Equal as long as the same file system is mounted.
 *
 * @param token opaque, one line, to be kept
 */
public record RootIdentity(String token) {}
