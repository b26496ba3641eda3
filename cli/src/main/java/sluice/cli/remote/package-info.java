/** A daemon that runs, asked by its API. One thread. */
@NullMarked
package sluice.cli.remote;

import org.jspecify.annotations.NullMarked;
