package dev.rollcall.api;

import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Claims;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.store.Tables;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What the API keeps its things in.
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
