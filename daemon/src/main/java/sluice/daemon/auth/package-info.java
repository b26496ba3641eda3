/**
 * Who may do what: keys and their scopes, one-time links, sessions, and the count of failed tries.
 * Any thread.
 */
@NullMarked
package sluice.daemon.auth;

import org.jspecify.annotations.NullMarked;
