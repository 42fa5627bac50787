import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * A Neo4j community server for tests: {@code Neo4jServer HOME CONF}. The first line of standard input is the password of
 * the user neo4j, empty to leave it. It says {@code ready} when bolt answers, and ends in order when standard input
 * does, so that it never outlives who started it.
 */
final class Neo4jServer {
    private Neo4jServer() {}

    public static void main(String[] args) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        String password = input.readLine();
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(Path.of(args[0]))
                .loadPropertiesFromFile(Path.of(args[1]))
                .build();
        if (password != null && !password.isEmpty()) {
            server.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME)
                    .executeTransactionally(
                            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                            Map.of("password", password));
        }
        System.out.println("ready");
        while (input.readLine() != null) {}
        server.shutdown();
    }
}
