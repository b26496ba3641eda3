/** Messages of local service discovery (BEP 14) to values and back. Pure, any thread. */
@NullMarked
package sluice.protocol.lsd;

import org.jspecify.annotations.NullMarked;
