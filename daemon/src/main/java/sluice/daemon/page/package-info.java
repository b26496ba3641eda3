/** The web page and its files. Threads: those of the requests. */
@NullMarked
package sluice.daemon.page;

import org.jspecify.annotations.NullMarked;
