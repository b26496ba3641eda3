/**
 * HTTP and HTTPS requests. An exchange is bounded in time, redirects, header and body bytes, and a
 * name is resolved once: what was checked is what is connected to. Everything runs on the loop,
 * except TLS arithmetic and lookups, which run on virtual threads.
 */
@NullMarked
package sluice.transport.http;

import org.jspecify.annotations.NullMarked;
