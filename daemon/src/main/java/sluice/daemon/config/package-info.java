/** The configuration file. What cannot be understood is an error. One thread. */
@NullMarked
package sluice.daemon.config;

import org.jspecify.annotations.NullMarked;
