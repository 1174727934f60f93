package dev.rollcall.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What a process has used so far, by Linux' `/proc`.
///
/// @param cpuOfThreads nanoseconds on a CPU of each thread that is alive, by its id
record ProcessUse(Map<String, Long> cpuOfThreads) {

  static ProcessUse of(long process) throws IOException {
    var cpu = new HashMap<String, Long>();
    try (var threads = Files.list(folder(process).resolve("task"))) {
      for (var thread : threads.toList()) {
        var used = Files.readString(thread.resolve("schedstat")).split(" ", -1)[0];
        cpu.put(thread.getFileName().toString(), Long.parseLong(used));
      }
    }
    return new ProcessUse(cpu);
  }

  /// Nanoseconds on a CPU since `before`, without those of threads that have ended in between.
  long cpuSince(ProcessUse before) {
    return cpuOfThreads.entrySet().stream()
        .mapToLong(
            thread -> thread.getValue() - before.cpuOfThreads().getOrDefault(thread.getKey(), 0L))
        .sum();
  }

  /// Bytes of memory that a process holds.
  static long memory(long process) throws IOException {
    return Files.readAllLines(folder(process).resolve("status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .sum();
  }

  private static Path folder(long process) {
    return Path.of("/proc", Long.toString(process));
  }
}
