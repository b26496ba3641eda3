/**
 * Programs that tests start, kill and put onto full disks. Nothing here asserts: tests do. One
 * thread for each object.
 */
@NullMarked
package sluice.testkit;

import org.jspecify.annotations.NullMarked;
