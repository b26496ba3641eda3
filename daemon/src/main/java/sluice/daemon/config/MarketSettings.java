package sluice.daemon.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The table {@code [market]}: where is paid, and with which wallet.
 *
 * @param ledger the hub
 * @param wallet file with the key; empty: the usual one
 * @param passwordFile file with the wallet's password; empty: the environment has it
 * @param inPrivate whether it is also in private torrents
 */
public record MarketSettings(
    URI ledger, Optional<Path> wallet, Optional<Path> passwordFile, boolean inPrivate) {}
