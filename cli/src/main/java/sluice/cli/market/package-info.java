/**
 * The bandwidth market as get and seed use it: opened only when it is asked for, as its libraries
 * take time to load.
 */
@NullMarked
package sluice.cli.market;

import org.jspecify.annotations.NullMarked;
