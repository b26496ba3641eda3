/**
 * The library's front door: {@link Client} and what it gives back. There is no static state; any
 * number of clients live side by side in one program. Any thread may call it.
 */
@NullMarked
package sluice.client;

import org.jspecify.annotations.NullMarked;
