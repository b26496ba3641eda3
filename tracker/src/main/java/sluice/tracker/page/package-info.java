/**
 * What people and programs see of a tracker beside announces: metrics, health, the status page and
 * the administration. Called by the HTTP loops; does not wait.
 */
@NullMarked
package sluice.tracker.page;

import org.jspecify.annotations.NullMarked;
