/** The RPC of Transmission, version 17, over the shelf. Threads: those of the requests. */
@NullMarked
package sluice.daemon.transmission;

import org.jspecify.annotations.NullMarked;
