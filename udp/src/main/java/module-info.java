/** Many datagrams in one system call; depends on the JDK only. */
module sluice.udp {
  requires static transitive org.jspecify;

  exports sluice.udp;
}
