/** A client that keeps running, put together with its web server. Any thread may call it. */
@NullMarked
package sluice.daemon;

import org.jspecify.annotations.NullMarked;
