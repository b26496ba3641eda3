/**
 * The tracker's configuration file: TOML to immutable values. A key that is not known is an error
 * that names the nearest known one. Any thread.
 */
@NullMarked
package sluice.tracker.config;

import org.jspecify.annotations.NullMarked;
