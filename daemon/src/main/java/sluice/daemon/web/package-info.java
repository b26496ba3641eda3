/**
 * Requests and answers of HTTP, routes, and what is checked of every request before its route has
 * it. Nothing here knows of torrents. Threads: one virtual thread for each request.
 */
@NullMarked
package sluice.daemon.web;

import org.jspecify.annotations.NullMarked;
