package sluice.daemon.api;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.daemon.auth.Doorman;
import sluice.daemon.auth.Key;
import sluice.daemon.auth.Keyring;
import sluice.daemon.shelf.Preference;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Settings, keys, logging in and out. */
record SettingRoutes(ApiContext context) {
  private static final String FOLDER = "folder";
  private static final Body LOGIN = Body.of("word: string");

  void addTo(OwnCalls calls) {
    calls.get("/settings", "All settings.", request -> Json.reply(settings()));
    calls.call(
        "PATCH",
        "/settings",
        Scope.ADMIN,
        "Changes the settings that it names.",
        settingsBody(),
        this::change);
    calls.call("GET", "/keys", Scope.ADMIN, "The keys, without their secrets.", this::keys);
    calls.call(
        "POST",
        "/keys",
        Scope.ADMIN,
        "Makes a key; tells its secret once.",
        Body.of("name: string", "scopes: string[]"),
        this::make);
    calls.call("DELETE", "/keys/{id}", Scope.ADMIN, "Deletes a key.", this::delete);
    calls.add(
        Route.open(
            "POST", OwnCalls.ROOT + "/login", Dialect.OWN, OwnCalls.checked(LOGIN, this::login)),
        "Lets a browser in by the word of a link.",
        LOGIN);
    calls.call("POST", "/logout", Scope.READ, "Ends the browser's session.", this::logout);
    calls.get("/me", "Who asks, and what they may do.", SettingRoutes::me);
  }

  private static Body settingsBody() {
    List<String> members = new ArrayList<>(List.of(FOLDER + ": string"));
    for (Preference each : Preference.values()) {
      members.add(each.text() + (each.isFlag() ? ": boolean" : ": integer"));
    }
    return Body.of(members.toArray(String[]::new));
  }

  private ObjectNode settings() {
    ObjectNode all = Json.object().put(FOLDER, context.preferences().folder().toString());
    for (Preference each : Preference.values()) {
      if (each.isFlag()) {
        all.put(each.text(), context.preferences().is(each));
      } else {
        all.put(each.text(), context.preferences().get(each));
      }
    }
    return all;
  }

  private Reply change(Request request) {
    ObjectNode body = Json.readObject(request.body());
    Map<Preference, Long> changed = new EnumMap<>(Preference.class);
    for (String name : body.propertyNames()) {
      Optional<Preference> preference = Preference.of(name);
      if (preference.isPresent()) {
        long value =
            preference.get().isFlag()
                ? Json.flag(body, name).orElse(false) ? 1 : 0
                : Json.number(body, name).orElse(0L);
        changed.put(preference.get(), value);
      } else if (!name.equals(FOLDER)) {
        throw Problem.bad("there is no setting " + name);
      }
    }
    Json.text(body, FOLDER).ifPresent(context.preferences()::folder);
    context.preferences().set(changed);
    if (changed.containsKey(Preference.RSS_DOWNLOADS)) {
      context.feeds().processAll();
    }
    return Json.reply(settings());
  }

  private Reply keys(Request request) {
    ObjectNode answer = Json.object();
    ArrayNode keys = answer.putArray("keys");
    context.doorman().keys().all().forEach(key -> keys.add(describe(key)));
    return Json.reply(answer);
  }

  private static ObjectNode describe(Key key) {
    ObjectNode object =
        Json.object()
            .put("id", key.id())
            .put("name", key.name())
            .put("browser", key.kind() == Key.Kind.BROWSER)
            .put("created", key.createdMillis())
            .put("expires", key.expiresMillis());
    ArrayNode scopes = object.putArray("scopes");
    key.scopes().stream().sorted().forEach(scope -> scopes.add(scope.text()));
    return object;
  }

  private Reply make(Request request) {
    ObjectNode body = Json.readObject(request.body());
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (JsonNode scope : body.path("scopes")) {
      scopes.add(
          Scope.of(scope.asString(""))
              .orElseThrow(() -> Problem.bad("a scope is read, add, manage, wallet or admin")));
    }
    try {
      Keyring.Made made = context.doorman().keys().make(Json.text(body, "name").orElse(""), scopes);
      return Json.reply(201, describe(made.key()).put("secret", made.secret()));
    } catch (IllegalArgumentException e) {
      throw Problem.bad(String.valueOf(e.getMessage()));
    }
  }

  private Reply delete(Request request) {
    if (!context.doorman().keys().delete(request.variable("id"))) {
      throw Problem.missing("there is no such key");
    }
    return Reply.empty();
  }

  private Reply login(Request request) {
    String word = Json.text(Json.readObject(request.body()), "word").orElse("");
    String cookie = context.doorman().enter(word, request.remote());
    return Reply.empty()
        .with("Set-Cookie", request.cookie(Doorman.COOKIE, cookie, "; Max-Age=2592000"));
  }

  private Reply logout(Request request) {
    for (String cookie : List.of(request.header("Cookie").orElse("").split("; *", -1))) {
      if (cookie.startsWith(Doorman.COOKIE + "=")) {
        context
            .doorman()
            .leave(Optional.of(cookie.substring(Doorman.COOKIE.length() + 1)), Optional.empty());
      }
    }
    return Reply.empty().with("Set-Cookie", request.cookie(Doorman.COOKIE, "", "; Max-Age=0"));
  }

  private static Reply me(Request request) {
    ObjectNode answer = Json.object().put("name", request.caller().name());
    ArrayNode scopes = answer.putArray("scopes");
    request.caller().scopes().stream().sorted().forEach(scope -> scopes.add(scope.text()));
    return Json.reply(answer);
  }
}
