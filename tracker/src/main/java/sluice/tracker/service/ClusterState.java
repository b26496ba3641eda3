package sluice.tracker.service;

/**
 * How a tracker stands with the others of its cluster.
 *
 * @param connected whether what they share is there; without it the tracker goes on with what it
 *     knows
 * @param behindMillis how much older what it knows of the others is than what was told last
 * @param dropped announces that the others were not told, as too many waited
 */
public record ClusterState(boolean connected, long behindMillis, long dropped) {}
