/** The Web API of qBittorrent, version 2.11.4, over the shelf. Threads: those of the requests. */
@NullMarked
package sluice.daemon.qbittorrent;

import org.jspecify.annotations.NullMarked;
