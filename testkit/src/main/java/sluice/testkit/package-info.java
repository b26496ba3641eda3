/**
 * Programs that tests start, kill and put onto full disks or into networks of their own. Nothing
 * here asserts: tests do. One thread for each object that does not say otherwise.
 */
@NullMarked
package sluice.testkit;

import org.jspecify.annotations.NullMarked;
