/**
 * Which block to ask of which peer: the state of every piece, availability, order. Pure state owned
 * by the torrent's loop.
 */
@NullMarked
package sluice.engine.pick;

import org.jspecify.annotations.NullMarked;
