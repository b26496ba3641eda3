/**
 * End-to-end measurements: whole processes exchange one torrent on loopback, and what they took of
 * time, CPU and memory is printed. One measurement runs at a time; the main thread drives it.
 */
@NullMarked
package sluice.bench;

import org.jspecify.annotations.NullMarked;
