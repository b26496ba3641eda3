/**
 * Feeds of the web: folders of feeds, the articles that they brought, and rules by which articles
 * become torrents. Everything of a feed has a limit, as others write it. Threads: any that may
 * block; feeds are fetched in threads of their own.
 */
@NullMarked
package sluice.daemon.rss;

import org.jspecify.annotations.NullMarked;
