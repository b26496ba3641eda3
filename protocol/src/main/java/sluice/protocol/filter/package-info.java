/**
 * Lists of blocked address ranges in the formats that are in use, and what they say about an
 * address. A list is read byte by byte; a bad line is counted and skipped. One thread for each
 * object, but {@link sluice.protocol.filter.IpFilter} is immutable.
 */
@NullMarked
package sluice.protocol.filter;

import org.jspecify.annotations.NullMarked;
