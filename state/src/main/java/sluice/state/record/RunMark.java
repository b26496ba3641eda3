package sluice.state.record;

/** One run of the program: when it opened the state, and when it closed it (0: it did not). */
public record RunMark(long number, long startedMillis, long endedMillis) {}
