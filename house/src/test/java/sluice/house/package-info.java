/**
 * Tests of the code base itself: who may call whom, what must not be called, how the sources look.
 */
@NullMarked
package sluice.house;

import org.jspecify.annotations.NullMarked;
