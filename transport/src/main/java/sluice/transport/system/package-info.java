/** Names and chance as the operating system gives them. Each class states its threads. */
@NullMarked
package sluice.transport.system;

import org.jspecify.annotations.NullMarked;
