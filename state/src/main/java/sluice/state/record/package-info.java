/**
 * What is stored, as values, and the small records among them as bytes. The codecs have bounds that
 * are checked before anything is allocated, a version in the first byte, and keep fields that they
 * do not know. Pure; any thread.
 */
@NullMarked
package sluice.state.record;

import org.jspecify.annotations.NullMarked;
