/**
 * What is the same for all protocols of a tracker: who is let in, how often peers come back, and
 * what is counted. Any thread.
 */
@NullMarked
package sluice.tracker.service;

import org.jspecify.annotations.NullMarked;
