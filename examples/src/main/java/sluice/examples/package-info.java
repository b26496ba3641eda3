/**
 * Examples of how a program uses the library. Each is complete: what it opens it closes. They hold
 * no state of their own; the thread that calls one waits in it.
 */
@NullMarked
package sluice.examples;

import org.jspecify.annotations.NullMarked;
