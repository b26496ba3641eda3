/**
 * What is written of the commands, made of the description by which they are parsed: manual pages
 * and completions of shells. Pure, any thread.
 */
@NullMarked
package sluice.cli.manual;

import org.jspecify.annotations.NullMarked;
