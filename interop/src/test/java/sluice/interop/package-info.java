/**
 * Runs of this program against transmission, aria2, libtorrent, opentracker and nginx, each as a
 * process on loopback. Whoever starts a process closes it; nothing is found but by the tracker or
 * by name.
 */
@NullMarked
package sluice.interop;

import org.jspecify.annotations.NullMarked;
