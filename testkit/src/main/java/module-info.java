/**
 * What tests of several modules share: virtual machines that are killed, and disks that are full or
 * go away. No part of the program.
 */
module sluice.testkit {
  requires static transitive org.jspecify;

  exports sluice.testkit;
}
