package sluice.cli.command;

/** What an operator can do with an account. */
enum AccountAction {
  OPEN("open", "Make somebody a member.", "Members do this themselves; it does no harm twice."),
  SHOW("show", "Show what a member has.", "One line for each asset."),
  HISTORY("history", "Show what changed a member's balances.", "The latest first, 100 lines.");

  private final String word;
  private final String header;
  private final String description;

  AccountAction(String word, String header, String description) {
    this.word = word;
    this.header = header;
    this.description = description;
  }

  String word() {
    return word;
  }

  String header() {
    return header;
  }

  String description() {
    return description;
  }
}
