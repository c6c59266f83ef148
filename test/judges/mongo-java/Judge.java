import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * MongoDB's Java driver looks at a replica set: finds its primary, follows elections, reports the codes it is refused
 * with. Arguments: the set's hosts (comma list), a ghost, a standalone, a server that wants a login. Prints lines of
 * JSON: {"please": "kill", "host": ...} while working, {"report": ...} at the end.
 */
public final class Judge {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final List<MongoClient> CLIENTS = new ArrayList<>();

  private interface Action {
    void run();
  }

  private static void say(Document line) {
    System.out.println(line.toJson(JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build()));
    System.out.flush();
  }

  private static MongoCredential root(String password) {
    return MongoCredential.createCredential("root", "admin", password.toCharArray());
  }

  private static MongoCredential reader(String password) {
    return MongoCredential.createCredential("reader", "admin", password.toCharArray());
  }

  /** An account that may read one database, with its second password. */
  private static void makeReader(String locked) {
    MongoClient client = directAs(locked, "right");
    List<Document> roles = List.of(new Document("role", "read").append("db", "app"));
    admin(client, new Document("createUser", "reader").append("pwd", "first").append("roles", roles));
    admin(client, new Document("updateUser", "reader").append("pwd", "second"));
  }

  /** How many of the ways in are open. */
  private static int logins(String locked) {
    char[] password = "second".toCharArray();
    char[] key = System.getenv("JUDGE_KEY").toCharArray();
    List<MongoCredential> ways =
        List.of(
            MongoCredential.createScramSha256Credential("reader", "admin", password),
            MongoCredential.createScramSha1Credential("reader", "admin", password),
            MongoCredential.createScramSha256Credential("__system", "local", key));
    int open = 0;
    for (MongoCredential way : ways) {
      open += codeOf(() -> things(as(locked, way)).find().first()) == null ? 1 : 0;
    }
    return open;
  }

  private static MongoClient connect(String uri, long selectionMs, MongoCredential credential) {
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(uri))
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(selectionMs, TimeUnit.MILLISECONDS))
            .applyToServerSettings(server -> server.heartbeatFrequency(500, TimeUnit.MILLISECONDS));
    if (credential != null) {
      settings.credential(credential);
    }
    MongoClient client = MongoClients.create(settings.build());
    CLIENTS.add(client);
    return client;
  }

  private static MongoClient direct(String host) {
    return connect("mongodb://" + host + "/?directConnection=true", 5_000, null);
  }

  private static MongoClient directAs(String host, String password) {
    return as(host, root(password));
  }

  private static MongoClient as(String host, MongoCredential credential) {
    return connect("mongodb://" + host + "/?directConnection=true", 5_000, credential);
  }

  private static MongoCollection<Document> things(MongoClient client) {
    return client.getDatabase("app").getCollection("things");
  }

  private static Document admin(MongoClient client, Document command) {
    return client.getDatabase("admin").runCommand(command);
  }

  private static Document one(String name) {
    return new Document(name, 1);
  }

  /** The server's code inside what the driver throws; null when nothing was thrown. */
  private static Integer codeOf(Action action) {
    try {
      action.run();
      return null;
    } catch (MongoSecurityException refused) {
      return ((MongoException) refused.getCause()).getCode();
    } catch (MongoWriteConcernException unmet) {
      return unmet.getWriteConcernError().getCode();
    } catch (MongoWriteException refused) {
      return refused.getError().getCode();
    } catch (MongoCommandException refused) {
      return refused.getErrorCode();
    } catch (MongoException refused) {
      return refused.getCode();
    }
  }

  private static String primaryOf(MongoClient client) {
    Document hello = admin(client, one("hello"));
    if (!hello.getBoolean("isWritablePrimary", false)) {
      throw new IllegalStateException("what the driver selected is not primary");
    }
    return hello.getString("me");
  }

  private static String waitForAnotherPrimary(MongoClient client, String old) throws InterruptedException {
    for (long end = System.nanoTime() + PATIENCE_NANOS; System.nanoTime() < end; Thread.sleep(20)) {
      try {
        String found = primaryOf(client);
        if (!found.equals(old)) {
          return found;
        }
      } catch (MongoException | IllegalStateException notYet) {
        // Asked again.
      }
    }
    throw new IllegalStateException("no other primary was found");
  }

  private static void insertUntilDone(MongoClient client, Document document) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        things(client).insertOne(new Document(document));
        return;
      } catch (MongoException notYet) {
        if (System.nanoTime() > end) {
          throw notYet;
        }
        Thread.sleep(20);
      }
    }
  }

  private static boolean selectionFails(String host) {
    MongoClient client = connect("mongodb://" + host + "/?replicaSet=rs0", 300, null);
    try {
      admin(client, one("ping"));
      return false;
    } catch (MongoTimeoutException nobody) {
      return true;
    }
  }

  private static Document codes(MongoClient client, String[] hosts, String ghost, String standalone, String locked) {
    String primary = primaryOf(client);
    MongoClient leader = direct(primary);
    MongoClient follower = leader;
    for (String host : hosts) {
      if (!host.equals(primary)) {
        follower = direct(host);
      }
    }
    MongoClient second = follower;
    Document config = admin(leader, one("replSetGetConfig")).get("config", Document.class);
    Document elsewhere =
        new Document("_id", "rs0")
            .append("members", List.of(new Document("_id", 0).append("host", "elsewhere:27017")));
    Document twin = new Document("_id", "twin");
    things(leader).insertOne(new Document(twin));
    MongoCollection<Document> five =
        things(client).withWriteConcern(new WriteConcern(5).withWTimeout(100, TimeUnit.MILLISECONDS));
    Map<String, Action> actions = new LinkedHashMap<>();
    actions.put("ghost status", () -> admin(direct(ghost), one("replSetGetStatus")));
    actions.put("ghost find", () -> things(direct(ghost)).find().first());
    actions.put("ghost insert", () -> things(direct(ghost)).insertOne(new Document()));
    actions.put("initiate elsewhere", () -> admin(direct(ghost), new Document("replSetInitiate", elsewhere)));
    actions.put("standalone status", () -> admin(direct(standalone), one("replSetGetStatus")));
    actions.put("secondary insert", () -> things(second).insertOne(new Document()));
    actions.put("initiate again", () -> admin(leader, new Document("replSetInitiate", config)));
    actions.put("same version", () -> admin(leader, new Document("replSetReconfig", config)));
    actions.put("reconfig on a secondary", () -> admin(second, new Document("replSetReconfig", config)));
    actions.put("unknown command", () -> admin(leader, one("noSuchThing")));
    actions.put("duplicate key", () -> things(leader).insertOne(new Document(twin)));
    actions.put("five nodes of three", () -> five.insertOne(new Document("n", "five")));
    actions.put("no login", () -> admin(direct(locked), one("listDatabases")));
    actions.put("wrong password", () -> admin(directAs(locked, "wrong"), one("listDatabases")));
    actions.put("reader inserts", () -> things(as(locked, reader("second"))).insertOne(new Document()));
    actions.put("former password", () -> things(as(locked, reader("first"))).find().first());
    Document found = new Document();
    actions.forEach((name, action) -> found.append(name, codeOf(action)));
    return found;
  }

  public static void main(String[] args) throws InterruptedException {
    String[] hosts = args[0].split(",");
    MongoClient client = connect("mongodb://" + args[0] + "/?replicaSet=rs0", 5_000, null);
    String first = primaryOf(client);
    things(client).insertOne(new Document("n", 1));
    makeReader(args[3]);
    Document report =
        new Document("first", first)
            .append("ghost is not selected", selectionFails(args[1]))
            .append("login works", admin(directAs(args[3], "right"), one("listDatabases")).get("ok"))
            .append("logins", logins(args[3]))
            .append("codes", codes(client, hosts, args[1], args[2], args[3]));
    admin(direct(first), new Document("replSetStepDown", 60));
    String second = waitForAnotherPrimary(client, first);
    report.append("after step-down", second);
    insertUntilDone(client, new Document("n", 2));
    say(new Document("please", "kill").append("host", second));
    report.append("after kill", waitForAnotherPrimary(client, second));
    insertUntilDone(client, new Document("n", 3));
    List<Integer> readBack = new ArrayList<>();
    things(client)
        .find(Filters.in("n", 1, 2, 3))
        .sort(Sorts.ascending("n"))
        .forEach(found -> readBack.add(found.getInteger("n")));
    say(new Document("report", report.append("read back", readBack)));
    CLIENTS.forEach(MongoClient::close);
  }
}
