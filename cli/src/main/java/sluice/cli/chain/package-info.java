/** Chains as the commands use them: a hub's, a wallet's, and one in this process. One thread. */
@NullMarked
package sluice.cli.chain;

import org.jspecify.annotations.NullMarked;
