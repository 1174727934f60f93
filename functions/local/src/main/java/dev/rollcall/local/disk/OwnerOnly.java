package dev.rollcall.local.disk;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Keeps others of the machine out of what the service writes: keys, ping URLs, mails, and what
/// jobs have said. Where a file system knows no such rights, everything is as it would be without.
public final class OwnerOnly {
  private static final Logger LOG = System.getLogger(OwnerOnly.class.getName());

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /// Makes this file if it is missing, and takes it from others if it is not. It is there then, for
  /// whoever writes it.
  public static void file(Path path) throws IOException {
    try {
      Files.createFile(path, rights(path, FILE));
    } catch (FileAlreadyExistsException exists) {
      takeFromOthers(path);
    }
  }

  /// Takes this file or folder, which may be missing, from others. A file system or an owner that
  /// does not allow it is warned of, and is no reason to serve nobody.
  public static void takeFromOthers(Path path) throws IOException {
    if (!knowsRights(path) || Files.notExists(path)) {
      return;
    }
    var wanted = Files.isDirectory(path) ? FOLDER : FILE;
    if (wanted.containsAll(Files.getPosixFilePermissions(path))) {
      return;
    }
    try {
      Files.setPosixFilePermissions(path, wanted);
    } catch (IOException refused) {
      LOG.log(Level.WARNING, "others may look into {0}: {1}", path, refused.getMessage());
    }
  }

  /// Makes this folder if it is missing, with those above it. One that exists stays open to whom it
  /// is open: it may hold more than ours.
  ///
  /// @throws NotDirectoryException when it is a file
  public static void folder(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    if (Files.exists(path)) {
      throw new NotDirectoryException(path.toString());
    }
    var above = path.toAbsolutePath().getParent();
    if (above != null) {
      Files.createDirectories(above);
    }
    Files.createDirectories(path, rights(path, FOLDER));
  }

  private static FileAttribute<?>[] rights(Path path, Set<PosixFilePermission> rights) {
    return knowsRights(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }

  private static boolean knowsRights(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
