/** Magnet URIs (BEP 9, 52, 53). Pure, any thread. */
@NullMarked
package sluice.protocol.magnet;

import org.jspecify.annotations.NullMarked;
