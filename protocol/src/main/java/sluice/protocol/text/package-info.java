/** Text that came from strangers, and what people mean by text. Pure, any thread. */
@NullMarked
package sluice.protocol.text;

import org.jspecify.annotations.NullMarked;
