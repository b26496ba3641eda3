/**
 * What tests of several modules share: virtual machines that are killed, connections that go away
 * with them, disks that are full or vanish, certificates, and secrets that nobody is to hear. No
 * part of the program.
 */
module sluice.testkit {
  requires transitive java.logging;
  requires transitive java.sql;
  requires static transitive org.jspecify;

  exports sluice.testkit;
}
