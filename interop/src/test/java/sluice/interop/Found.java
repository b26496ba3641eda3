package sluice.interop;

/** How the peer that starts second finds the first. */
enum Found {
  BY_HTTP,
  BY_UDP,
  BY_NAME
}
