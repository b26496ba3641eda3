/**
 * What a running transfer tells its user: a live line, plain lines or JSON lines. Runs on one
 * thread at a time.
 */
@NullMarked
package sluice.cli.progress;

import org.jspecify.annotations.NullMarked;
