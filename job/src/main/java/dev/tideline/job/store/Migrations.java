package dev.tideline.job.store;

import org.flywaydb.core.Flyway;

/** The schema's history: numbered SQL files in {@code db/migration}, applied by Flyway, each once. */
public final class Migrations {
    private Migrations() {}

    /**
     * Brings the schema to the newest version, and gives the roles that exist their rights.
     *
     * @param url of the database, {@code jdbc:postgresql:…}
     * @return how many migrations were applied; 0 if the schema was up to date
     * @throws org.flywaydb.core.api.FlywayException if the database is away or a migration fails; it changes nothing then
     */
    public static int apply(String url, String user, String password) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(url, user, password)
                .schemas(Table.SCHEMA)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .group(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
