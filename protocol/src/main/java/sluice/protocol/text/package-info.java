/** Text that came from strangers. Pure, any thread. */
@NullMarked
package sluice.protocol.text;

import org.jspecify.annotations.NullMarked;
