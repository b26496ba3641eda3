package sluice.ledger.api;

import java.nio.file.Path;

/** Where a server's certificate and private key are, in PEM. */
public record TlsFiles(Path certificate, Path key) {}
