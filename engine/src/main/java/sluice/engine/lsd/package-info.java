/**
 * Local service discovery (BEP 14): tells the local network of public torrents, and hears of peers
 * in it. At most one message a minute leaves. Thread: the loop of the session.
 */
@NullMarked
package sluice.engine.lsd;

import org.jspecify.annotations.NullMarked;
