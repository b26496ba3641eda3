/**
 * The tracker for browsers: peers tell it offers and answers of WebRTC, and it hands them on
 * (WebTorrent's protocol, known by the program bittorrent-tracker). JSON; strings of 20 bytes are
 * texts of 20 characters. Peers are there as long as their connection is.
 */
@NullMarked
package sluice.tracker.websocket;

import org.jspecify.annotations.NullMarked;
