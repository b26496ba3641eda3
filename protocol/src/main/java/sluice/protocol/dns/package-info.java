/**
 * Questions to name servers and their answers (RFC 1035, 3596), as far as addresses and texts of a
 * host need them. Nothing here recurses, and names are followed a limited number of steps only. Any
 * thread.
 */
@NullMarked
package sluice.protocol.dns;

import org.jspecify.annotations.NullMarked;
