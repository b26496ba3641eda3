package sluice.transport;

/** The way that one kind of traffic takes. */
public sealed interface Route {
  /** From this machine to the other. */
  record Direct() implements Route {}

  /** Through a proxy and never around it. */
  record Through(Proxy proxy) implements Route {}

  /** Nowhere. */
  record Closed() implements Route {}

  /** The same for datagrams, which not all proxies carry. */
  default Route ofDatagrams() {
    return this instanceof Through(Proxy proxy) && proxy.kind() == Proxy.Kind.HTTP
        ? new Closed()
        : this;
  }

  /** The same, but nowhere if nobody is between. */
  default Route anonymous() {
    return this instanceof Direct ? new Closed() : this;
  }
}
