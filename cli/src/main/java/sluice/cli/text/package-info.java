/** Numbers, times and JSON as text, read and written. Pure, any thread. */
@NullMarked
package sluice.cli.text;

import org.jspecify.annotations.NullMarked;
