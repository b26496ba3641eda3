/** SHA-1 and SHA-256 as values. Pure, any thread. */
@NullMarked
package sluice.protocol.digest;

import org.jspecify.annotations.NullMarked;
