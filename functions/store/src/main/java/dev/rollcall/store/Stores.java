package dev.rollcall.store;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// All stores over one client.
public record Stores(
    CheckStore checks,
    CheckCatalog catalog,
    LogStore log,
    AgendaStore agendas,
    ProjectStore projects,
    IntegrationStore integrations,
    Claims claims,
    FailedAttempts failedAttempts) {

  public static Stores of(DynamoDbClient client, Tables tables) {
    return of(client, tables, SchemaView.of(client, tables));
  }

  /// @param schema asked when an item is newer than this release
  public static Stores of(DynamoDbClient client, Tables tables, SchemaView schema) {
    return new Stores(
        new CheckStore(client, tables, schema),
        new CheckCatalog(client, tables, schema),
        new LogStore(client, tables),
        new AgendaStore(client, tables),
        new ProjectStore(client, tables, schema),
        new IntegrationStore(client, tables, schema),
        new Claims(client, tables),
        new FailedAttempts(client, tables));
  }
}
