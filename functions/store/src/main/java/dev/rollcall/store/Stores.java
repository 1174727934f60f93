package dev.rollcall.store;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// All stores over one client.
public record Stores(
    CheckStore checks,
    CheckCatalog catalog,
    LogStore log,
    ProjectStore projects,
    IntegrationStore integrations,
    Claims claims) {

  public static Stores of(DynamoDbClient client, Tables tables) {
    return new Stores(
        new CheckStore(client, tables),
        new CheckCatalog(client, tables),
        new LogStore(client, tables),
        new ProjectStore(client, tables),
        new IntegrationStore(client, tables),
        new Claims(client, tables));
  }
}
