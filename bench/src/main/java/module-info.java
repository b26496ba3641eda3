/** Measures the program beside libtorrent, each as a process of its own. */
module sluice.bench {
  requires static transitive org.jspecify;
  requires java.management;
  requires java.net.http;
}
