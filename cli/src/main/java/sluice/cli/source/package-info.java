/** Where torrents come from: files, standard input and the web. Runs on the main thread. */
@NullMarked
package sluice.cli.source;

import org.jspecify.annotations.NullMarked;
