package sluice.client;

import sluice.engine.session.SessionStatus;
import sluice.storage.file.DiskStatus;

/**
 * A client at one moment, and what it has done since its start.
 *
 * @param session peers, trackers and the DHT
 * @param disk what is read and written
 * @param usedBlocks blocks of memory that arrive, wait to be written, or were read and not sent
 */
public record ClientStatus(SessionStatus session, DiskStatus disk, int usedBlocks) {}
