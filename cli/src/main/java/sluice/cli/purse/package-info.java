/** Keys, passwords and amounts as the commands for ledger and wallet use them. One thread. */
@NullMarked
package sluice.cli.purse;

import org.jspecify.annotations.NullMarked;
