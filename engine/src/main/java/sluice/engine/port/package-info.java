/**
 * The only way out of the engine: time, chance, network, disk and names. Every completion runs on
 * the loop of the caller, never inside the call that asked.
 */
@NullMarked
package sluice.engine.port;

import org.jspecify.annotations.NullMarked;
