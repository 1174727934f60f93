package dev.rollcall.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Who may know what.
final class Rules {

  private static final String CORE = "dev.rollcall.core..";

  /// What may know how DynamoDB is spoken to.
  private static final String[] AT_THE_TABLES = {
    "dev.rollcall.store..",
    "dev.rollcall.testing..",
    "dev.rollcall.local..",
    "dev.rollcall.migrate.."
  };

  /// What plays the world outside, and so listens and connects.
  private static final String[] ON_A_DESK = {"dev.rollcall.testing..", "dev.rollcall.local.."};

  static final ArchRule CORE_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify.annotations..", CORE)
          .because("core is pure: it can be read, tested and reused without a framework");

  static final ArchRule CORE_READS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .accessTargetWhere(describe("it reads a clock", Rules::readsClock))
          .because("time is a parameter");

  static final ArchRule CORE_IS_NOT_RANDOM =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat(assignableTo(RandomGenerator.class))
          .orShould()
          .accessTargetWhere(
              describe(
                  "it is random",
                  access ->
                      is(access, UUID.class, Set.of("randomUUID"))
                          || is(access, Math.class, Set.of("random"))))
          .because("the same call gives the same answer");

  static final ArchRule CORE_HAS_NO_THREADS =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat(
              resideInAPackage("java.util.concurrent..").or(assignableTo(Thread.class)))
          .because("its values never change");

  /// Bundled reads a text of its own jar, which is as much a part of core as its classes are.
  static final ArchRule CORE_DOES_NO_IO =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .and()
          .doNotHaveFullyQualifiedName("dev.rollcall.core.zone.Bundled")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.sql..")
                  .or(resideInAPackage("java.io"))
                  .or(belongToAnyOf(System.class, Runtime.class, ProcessBuilder.class))
                  .or(connections()))
          .because("what it decides is done elsewhere");

  static final ArchRule CORE_LOGS_NOTHING =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat(
              belongToAnyOf(System.Logger.class).or(resideInAPackage("java.util.logging..")))
          .because("what it has to say, it returns");

  static final ArchRule CLOCKS_GO_BY_THE_NEWEST_RULES =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .and()
          .resideOutsideOfPackage("dev.rollcall.core.zone..")
          .should()
          .accessTargetWhere(describe("it asks the JDK what a clock shows", Rules::asksTheJdk))
          .because("its rules may be older than those of the release: Zones has the newest");

  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching("dev.rollcall.(**)")
          .should()
          .beFreeOfCycles()
          .because("packages are read one after the other");

  static final ArchRule ONLY_THE_STORE_SPEAKS_TO_TABLES =
      noClasses()
          .that()
          .resideOutsideOfPackages(AT_THE_TABLES)
          .should()
          .dependOnClassesThat(
              resideInAPackage("software.amazon.awssdk.services.dynamodb..")
                  .and(
                      describe(
                          "are not the client itself",
                          type ->
                              !type.isEquivalentTo(DynamoDbClient.class)
                                  && !type.isEquivalentTo(DynamoDbClientBuilder.class))))
          .orShould()
          .accessTargetWhere(
              describe(
                  "it calls the client",
                  access ->
                      access.getTargetOwner().isEquivalentTo(DynamoDbClient.class)
                          && !Set.of("builder", "close").contains(access.getName())))
          .because("elsewhere, the client is made, handed on and closed");

  static final ArchRule ONLY_WIRINGS_AND_FUNCTIONS_NAME_SPRING =
      noClasses()
          .that(
              describe(
                  "are neither wirings nor functions",
                  type -> !outermost(type).matches(".*(Wiring|Function)")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..")
          .because("Spring launches things and finds none");

  /// The Responder's address comes from CloudFormation, and nobody else can choose it.
  static final ArchRule ONLY_THE_COURIER_OPENS_CONNECTIONS =
      noClasses()
          .that(
              describe(
                  "are neither the Courier nor the Responder",
                  type -> !Set.of("Courier", "Responder").contains(outermost(type))))
          .and()
          .resideOutsideOfPackages(ON_A_DESK)
          .should()
          .dependOnClassesThat(connections())
          .orShould()
          .accessTargetWhere(
              describe(
                  "it opens a connection",
                  access ->
                      is(access, URL.class, Set.of("openConnection", "openStream", "getContent"))))
          .because("time-outs, limits and forbidden addresses are kept in one place");

  static final ArchRule NAMES_SAY_WHAT_THINGS_ARE =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl|D(to|TO)s?)(\\$.*)?")
          .because("such a name would fit anything");

  private Rules() {}

  private static boolean readsClock(JavaAccess<?> access) {
    var owner = access.getTargetOwner();
    return (owner.getPackageName().startsWith("java.time") && access.getName().equals("now"))
        || is(access, System.class, Set.of("currentTimeMillis", "nanoTime"))
        || (is(owner, Clock.class) && access.getName().matches("system.*|tick.*"))
        || is(access, InstantSource.class, Set.of("system"));
  }

  /// Whether it turns an instant into a time of a zone, or back, by the rules of the JDK.
  private static boolean asksTheJdk(JavaAccess<?> access) {
    return is(access, ZoneId.class, Set.of("getRules", "systemDefault"))
        || (access.getTarget() instanceof CodeUnitAccessTarget method
            && access.getTargetOwner().getPackageName().startsWith("java.time")
            && !access.getName().equals("of")
            && method.getRawParameterTypes().stream().anyMatch(type -> is(type, ZoneId.class)));
  }

  private static DescribedPredicate<JavaClass> connections() {
    return resideInAnyPackage("java.net.http..", "java.nio.channels..", "javax.net..")
        .or(assignableTo(Socket.class))
        .or(assignableTo(ServerSocket.class))
        .or(assignableTo(DatagramSocket.class))
        .or(assignableTo(URLConnection.class));
  }

  private static boolean is(JavaAccess<?> access, Class<?> owner, Set<String> names) {
    return is(access.getTargetOwner(), owner) && names.contains(access.getName());
  }

  private static boolean is(JavaClass type, Class<?> expected) {
    return type.isEquivalentTo(expected);
  }

  /// The simple name of the class of the file that `type` is written in.
  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(Rules::outermost).orElseGet(type::getSimpleName);
  }
}
