/**
 * In which country an address is used, by a table that is in the program; nobody is asked. Pure,
 * any thread.
 */
@NullMarked
package sluice.daemon.country;

import org.jspecify.annotations.NullMarked;
